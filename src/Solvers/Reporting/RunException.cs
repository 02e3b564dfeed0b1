namespace MesoLiMg.Solvers;

/// <summary>
/// A run, or a part of it, that failed with good input. The message is complete and one line (exit code 1).
/// </summary>
public class RunException(string message, Exception? inner = null) : Exception(message, inner);
