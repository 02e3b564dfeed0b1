namespace MesoLiMg.Solvers;

/// <summary>A run that cannot go on, with a message for people. The program ends with exit code 1.</summary>
public class RunException(string message, Exception? inner = null) : Exception(message, inner);
