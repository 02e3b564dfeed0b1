using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>The pictures of runs: profiles, fields, potentials, history.</summary>
public static class Pictures
{
    private const double CoulombPerMilliampereHour = 3.6, SquareCentimetresPerSquareMetre = 1e4;

    /// <summary>Colours above this part of the map are too light for lines on white.</summary>
    private const double LightestLine = 0.7;

    /// <summary>
    /// A field along z on the axis at several times, and its mean over the cross-section at the last of them.
    /// </summary>
    /// <param name="snapshots">In the order of time.</param>
    /// <param name="field">Scalar field.</param>
    public static Chart Profiles(IReadOnlyList<SnapshotFile> snapshots, string field)
    {
        var sections = snapshots.Select(snapshot => FilmSection.Read(snapshot, field)).ToList();
        var grid = snapshots[^1].Grid.Film;
        var (quantity, length) = (QuantityOf(snapshots[^1], field, sections[^1].OnAxis.Max(p => Math.Abs(p.Value))),
            LengthScale.Of(Height(grid)));
        var (unit, perSecond) = TimeUnit(snapshots[^1].Time);
        var curves = sections.Select((section, i) => new Curve(
            $"{(snapshots[i].Time * perSecond).ToString("G3", CultureInfo.InvariantCulture)} {unit}",
            ColourMap.Sequential.Hex(snapshots.Count == 1 ? 0 : LightestLine * i / (snapshots.Count - 1)),
            Scaled(section.OnAxis, length, quantity))).ToList();
        if (grid.Has(0))
            curves.Add(new("", "#444444", Scaled(sections[^1].Mean, length, quantity), LineStyle.Dashed));
        return AlongZ($"{field} along z", grid, quantity.Label, curves) with
        {
            LabelsAtEnds = true,
            Key = grid.Has(0)
                ? [(LineStyle.Solid, Axis(grid, sections[^1])),
                (LineStyle.Dashed, $"mean over the section, {curves[^2].Label}")] : [],
        };
    }

    /// <summary>
    /// The chemical and the mechanical part of the potential along z, means over the cross-section and values on the
    /// axis.
    /// </summary>
    public static Chart Potentials(SnapshotFile snapshot)
    {
        (string Field, string Label, string Colour)[] parts =
            [("potential_chem", "chemical", ColourMap.Lines[0]), ("potential_mech", "mechanical", ColourMap.Lines[1]),
                ("potential", "total", ColourMap.Lines[^1])];
        var millivolt = QuantityOf(snapshot, "potential_chem", 0) with { Label = "*U* against Li/Li^{+} (mV)" };
        var length = LengthScale.Of(Height(snapshot.Grid.Film));
        var (curves, axis) = (new List<Curve>(), "");
        foreach (var (field, label, colour) in parts.Where(part => Has(snapshot, part.Field)))
        {
            var section = FilmSection.Read(snapshot, field);
            axis = Axis(snapshot.Grid, section);
            if (snapshot.Grid.Has(0))
                curves.Insert(0, new("", colour, Scaled(section.OnAxis, length, millivolt), LineStyle.Dashed));
            curves.Add(new(label, colour, Scaled(section.Mean, length, millivolt)));
        }
        return AlongZ("potential along z", snapshot.Grid.Film, millivolt.Label, curves) with
        {
            LabelsAtEnds = true,
            Key = snapshot.Grid.Has(0)
                ? [(LineStyle.Solid, "mean over the section"), (LineStyle.Dashed, axis)] : [],
        };
    }

    /// <summary>
    /// A field over the cross-section (plates, strips, and the face y = 0 of films, or their middle where voids take
    /// that away).
    /// </summary>
    public static FieldPicture Field(SnapshotFile snapshot, string field)
    {
        var section = FilmSection.Read(snapshot, field);
        var values = section.Plane;
        var quantity = QuantityOf(snapshot, field, values.Max(Math.Abs));
        var (unit, perSecond) = TimeUnit(snapshot.Time);
        return new(
            $"*t* = {(snapshot.Time * perSecond).ToString("G3", CultureInfo.InvariantCulture)} "
                + $"{unit}{(snapshot.Grid.Has(1) ? $", section at *y* = {Nanometres(section.Elsewhere?.Y ?? 0)} nm" : "")}",
            quantity, [.. values.Select(v => v * quantity.Factor)], snapshot.Grid.Film);
    }

