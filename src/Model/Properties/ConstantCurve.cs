namespace MesoLiMg.Model;

/// <summary>The same value at every x.</summary>
internal sealed class ConstantCurve(double value) : PropertyCurve
{
    /// <summary>One number.</summary>
    public static PropertyForm Form { get; } = new(
        "value", property => property.Value is not null, property => property.Value is not null,
        property => new ConstantCurve(property.Value!.Value));

    public override double? Constant => value;

    public override double At(double x) => value;

    public override double Slope(double x) => 0;

    public override double Integral(double x) => value * x;
}
