namespace MesoLiMg.IO;

/// <summary>The state from which the run in a folder goes on.</summary>
/// <param name="Point">The state.</param>
/// <param name="Changes">How the case that goes on differs from the one by which it was computed.</param>
/// <param name="Rows">The heading and rows of the history that belong to it, as the run wrote them.</param>
/// <param name="IsRewritten">Whether history.csv has these rows in another form, as a program for tables leaves
/// them.</param>
internal sealed record Continuation(RestartPoint Point, RunChanges Changes, byte[] Rows, bool IsRewritten);
