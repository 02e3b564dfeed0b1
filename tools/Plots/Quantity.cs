namespace MesoLiMg.Tools.Plots;

/// <summary>A quantity as pictures show it.</summary>
/// <param name="Label">Symbol and unit, as <see cref="RichText"/>.</param>
/// <param name="Factor">Units shown per SI unit.</param>
/// <param name="Map">Colours of its values.</param>
/// <param name="Signed">Whether its sign matters, so that colours are symmetric about zero.</param>
/// <param name="OfLithium">Whether it exists only where lithium can be, not in inert phases.</param>
public sealed record Quantity(string Label, double Factor, ColourMap Map, bool Signed = false, bool OfLithium = false)
{
    /// <summary>How a field of a snapshot is shown; those that quantities.json does not know in SI.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="unit">Its SI unit.</param>
    /// <param name="largest">Its largest magnitude [SI].</param>
    public static Quantity Of(string field, string unit, double largest)
    {
        if (!FieldCatalogue.Read().Quantities.TryGetValue(field, out var known))
            return new(unit == "1" ? field : $"{field} ({unit})", 1, ColourMap.Sequential);
        var shown = known.Units.FirstOrDefault(shown => largest >= shown.From) ?? known.Units[^1];
        return new(shown.Unit == "" ? known.Symbol : $"{known.Symbol} ({shown.Unit})", shown.Factor,
            ColourMap.Named(known.Colours), known.Signed, known.OfLithium);
    }
}

/// <summary>The unit of length that suits a size.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="PerMetre">How many make a metre.</param>
public sealed record LengthScale(string Unit, double PerMetre)
{
    /// <summary>nm for a film's height, µm for what is larger.</summary>
    public static LengthScale Of(double length) => length < 2e-6 ? new("nm", 1e9) : new("µm", 1e6);
}
