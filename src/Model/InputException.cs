namespace MesoLiMg.Model;

/// <summary>
/// Bad input. The message is complete and one line: where (file and line, or the <c>--set</c>), what was read, what was expected.
/// The program prints it as it is and ends with exit code 2.
/// </summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
