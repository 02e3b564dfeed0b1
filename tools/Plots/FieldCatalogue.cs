using System.Text.Json;
using System.Text.Json.Serialization;

namespace MesoLiMg.Tools.Plots;

/// <summary>quantities.json: how pictures show fields, the same whether they are drawn here or by ParaView.</summary>
/// <param name="Quantities">By the name of the field.</param>
/// <param name="Colours">Tables of colours from low to high, by name.</param>
internal sealed record FieldCatalogue(IReadOnlyDictionary<string, FieldCatalogue.Entry> Quantities,
    IReadOnlyDictionary<string, string[]> Colours)
{
    private const string Resource = "quantities.json";

    private static readonly Lazy<FieldCatalogue> Catalogue =
        new(() => JsonSerializer.Deserialize<FieldCatalogue>(Text(), JsonSerializerOptions.Web)!);

    /// <summary>How a field is shown.</summary>
    /// <param name="Name">In words.</param>
    /// <param name="Symbol">As <see cref="RichText"/>.</param>
    /// <param name="Units">The first whose <see cref="ShownUnit.From"/> the largest value reaches.</param>
    /// <param name="Colours">Name of a table.</param>
    /// <param name="Signed">Whether colours are symmetric about zero.</param>
    /// <param name="OfLithium">Whether it exists only where lithium can be.</param>
    public sealed record Entry(
        string Name, string Symbol, IReadOnlyList<ShownUnit> Units, string Colours, bool Signed = false,
            [property: JsonPropertyName("of_lithium")] bool OfLithium = false);

    /// <summary>A unit, how many of it make the SI unit, and the magnitude [SI] from which on it is used.</summary>
    public sealed record ShownUnit(string Unit, double Factor, double From = 0);

    /// <summary>What is declared.</summary>
    public static FieldCatalogue Read() => Catalogue.Value;

    /// <summary>The file.</summary>
    public static string Text()
    {
        using var reader = new StreamReader(typeof(FieldCatalogue).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
