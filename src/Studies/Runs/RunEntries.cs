using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Runs;

/// <summary>What a run's run.json says, for people.</summary>
internal static class RunEntries
{
    /// <summary>
    /// The entries of a run's run.json, none where there is no such file. A run that was killed could not change its
    /// status: it is <c>killed</c> here.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Of(string folder)
    {
        using var summary = RunSummaryFile.Read(folder);
        if (summary is null)
            return [];
        var killed = RunFolder.IsKilled(folder);
        return [.. Entries("", summary.RootElement)
            .Select(entry => killed && entry.Name == "status" ? (entry.Name, "killed") : entry)];
    }

    /// <summary>
    /// The entries of an object as <c>timings.mechanics</c> and their values; a list, such as that of the warnings, is
    /// one entry with a line for each item.
    /// </summary>
    private static IEnumerable<(string Name, string Value)> Entries(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject()
            .SelectMany(entry => Entries(name == "" ? entry.Name : $"{name}.{entry.Name}", entry.Value))
        : [(name, Text(value))];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => People.Number(value.GetDouble()),
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(
            ", ", value.EnumerateObject().Select(entry => $"{entry.Name} {Text(entry.Value)}")),
        _ => value.ToString(),
    };
}
