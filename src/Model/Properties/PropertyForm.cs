namespace MesoLiMg.Model;

/// <summary>A form in which a case can give a property.</summary>
/// <param name="Name">Its entries, for messages.</param>
/// <param name="Given">Whether one of its entries is there.</param>
/// <param name="IsWhole">Whether all of them are.</param>
/// <param name="Curve">The curve that they stand for.</param>
internal sealed record PropertyForm(
    string Name, Func<PropertyCase, bool> Given, Func<PropertyCase, bool> IsWhole,
    Func<PropertyCase, PropertyCurve> Curve);
