namespace MesoLiMg.Model;

/// <summary>The curves by the forms in which a case gives them: a further form is a line here.</summary>
public static class PropertyCurves
{
    /// <summary>All forms.</summary>
    internal static IReadOnlyList<PropertyForm> Forms { get; } =
        [ConstantCurve.Form, PolynomialCurve.Form, MixtureCurve.Form, TableCurve.InFile, TableCurve.InCase];

    /// <summary>The curve of a property in one of its forms.</summary>
    /// <exception cref="InputException">Its table cannot be read.</exception>
    public static PropertyCurve Of(PropertyCase property) =>
        Forms.FirstOrDefault(form => form.IsWhole(property))?.Curve(property)
        ?? throw new ArgumentException("a property has one form", nameof(property));

    /// <summary>A curve times a number.</summary>
    public static PropertyCurve Times(this PropertyCurve curve, double factor) => factor == 1 ? curve
        : curve.Constant is { } value ? new ConstantCurve(factor * value) : new ScaledCurve(curve, factor);
}
