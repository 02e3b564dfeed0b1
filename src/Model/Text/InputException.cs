namespace MesoLiMg.Model;

/// <summary>
/// Bad input. The message is complete and one line: where (file and line, or the <c>--set</c>), what was read, what was
/// expected. The program prints it as it is and ends with exit code 2. Line breaks and control characters, which quoted
/// input may hold, become blanks.
/// </summary>
public class InputException(string message, Exception? inner = null) : Exception(Words.OneLine(message), inner);
