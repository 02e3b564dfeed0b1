using System.Text.Json;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>run.json of a run, docs/files.md.</summary>
public static class RunSummaryFile
{
    /// <summary>Reads it.</summary>
    /// <param name="folder">Folder of a run.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="InputException">It is not JSON; the message names the line.</exception>
    public static JsonDocument? Read(string folder)
    {
        var path = RunFolder.SummaryPath(folder);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"{path}:{(e.LineNumber ?? 0) + 1}: {Reason(text, e)}; a run writes this file whole, so that it was "
                + $"changed or damaged afterwards");
        }
    }

    /// <summary>A part of it, where it is there and can be read.</summary>
    /// <param name="folder">Folder of a run.</param>
    /// <param name="name">Name of the part at the top.</param>
    internal static JsonElement? Section(string folder, string name)
    {
        try
        {
            using var summary = Read(folder);
            return summary?.RootElement is { ValueKind: JsonValueKind.Object } run
                && run.TryGetProperty(name, out var part)
                ? part.Clone() : null;
        }
        catch (InputException)
        {
            // What a damaged file said is not known.
            return null;
        }
    }

    private static string Reason(string text, JsonException e)
    {
        var line = text.Split('\n').ElementAtOrDefault((int)(e.LineNumber ?? 0)) ?? "";
        var rest = Words.OneLine(line[Math.Min(line.Length, (int)(e.BytePositionInLine ?? 0))..]);
        return rest == "" ? "the text ends before its JSON does"
            : $"no JSON from column {(e.BytePositionInLine ?? 0) + 1} on, read {Words.Quote(rest)}";
    }
}
