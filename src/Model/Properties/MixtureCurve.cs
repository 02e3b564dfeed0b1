namespace MesoLiMg.Model;

/// <summary>The rule of mixtures: mg (1-X) + li X, X = x/(1+x).</summary>
internal sealed class MixtureCurve(double mg, double li) : PropertyCurve
{
    /// <summary>By its ends.</summary>
    public static PropertyForm Form { get; } = new(
        "mg and li", property => property.Mg is not null || property.Li is not null,
        property => property is { Mg: not null, Li: not null },
        property => new MixtureCurve(property.Mg!.Value, property.Li!.Value));

    public override double At(double x) => mg + (li - mg) * x / (1 + x);

    public override double Slope(double x) => (li - mg) / ((1 + x) * (1 + x));

    public override double Integral(double x) => mg * x + (li - mg) * (x - Math.Log(1 + x));
}
