namespace MesoLiMg.Model;

/// <summary>Material, initial state, interfaces, protocol and solver.</summary>
internal sealed partial class CaseRules
{
    private void CheckMaterial()
    {
        MaterialCase film = @case.Material;
        CheckProperties("material", film.Diffusivity, film.YoungsModulus, film.PartialMolarVolume, film.Eigenstrain,
            film.ThermodynamicFactor);
        CheckFactor();
        CheckStiffness("material.stiffness", @case.Material.Stiffness);
        OcvCase ocv = @case.Material.Ocv;
        const string path = "material.ocv";
        if (ocv.Chosen.NeedsFile) Require(path, "file");
        else Refuse($"{path}.file", $"a file goes with kind: table, here the kind is {CaseSchema.Word(ocv.Kind)}");
        if (ocv.Chosen.Fault is { } fault) throw Fail($"{path}.{fault.Entry}", fault.What);
    }

    private void CheckInitial()
    {
        const string path = "initial.x";
        InitialProfile x = @case.Initial.X;
        int given = new object?[] { x.Value, x.Linear, x.Table, x.File }.Count(entry => entry is not null);
        if (given == 0) throw Fail(path, "expected a number, or one of linear, table, file");
        if (given > 1) ExactlyOne(path, "value", "linear", "table", "file");
        if (x.Linear is { } linear) CheckAxis($"{path}.linear.axis", linear.Axis);
        if (x.Table is { } table) CheckTable($"{path}.table", table);
    }

    private void CheckTable(string path, TableProfile table)
    {
        CheckAxis($"{path}.axis", table.Axis);
        if (table.At.Count < 2) throw Fail($"{path}.at", $"expected at least 2 positions, read {table.At.Count}");
        if (table.Values.Count != table.At.Count) throw Fail(
            $"{path}.values", $"expected as many values as positions, {table.At.Count}, read {table.Values.Count}");
        for (int i = 1; i < table.At.Count; i++)
        {
            if (table.At[i] <= table.At[i - 1]) throw Fail(
                $"{path}.at.{i}", $"positions must increase, {Units.Format(table.At[i], "nm")} does not");
        }
        double length = Length(table.Axis);
        if (table.At[0] > length || table.At[^1] < 0 || table.At[^1] > 10 * length)
            Warn($"{path}.at", $"goes from {Units.Format(table.At[0], "nm")} to {Units.Format(table.At[^1], "nm")}, "
                + $"the domain from 0 to {Units.Format(length, "nm")}");
    }

    private void CheckInterfaces()
    {
        @case.Interfaces.Se.Tangential.Check(new SideRules(this, "interfaces.se"));
        @case.Interfaces.Collector.Tangential.Check(new SideRules(this, "interfaces.collector"));
        InterfaceCase collector = @case.Interfaces.Collector;
        if (collector.Pressure != 0) throw Fail("interfaces.collector.pressure",
            "the collector holds the film (u_z = 0); pressure belongs to se");
        if (collector.Normal != NormalLaw.Pressure) throw Fail("interfaces.collector.normal",
            "the collector holds the film (u_z = 0); a punch belongs to se");
    }

    private void CheckProtocol()
    {
        for (int i = 0; i < @case.Protocol.Count; i++)
        {
            ExactlyOne($"protocol.{i}", "plate", "strip", "rest", "hold", "repeat");
            if (@case.Protocol[i].Repeat is not { } repeat)
            {
                CheckCurrents($"protocol.{i}", @case.Protocol[i]);
                continue;
            }
            if (repeat.Steps.Count == 0) throw Fail($"protocol.{i}.repeat.steps", "expected at least one step");
            for (int k = 0; k < repeat.Steps.Count; k++)
            {
                ExactlyOne($"protocol.{i}.repeat.steps.{k}", "plate", "strip", "rest", "hold");
                CheckCurrents($"protocol.{i}.repeat.steps.{k}", repeat.Steps[k]);
            }
        }
    }

    private void CheckCurrents(string path, PlainStep step)
    {
        if (step.Plate is not null) CheckCurrent($"{path}.plate", step.Plate, SurfaceEvent.Saturation);
        if (step.Strip is not null) CheckCurrent($"{path}.strip", step.Strip, SurfaceEvent.Empty);
        if (step.Hold is not null) CheckHold($"{path}.hold", step.Hold);
    }

    private void CheckCurrent(string path, CurrentStep step, SurfaceEvent possible)
    {
        if (step is { Time: null, Capacity: null, Until: null, Potential: null }) throw Fail(
            path, "has no end; give time, capacity, potential or until");
        if (step.Until is { } until && until != possible)
            throw Fail($"{path}.until", $"this step never gets there; it can end at {CaseSchema.Word(possible)}");
        if (step.Current == 0 && step.Time is null) throw Fail(
            $"{path}.current", "without current only time ends the step");
        foreach (string never in new[] { "capacity", "until", "potential" })
        {
            if (step.Current == 0) Refuse($"{path}.{never}", "is never reached, since the current is 0");
        }
        bool plates = @case.OnSaturation == SaturationRule.Plate;
        if (step.Current > 0 && @case.Material.Diffusivity.IsZero && !plates)
            throw Fail("material.diffusivity",
                $"is 0, so the current of {path} has nowhere to go; with on_saturation: plate it becomes lithium metal");
        if (possible == SurfaceEvent.Saturation && plates && !@case.Kinetics.Chosen.PlatesBelowZero
            && step is { Potential: < 0, Time: null, Capacity: null, Until: null })
            throw Fail($"{path}.potential", "is never reached: lithium metal plates at 0 V");
    }

