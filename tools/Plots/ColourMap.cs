namespace MesoLiMg.Tools.Plots;

/// <summary>Colours of numbers from 0 to 1, linear between the entries of a table.</summary>
public sealed class ColourMap
{
    private readonly (byte R, byte G, byte B)[] table;

    private ColourMap(params int[] colours) => table = [.. colours.Select(rgb => ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb))];

    /// <summary>For quantities from small to large: perceptually uniform, readable in grey and by the colour-blind (viridis).</summary>
    public static ColourMap Sequential { get; } =
        new(0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725);

    /// <summary>For signed quantities: blue below zero, which is nearly white at 0.5, red above.</summary>
    public static ColourMap Diverging { get; } =
        new(0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f);

    /// <summary>Colours of lines that the colour-blind tell apart (Okabe and Ito, without yellow).</summary>
    public static IReadOnlyList<string> Lines { get; } = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

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
