namespace MesoLiMg.Model;

/// <summary>
/// A property of a case as a function of x = Li per Mg, SI. Each form is a class in a file of its own;
/// <see cref="PropertyCurves.Forms"/> lists them.
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
}