    private void CheckHold(string path, HoldStep step)
    {
        if (!@case.Kinetics.Chosen.HasPotential)
            throw Fail($"{path}.potential",
                "a uniform current has no electrode potential to hold; choose kinetics: { law: butler-volmer } or { "
                + "law: potential }");
        if (step is { Time: null, Capacity: null, Current: null }) throw Fail(
            path, "has no end; give time, capacity or current");
        if (!@case.Kinetics.Chosen.PlatesBelowZero && step.Potential <= 0 && @case.OnSaturation == SaturationRule.Plate)
            throw Fail($"{path}.potential",
                "lithium metal would plate without limit at or below 0 V; kinetics: { law: butler-volmer } limits it");
        if (@case.OnSaturation == SaturationRule.Plate && step is { Potential: < 0, Time: null, Capacity: null })
            throw Fail($"{path}.current",
                "may never be reached: below 0 V lithium metal plates at a current that does not fall; give time or "
                + "capacity too");
    }

    /// <summary>
    /// A potential at the start: x must be above 0. Fields from files are looked into when they are read.
    /// </summary>
    private void CheckKinetics()
    {
        if (@case.Kinetics.Chosen.HasPotential && !@case.Material.Diffusivity.IsZero && @case.Initial.X.File is null
            && InitialX(@case.Initial.X).Low <= 0)
            throw Fail("initial.x",
                $"is 0 at the start, where the potential is infinite; kinetics of law: "
                + $"{CaseSchema.Word(@case.Kinetics.Law)} ask for x > 0");
    }

    private void CheckSolver()
    {
        if (@case.Solver.TimeStep is not null) Refuse("solver.max_time_step", "has no meaning with a fixed time_step");
    }

    /// <summary>
    /// Warns where the composition passes saturation or the end of the open-circuit potential for certain: at the
    /// start, or later by the mean x that the charge makes. Fields from files are not looked into, and steps that may
    /// end at a surface event count as nothing.
    /// </summary>
    private void WarnOfComposition()
    {
        double full = SaturatedX;
        double capacity = PhysicalConstants.Faraday * @case.Material.SaturationConcentration * GridShape.Lengths(
            @case.Domain)[^1];
        (double mean, double highest) = InitialX(@case.Initial.X);
        // Without plating the run refuses it, with the cell.
        if (highest > full && @case.OnSaturation == SaturationRule.Plate)
            Warn("initial.x", $"x = {highest:0.####} is above saturation, {full:0.####}");
        foreach ((string path, PlainStep step) in OnceThrough())
        {
            (CurrentStep? plate, CurrentStep? strip) = (step.Plate, step.Strip);
            if (plate is { Until: null, Potential: null }) mean += full * Charge(plate) / capacity;
            if (strip is not null) mean = Math.Max(mean - full * Charge(strip) / capacity, 0);
            if (mean > full && @case.OnSaturation == SaturationRule.Stop) Warn(
                path, $"fills the film beyond saturation; it holds {capacity / 36000:G3} mAh/cm^2 in all");
            mean = Math.Min(mean, full);
            highest = Math.Max(highest, plate is { Time: null, Capacity: null } ? full : mean);
        }
        if (ocvTable is not null) WarnOfScale("material.ocv", ocvTable.X[^1]);
        (double last, string what) = @case.Material.Ocv.Chosen.Limit(ocvTable);
        if (highest > last) Warn("material.ocv", $"x comes to {highest:0.###}; {what}");
        if (ocvTable is not null && InitialX(@case.Initial.X).Low < ocvTable.X[0])
            Warn("material.ocv", $"x begins at {InitialX(@case.Initial.X).Low:0.####}; the table begins at "
                + $"{ocvTable.X[0]:0.####}, below it {ocvTable.U[0]:0.####} V is held");
    }

    /// <summary>The steps of the protocol with their paths, repetitions taken once.</summary>
    private IEnumerable<(string Path, PlainStep Step)> OnceThrough() =>
        @case.Protocol.SelectMany((step, i) => step.Repeat is not { } repeat
        ? [($"protocol.{i}", step)]
        : repeat.Steps.Select((inner, k) => ($"protocol.{i}.repeat.steps.{k}", inner)));

    /// <summary>Smallest and largest x at the start.</summary>
    private static (double Low, double High) InitialX(InitialProfile profile) => profile switch
    {
        { Linear: { } linear } => (Math.Min(linear.From, linear.To), Math.Max(linear.From, linear.To)),
        { Table: { } table } => (table.Values.Min(), table.Values.Max()),
        _ => (profile.Value ?? 0, profile.Value ?? 0),
    };

    /// <summary>The most charge per area that time and capacity allow [C/m^2].</summary>
    private static double Charge(CurrentStep step) =>
        Math.Min(step.Time * step.Current ?? double.PositiveInfinity, step.Capacity ?? double.PositiveInfinity);
}
