namespace MesoLiMg.Studies.Runs;

/// <summary>A run or sweep that a signal ended in good order: the same command goes on with it.</summary>
public sealed class InterruptedException(string message) : Exception(message);
