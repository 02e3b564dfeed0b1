namespace MesoLiMg.Model;

/// <summary>A property of a case as a function of x = Li per Mg, SI.</summary>
public abstract class PropertyCurve
{
    /// <summary>Its value, where it is the same at every x.</summary>
    public virtual double? Constant => null;

    /// <summary>First and last x that it is known at; beyond them the value there is held.</summary>
    public virtual (double First, double Last) Known => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The value at x.</summary>
    public abstract double At(double x);

    /// <summary>The derivative at x.</summary>
    public abstract double Slope(double x);

    /// <summary>The integral from 0 to x.</summary>
    public abstract double Integral(double x);

    /// <summary>The curve of a property in one of its forms.</summary>
    /// <exception cref="InputException">Its table cannot be read.</exception>
    public static PropertyCurve Of(PropertyCase property) => property switch
    {
        { Value: { } value } => new ConstantCurve(value),
        { Polynomial: { } coefficients } => new PolynomialCurve(coefficients),
        { Mg: { } mg, Li: { } li } => new MixtureCurve(mg, li),
        { X: { } x, Values: { } values } => new TableCurve(x, values),
        { Table: { } file } => FromFile(file, property),
        _ => throw new ArgumentException("a property has one form", nameof(property)),
    };

    /// <summary>The curve times a number.</summary>
    public PropertyCurve Times(double factor) => factor == 1 ? this : Constant is { } value ? new ConstantCurve(factor * value) : new ScaledCurve(this, factor);

    private static TableCurve FromFile(string file, PropertyCase property)
    {
        var quantity = (QuantityAttribute)Attribute.GetCustomAttribute(property.GetType(), typeof(QuantityAttribute))!;
        var table = TwoColumns.Read(file, quantity);
        return new(table.X, table.Y);
    }

    private sealed class ConstantCurve(double value) : PropertyCurve
    {
        public override double? Constant => value;

        public override double At(double x) => value;

        public override double Slope(double x) => 0;

        public override double Integral(double x) => value * x;
    }

    /// <summary>Σ a_k x^k</summary>
    private sealed class PolynomialCurve(IReadOnlyList<double> a) : PropertyCurve
    {
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

    /// <summary>mg (1-X) + li X, X = x/(1+x)</summary>
    private sealed class MixtureCurve(double mg, double li) : PropertyCurve
    {
        public override double At(double x) => mg + (li - mg) * x / (1 + x);

        public override double Slope(double x) => (li - mg) / ((1 + x) * (1 + x));

        public override double Integral(double x) => mg * x + (li - mg) * (x - Math.Log(1 + x));
    }

    private sealed class TableCurve(IReadOnlyList<double> x, IReadOnlyList<double> values) : PropertyCurve
    {
        private readonly MonotoneCubic cubic = new(x, values);

        public override (double First, double Last) Known => (x[0], x[^1]);

        public override double At(double x) => cubic.At(x);

        public override double Slope(double x) => cubic.Slope(x);

        public override double Integral(double x) => cubic.Integral(x);
    }

    private sealed class ScaledCurve(PropertyCurve curve, double factor) : PropertyCurve
    {
        public override (double First, double Last) Known => curve.Known;

        public override double At(double x) => factor * curve.At(x);

        public override double Slope(double x) => factor * curve.Slope(x);

        public override double Integral(double x) => factor * curve.Integral(x);
    }
}
