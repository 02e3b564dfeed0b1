namespace MesoLiMg.Tools.Plots;

/// <summary>A quantity as pictures show it.</summary>
/// <param name="Label">Symbol and unit, as <see cref="RichText"/>.</param>
/// <param name="Factor">Units shown per SI unit.</param>
/// <param name="Signed">Whether its sign matters, so that colours are symmetric about zero.</param>
public sealed record Quantity(string Label, double Factor, bool Signed = false)
{
    private const double LargeStress = 0.1e9;

    /// <summary>How a field of a snapshot is shown.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="unit">Its SI unit.</param>
    /// <param name="largest">Its largest magnitude [SI].</param>
    public static Quantity Of(string field, string unit, double largest) => field switch
    {
        "x" => new("*x* in Li_{x}Mg", 1),
        "concentration" => new("*c* (mmol cm^{−3})", 1e-3),
        "potential_chem" => new("*U*_{chem} (mV)", 1e3),
        "potential_mech" => new("*U*_{mech} (mV)", 1e3, Signed: true),
        "potential" => new("*U* (mV)", 1e3),
        "energy_density" => new("*w* (MJ m^{−3})", 1e-6),
        "von_mises" => Stress("σ_{vM}", largest, signed: false),
        "sigma_h" => Stress("σ_{h}", largest, signed: true),
        _ => new(unit == "1" ? field : $"{field} ({unit})", 1),
    };

    private static Quantity Stress(string symbol, double largest, bool signed) =>
        largest >= LargeStress ? new($"{symbol} (GPa)", 1e-9, signed) : new($"{symbol} (MPa)", 1e-6, signed);
}

/// <summary>The unit of length that suits a size.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="PerMetre">How many make a metre.</param>
public sealed record LengthScale(string Unit, double PerMetre)
{
    /// <summary>nm for a film's height, µm for what is larger.</summary>
    public static LengthScale Of(double length) => length < 2e-6 ? new("nm", 1e9) : new("µm", 1e6);
}
