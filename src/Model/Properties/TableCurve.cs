namespace MesoLiMg.Model;

/// <summary>Points with a monotone cubic between them; beyond the ends the end values.</summary>
internal sealed class TableCurve(IReadOnlyList<double> x, IReadOnlyList<double> values) : PropertyCurve
{
    private readonly MonotoneCubic cubic = new(x, values);

    /// <summary>Points in a file.</summary>
    public static PropertyForm InFile { get; } = new(
        "table", property => property.Table is not null, property => property.Table is not null, FromFile);

    /// <summary>Points in the case.</summary>
    public static PropertyForm InCase { get; } = new(
        "x and values", property => property.X is not null || property.Values is not null,
        property => property is { X: not null, Values: not null },
        property => new TableCurve(property.X!, property.Values!));

    public override (double First, double Last) Known => (x[0], x[^1]);

    public override double At(double x) => cubic.At(x);

    public override double Slope(double x) => cubic.Slope(x);

    public override double Integral(double x) => cubic.Integral(x);

    private static TableCurve FromFile(PropertyCase property)
    {
        var type = property.GetType();
        var quantity = (QuantityAttribute)Attribute.GetCustomAttribute(type, typeof(QuantityAttribute))!;
        var table = TwoColumns.Read(property.Table!, quantity);
        return new(table.X, table.Y);
    }
}