    /// <summary>x on both sides over time.</summary>
    public static Chart Sides(Table history)
    {
        var (unit, perSecond) = TimeUnit(history.Points("time", "time")[^1].X);
        Curve Of(string column, string label, int colour) =>
            new(label, ColourMap.Lines[colour],
            [.. history.Points("time", column).Select(p => (p.X * perSecond, p.Y))]);
        // A side that holds no lithium has no x.
        Curve[] curves = [.. new[] { Of("x_mean", "mean", 6), Of("x_collector", "collector", 1),
            Of("x_se", "electrolyte", 0) }.Where(curve => curve.Points.Count > 0)];
        return new("x over time", new($"*t* ({unit})", Scale.Exactly(curves[0].Points.Select(p => p.X))),
            new("*x* in Li_{x}Mg", Around(curves)), curves)
        { LabelsAtEnds = true };
    }

    /// <summary>
    /// Electrode potential over the charge passed. Where x = 0 the potential has no value, and no point.
    /// </summary>
    public static Chart Voltage(Table history)
    {
        var points = VoltagePoints(history);
        var (unit, per) = points.Max(p => p.X) < 0.1 ? ("µAh/cm^{2}", 1e3) : ("mAh/cm^{2}", 1);
        (double X, double Y)[] shown = [.. points.Select(p => (p.X * per, p.Y))];
        return new("potential against charge",
            new($"charge ({unit})", Scale.Exactly(shown.Select(p => p.X).Append(0), 4)),
            new("*U* against Li/Li^{+} (V)", Scale.Around(shown.Select(p => p.Y))),
                [new("", ColourMap.Lines[0], shown)]);
    }

    /// <summary>Charge [mAh/cm²] and electrode potential [V] where there is one.</summary>
    public static IReadOnlyList<(double X, double Y)> VoltagePoints(Table history)
    {
        const double coulombPerSquareMetre = CoulombPerMilliampereHour * SquareCentimetresPerSquareMetre;
        bool HasLithium(int row) => history.Number(row, "x_se") > 0 || history.Number(row, "metal_thickness") > 0;
        return [.. history.Points("charge", "electrode_potential", HasLithium)
            .Select(p => (p.X / coulombPerSquareMetre, p.Y))];
    }

    /// <summary>Curves along z between the collector and the solid electrolyte.</summary>
    /// <param name="title">For people who cannot see the picture.</param>
    /// <param name="grid">Film.</param>
    /// <param name="label">Of the vertical axis.</param>
    /// <param name="curves">z in the unit of <see cref="LengthScale.Of"/> the film's height.</param>
    public static Chart AlongZ(string title, GridShape grid, string label, IReadOnlyList<Curve> curves)
    {
        var length = LengthScale.Of(Height(grid));
        return new(title, new($"*z* ({length.Unit})", new Scale(0, Height(grid) * length.PerMetre) { Intervals = 7 }),
            new(label, Around(curves)), curves)
        { Sides = ("collector", "electrolyte") };
    }

    /// <summary>Values over z in the units of a picture.</summary>
    public static IReadOnlyList<(double X, double Y)> Scaled(IReadOnlyList<(double Z, double Value)> values,
        LengthScale length, Quantity quantity) =>
        [.. values.Select(p => (p.Z * length.PerMetre, p.Value * quantity.Factor))];

    /// <summary>How a field of a snapshot is shown.</summary>
    public static Quantity QuantityOf(SnapshotFile snapshot, string field, double largest) =>
        Quantity.Of(field, snapshot.Cells.First(f => f.Name == field).Unit, largest);

    /// <summary>Whether a snapshot has a field.</summary>
    public static bool Has(SnapshotFile snapshot, string field) => snapshot.Cells.Any(f => f.Name == field);

    /// <summary>Height of a film [m].</summary>
    public static double Height(GridShape grid) => grid.Cells.Z * grid.Spacing.Z;

    private static string Axis(GridShape grid, FilmSection section) => (grid.Kind, section.Elsewhere) switch
    {
        (DomainKind.Axisymmetric, null) => "at *r* = 0",
        (DomainKind.PlaneStrain, null) => "at *x* = 0",
        (_, null) => "at *x* = *y* = 0",
        (DomainKind.Axisymmetric, { } at) => $"at *r* = {Nanometres(at.X)} nm",
        (DomainKind.PlaneStrain, { } at) => $"at *x* = {Nanometres(at.X)} nm",
        (_, { } at) => $"at *x* = {Nanometres(at.X)} nm, *y* = {Nanometres(at.Y)} nm",
    };

    private static string Nanometres(double length) => (length * 1e9).ToString("G4", CultureInfo.InvariantCulture);

    private static Scale Around(IEnumerable<Curve> curves) =>
        Scale.Around(curves.SelectMany(curve => curve.Points.Select(p => p.Y)));

    private static (string Unit, double PerSecond) TimeUnit(double longest) =>
        longest switch { < 600 => ("s", 1), < 36000 => ("min", 1.0 / 60), _ => ("h", 1.0 / 3600) };
}
