using System.Collections;

namespace MesoLiMg.Model;

/// <summary>Entries that are written down and do nothing, because another entry leaves them aside.</summary>
internal sealed partial class CaseRules
{
    private const string CommandLine = "--set";

    private void WarnOfNoEffect()
    {
        WarnOfInterface("interfaces.se", @case.Interfaces.Se);
        WarnOfInterface("interfaces.collector", @case.Interfaces.Collector);
        WarnOfMaterial();
        NoEffect("kinetics", @case.Kinetics, "law", With("law", @case.Kinetics.Law), @case.Kinetics.Chosen.Unused);
        WarnOfOrientations();
        if (@case.Microstructure is { Boundaries: null or { Pairs.Count: 0 } } grains)
            NoEffect("microstructure", grains, "boundaries.pairs", "without boundaries.pairs", "classes");
        if (@case.Microstructure?.Boundaries is { Diffusivity: 0 } boundaries
            && boundaries.Pairs.All(pair => pair.Diffusivity is null or 0))
            NoEffect("microstructure.boundaries", boundaries, "diffusivity", "without a diffusivity along boundaries",
                "width");
        if (@case.Initial.X.File is null)
            NoEffect("initial.x", @case.Initial.X, "file", "without a file", "dataset");
        if (@case.Solver.TimeStep is not null)
            NoEffect("solver", @case.Solver, "time_step", "with a fixed time_step", "time_tolerance");
        WarnOfLateOutput();
    }

    private void WarnOfLateOutput()
    {
        double end = Units.Rounded(LongestDuration(@case.Protocol), 12);
        int[] late = [.. Enumerable.Range(0, @case.Output.At.Count).Where(i => @case.Output.At[i] > end)];
        // A file's entry is let pass where the command line gives another protocol.
        bool isPassed(string entry) => IsOfCommandLine("protocol") && !IsOfCommandLine(entry);
        if (@case.Output.Every > end && !isPassed("output.every"))
            Warn("output.every", $"{Units.Format(@case.Output.Every.Value, "s")} has no effect: the protocol is over "
                + $"by {Units.Format(end, "s")}");
        if (late.Length > 0 && !isPassed("output.at"))
            Warn($"output.at.{late[0]}",
                $"{Units.Format(@case.Output.At[late[0]], "s")}{(late.Length > 1 ? $" and {late.Length - 1} more have" : " has")} no effect: the protocol is over by {Units.Format(end, "s")}");
    }

    /// <summary>
    /// The time by which steps are over for certain [s]; infinite where only an event or a falling current ends one.
    /// </summary>
    private static double LongestDuration(IEnumerable<PlainStep> steps) => steps.Sum(step => step switch
    {
        ProtocolStep { Repeat: { } repeat } => repeat.Times * LongestDuration(repeat.Steps),
        { Rest: { } rest } => rest.Time,
        { Hold: { } hold } => hold.Time ?? double.PositiveInfinity,
        _ => LongestDuration((step.Plate ?? step.Strip)!),
    });

    private static double LongestDuration(CurrentStep step) =>
        Math.Min(step.Time ?? double.PositiveInfinity, step.Capacity / step.Current ?? double.PositiveInfinity);

    private void WarnOfMaterial()
    {
        (MaterialCase film, OcvCase ocv) = (@case.Material, @case.Material.Ocv);
        if (@case.Coupling != Coupling.TwoWay)
        {
            string why = With("coupling", @case.Coupling);
            NoEffect("material", film, "", why, "thermodynamics", "thermodynamic_factor");
            for (int i = 0; i < @case.Regions.Count; i++) NoEffect($"regions.{i}", @case.Regions[i], "", why,
                "thermodynamic_factor");
        }
        if (@case.OnSaturation != SaturationRule.Plate) NoEffect(
            "material", film, "", With("on_saturation", @case.OnSaturation), "metal_molar_volume");
        WarnOfModuli(film);
        NoEffect("material.ocv", ocv, "kind", With("kind", ocv.Kind), ocv.Chosen.Unused);
    }

    /// <summary>Moduli beside a tensor count only in regions and grains that give the other one alone.</summary>
    private void WarnOfModuli(MaterialCase film)
    {
        if (film.Stiffness is null) return;
        MicrostructureCase grains = @case.Microstructure ?? new();
        (bool Modulus, bool Ratio)[] given =
            [.. @case.Regions.Where(region => region.Stiffness is null)
                .Select(region => (region.YoungsModulus is not null, region.PoissonRatio is not null)),
                (grains.YoungsModulus.Count > 0, grains.PoissonRatio.Count > 0)];
        if (!given.Contains((false, true))) NoEffect("material", film, "stiffness", "beside stiffness",
            "youngs_modulus");
        if (!given.Contains((true, false))) NoEffect("material", film, "stiffness", "beside stiffness",
            "poisson_ratio");
    }

    private static string With(string key, object choice) => $"with {key} {CaseSchema.Word(choice)}";

    /// <summary>
    /// Warns of those of a section's entries that are written down with another value than the default, and of all that
    /// the command line gives. An entry of the file that the command line's choice puts out of work is still what the
    /// file is about, and is let pass.
    /// </summary>
    /// <param name="choice">The entry of the section that leaves them aside, or empty for one at the top of the
    /// case.</param>
    private void NoEffect(string path, object section, string choice, string why, params string[] keys) =>
        NoEffectBy(choice == "" ? why.Split(' ')[1] : $"{path}.{choice}", path, section, why, keys);

    /// <param name="chooser">Path of the entry that leaves them aside.</param>
    /// <inheritdoc cref="NoEffect"/>
    private void NoEffectBy(string chooser, string path, object section, string why, params string[] keys)
    {
        foreach (string key in keys)
        {
            string entry = $"{path}.{key}";
            if (!tree.Has(entry)) continue;
            if (IsOfCommandLine(entry)
                || (!IsDefault(section, key) && !IsOfCommandLine(chooser) && !isWrittenOut())) Warn(
                entry, $"has no effect {why}");
        }
    }

    private bool IsOfCommandLine(string path) => tree.Has(path) && tree.Where(path)
        .StartsWith(CommandLine, StringComparison.Ordinal);

    private static bool IsDefault(object section, string key)
    {
        System.Reflection.PropertyInfo property = CaseSchema.Find(section.GetType(), key)!.Property;
        (object? value, object? usual) =
            (property.GetValue(section), property.GetValue(Activator.CreateInstance(section.GetType())));
        return value is IEnumerable and not string && usual is IEnumerable ? ((IEnumerable)value).Cast<object>()
            .SequenceEqual(((IEnumerable)usual).Cast<object>()) : Equals(value, usual);
    }
}
