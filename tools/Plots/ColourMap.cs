namespace MesoLiMg.Tools.Plots;

/// <summary>Colours of numbers from 0 to 1, linear between the entries of a table in quantities.json.</summary>
public sealed class ColourMap
{
    private static readonly Dictionary<string, ColourMap> Known = FieldCatalogue.Read().Colours.ToDictionary(
        table => table.Key, table => new ColourMap(table.Key, table.Value));

    private readonly (byte R, byte G, byte B)[] table;

    private ColourMap(string name, IEnumerable<string> colours) =>
        (Name, table) = (name,
        [.. colours.Select(hex => Convert.FromHexString(hex[1..])).Select(rgb => (rgb[0], rgb[1], rgb[2]))]);

    /// <summary>
    /// For quantities from small to large, where no other is chosen: perceptually uniform, readable in grey and by the
    /// colour-blind.
    /// </summary>
    public static ColourMap Sequential => Named("viridis");

    /// <summary>For signed quantities: blue below zero, which is nearly white at 0.5, red above.</summary>
    public static ColourMap Diverging => Named("blue-red");

    /// <summary>
    /// Colours of grains: light enough for black lines between them, told apart by the colour-blind (after Tol).
    /// </summary>
    public static ColourMap Grains => Named("grains");

    /// <summary>Colours of lines that the colour-blind tell apart (Okabe and Ito, without yellow).</summary>
    public static IReadOnlyList<string> Lines { get; } = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00",
        "#56B4E9", "#000000"];

    /// <summary>All maps.</summary>
    public static IReadOnlyCollection<ColourMap> All => Known.Values;

    /// <summary>Its name in quantities.json.</summary>
    public string Name { get; }

    /// <summary>Number of entries of its table.</summary>
    public int Count => table.Length;

    /// <summary>The entries of its table as <c>#rrggbb</c>, from low to high.</summary>
    public IReadOnlyList<string> Hexes => [.. Enumerable.Range(0, Count).Select(i => Hex(i / (Count - 1.0)))];

    /// <summary>The map of a name.</summary>
    public static ColourMap Named(string name) => Known[name];

    /// <summary>The colour of a number; beyond 0 and 1 that of the end.</summary>
    public (byte R, byte G, byte B) At(double number)
    {
        var place = Math.Clamp(number, 0, 1) * (table.Length - 1);
        var lower = Math.Min((int)place, table.Length - 2);
        var (from, to, part) = (table[lower], table[lower + 1], place - lower);
        byte Mix(byte a, byte b) => (byte)Math.Round(a + (b - a) * part);
        return (Mix(from.R, to.R), Mix(from.G, to.G), Mix(from.B, to.B));
    }

    /// <summary>The same as <c>#rrggbb</c>.</summary>
    public string Hex(double number)
    {
        var (r, g, b) = At(number);
        return $"#{r:x2}{g:x2}{b:x2}";
    }
}
