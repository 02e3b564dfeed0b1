namespace MesoLiMg.Model;

/// <summary>Properties that follow the composition.</summary>
internal sealed partial class CaseRules
{
    /// <summary>Equal intervals of x at whose ends a property is looked at.</summary>
    private const int Intervals = 1000;

    private double SaturatedX => @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;

    /// <summary>Checks the properties of the film or a region, as far as they are given there.</summary>
    private void CheckProperties(string path, DiffusivityCase? diffusivity, ModulusCase? modulus,
        MolarVolumeCase? volume, EigenstrainCase? eigenstrain, FactorCase? factor)
    {
        (string Key, PropertyCase? Property)[] all = [("diffusivity", diffusivity), ("youngs_modulus", modulus),
            ("partial_molar_volume", volume), ("eigenstrain", eigenstrain), ("thermodynamic_factor", factor)];
        foreach ((string key, PropertyCase? property) in all)
        {
            if (property is not null && tree.Has($"{path}.{key}")) CheckProperty($"{path}.{key}", property);
        }
        // A case that is written out has the default volume beside the eigenstrain.
        if (eigenstrain is not null && !Equals(volume, new MaterialCase().PartialMolarVolume)) Refuse(
            $"{path}.partial_molar_volume", "eigenstrain takes its place; give one of them");
    }

    private void CheckProperty(string path, PropertyCase property)
    {
        CheckForm(path, property);
        if (property is DiffusivityCase { ActivationEnergy: null }) Refuse($"{path}.reference_temperature",
            "goes with activation_energy, which is missing");
        PropertyCurve curve = PropertyCurves.Of(property);
        CheckSign(path, property, curve);
        WarnOfEnds(path, property, curve);
    }

    private void CheckForm(string path, PropertyCase property)
    {
        QuantityAttribute quantity = QuantityOf(property);
        string unit = quantity.Display ?? quantity.Unit;
        string Example(double number) => Units.Format(number, "1") + (unit == "1" ? "" : $" {unit}");
        string[] given = [.. PropertyCurves.Forms.Where(form => form.Given(property)).Select(form => form.Name)];
        if (given.Length > 1) throw Fail(
            path, $"give one of value, polynomial, mg and li, table, x and values; here are "
            + $"{string.Join(" and also ", given)}");
        bool whole = PropertyCurves.Forms.Any(form => form.IsWhole(property));
        if (property.Mg is null != property.Li is null)
            throw Fail(path, $"{(property.Mg is null ? "mg" : "li")} is missing; a rule of mixtures needs both, {{ "
                + $"mg: .., li: .. }}");
        if (!whole)
        {
            throw Fail(path, $"expected one value such as {Example(4)}, {{ polynomial: [{Example(4)}, {Example(-2)}] "
                + $"}}, {{ mg: {Example(4)}, li: {Example(2)} }}, "
                + $"{{ table: file }} or {{ x: [0, 1], values: [{Example(4)}, {Example(2)}] }}");
        }
        if (property.Polynomial is { Count: 0 }) throw Fail($"{path}.polynomial", "expected at least one coefficient");
        if (property is { X: { } x, Values: { } values }) CheckPoints(path, x, values);
    }

    private void CheckPoints(string path, IReadOnlyList<double> x, IReadOnlyList<double> values)
    {
        if (x.Count < 2) throw Fail($"{path}.x", $"expected at least 2 points, read {x.Count}");
        if (values.Count != x.Count) throw Fail(
            $"{path}.values", $"expected as many values as x, {x.Count}, read {values.Count}");
        for (int i = 1; i < x.Count; i++)
        {
            if (x[i] <= x[i - 1]) throw Fail($"{path}.x.{i}", $"x must increase, {Units.Format(x[i], "1")} does not");
        }
    }

    /// <summary>Refuses what is negative, or 0 where it must be above, somewhere up to saturation.</summary>
    private void CheckSign(string path, PropertyCase property, PropertyCurve curve)
    {
        QuantityAttribute quantity = QuantityOf(property);
        for (int i = 0; i <= Intervals && double.IsFinite(quantity.Min); i++)
        {
            double x = SaturatedX * i / Intervals, value = curve.At(x);
            if (value < quantity.Min || (quantity.AboveMin && value == quantity.Min))
                throw Fail(path, $"is {Shown(value, quantity)} at x = {x:0.####}; it must "
                    + $"{(quantity.AboveMin ? "be above 0" : "not be negative")} from x = 0 to saturation at "
                    + $"{SaturatedX:0.####}");
        }
    }

    private void WarnOfEnds(string path, PropertyCase property, PropertyCurve curve)
    {
        (double first, double last) = curve.Known;
        QuantityAttribute quantity = QuantityOf(property);
        if (double.IsFinite(last)) WarnOfScale(path, last);
        if (first > 0 && double.IsFinite(first)) Warn(
            path, $"the table begins at x = {first:0.####}; below it {Shown(curve.At(first), quantity)} is held");
        if (last < SaturatedX) Warn(
            path, $"the table ends at x = {last:0.####}; beyond it {Shown(curve.At(last), quantity)} is held, up to "
            + $"saturation at {SaturatedX:0.####}");
    }

    /// <summary>Warns of a table whose x can hardly be lithium per magnesium.</summary>
    private void WarnOfScale(string path, double last)
    {
        const double most = 10;
        if (last > most * SaturatedX)
            Warn(path, $"the table goes to x = {last:0.####}, {last / SaturatedX:0} times saturation; "
                + "x is lithium per magnesium: one in per cent says so in the table's heading, x [%]");
    }

    private static string Shown(double value, QuantityAttribute quantity)
    {
        string unit = quantity.Display ?? quantity.Unit;
        double number = value / Units.Parse(unit == "1" ? "1" : $"1 {unit}", quantity.Unit);
        return $"{number:G4}{(unit == "1" ? "" : $" {unit}")}";
    }

    private static QuantityAttribute QuantityOf(PropertyCase property) =>
        (QuantityAttribute)Attribute.GetCustomAttribute(property.GetType(), typeof(QuantityAttribute))!;

    /// <summary>The transport has one factor: 1, from the open-circuit potential, or as given.</summary>
    private void CheckFactor()
    {
        if (@case.Material is { ThermodynamicFactor: not null, Thermodynamics: Thermodynamics.Ocv }) Refuse(
            "material.thermodynamics", "thermodynamic_factor takes its place; give one of them");
        for (int i = 0; i < @case.Regions.Count && @case.Material.Thermodynamics == Thermodynamics.Ocv; i++)
            Refuse($"regions.{i}.thermodynamic_factor",
                "with thermodynamics: ocv the factor follows from the open-circuit potential everywhere");
    }
}
