namespace MesoLiMg.Model;

/// <summary>
/// The quantity that a section is about: unit and range of those of its entries that are declared with <see
/// cref="ParameterAttribute.Own"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QuantityAttribute(string unit) : Attribute
{
    /// <summary>SI unit.</summary>
    public string Unit { get; } = unit;

    /// <summary>The unit that people in the field write (SI when null).</summary>
    public string? Display { get; init; }

    /// <summary>Smallest value allowed, SI.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Min"/> itself is refused.</summary>
    public bool AboveMin { get; init; }
}
