namespace MesoLiMg.Model;

/// <summary>A curve times a number.</summary>
internal sealed class ScaledCurve(PropertyCurve curve, double factor) : PropertyCurve
{
    public override (double First, double Last) Known => curve.Known;

    public override double At(double x) => factor * curve.At(x);

    public override double Slope(double x) => factor * curve.Slope(x);

    public override double Integral(double x) => factor * curve.Integral(x);
}
