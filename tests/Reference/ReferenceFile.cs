using System.Text.Json;

namespace MesoLiMg.Tests.Reference;

/// <summary>A quantity of the reference files and what it is here.</summary>
/// <param name="Key">Its key, which carries the unit.</param>
/// <param name="Field">Field of a snapshot.</param>
/// <param name="Component">Component of the field.</param>
/// <param name="Scale">SI per unit of the file.</param>
internal sealed record Quantity(string Key, string Field, int Component, double Scale);

/// <summary>Named points of an independent solution.</summary>
internal sealed class ReferenceFile
{
    private readonly JsonElement root;

    private ReferenceFile(JsonElement root) => this.root = root;

    public static ReferenceFile Open(string name, string? section = null)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "data", name + ".json"));
        var root = JsonDocument.Parse(text).RootElement;
        return new(section is null ? root : root.GetProperty(section));
    }

    /// <summary>The positions of a list of points, [nm].</summary>
    public double[][] Positions(string list, string axis) =>
        [.. root.GetProperty(list).EnumerateArray()
            .Select(p => new[] { p.GetProperty($"{axis}_nm").GetDouble(), p.GetProperty("z_nm").GetDouble() })];

    /// <summary>A quantity at a list of points, in SI.</summary>
    public double[] Values(string list, Quantity quantity) =>
        [.. root.GetProperty(list).EnumerateArray()
            .Select(p => p.GetProperty(quantity.Key).GetDouble() * quantity.Scale)];

    /// <summary>A number of the whole file, in its own unit.</summary>
    public double Number(string key) => root.GetProperty(key).GetDouble();
}
