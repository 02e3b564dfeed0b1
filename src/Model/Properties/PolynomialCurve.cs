namespace MesoLiMg.Model;

/// <summary>Σ a_k x^k</summary>
internal sealed class PolynomialCurve(IReadOnlyList<double> a) : PropertyCurve
{
    /// <summary>By its coefficients.</summary>
    public static PropertyForm Form { get; } = new(
        "polynomial", property => property.Polynomial is not null, property => property.Polynomial is not null,
        property => new PolynomialCurve(property.Polynomial!));

    public override double At(double x) => Horner(k => a[k], x);

    public override double Slope(double x) => a.Count < 2 ? 0 : Horner(k => k * a[k], x, 1);

    public override double Integral(double x) => x * Horner(k => a[k] / (k + 1), x);

    private double Horner(Func<int, double> coefficient, double x, int first = 0)
    {
        var sum = 0.0;
        for (var k = a.Count - 1; k >= first; k--)
            sum = sum * x + coefficient(k);
        return sum;
    }
}
