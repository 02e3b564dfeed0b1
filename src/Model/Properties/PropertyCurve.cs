namespace MesoLiMg.Model;

/// <summary>
/// A property of a case as a function of x = Li per Mg, SI. Each form is a class in a file of its own;
/// <see cref="PropertyForm.All"/> lists them.
/// </summary>
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
    public static PropertyCurve Of(PropertyCase property) =>
        PropertyForm.All.FirstOrDefault(form => form.IsWhole(property))?.Curve(property)
        ?? throw new ArgumentException("a property has one form", nameof(property));

    /// <summary>The curve times a number.</summary>
    public PropertyCurve Times(double factor) => factor == 1 ? this
        : Constant is { } value ? new ConstantCurve(factor * value) : new ScaledCurve(this, factor);
}
