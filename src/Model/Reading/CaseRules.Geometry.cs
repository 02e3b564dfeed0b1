namespace MesoLiMg.Model;

/// <summary>Domain, lateral faces, regions and points.</summary>
internal sealed partial class CaseRules
{
    private void CheckDomain()
    {
        DomainCase domain = @case.Domain;
        string[] wanted = domain.Kind switch
        {
            DomainKind.Slab => ["height"],
            DomainKind.Axisymmetric => ["radius", "height"],
            _ => ["size"],
        };
        foreach (string key in wanted) Require("domain", key);
        foreach (string key in new[] { "radius", "height", "size" }.Except(wanted))
            Refuse($"domain.{key}", $"kind {Kind} has none; it takes {string.Join(" and ", wanted)}");
        int axes = Axes.Split(',').Length;
        if (domain.Size is { } size && size.Count != axes) throw Fail(
            "domain.size", $"expected {axes} lengths ({Axes}), read {size.Count}");
        if (domain.Cells.Count != axes) throw Fail(
            "domain.cells", $"expected {axes} number{(axes == 1 ? "" : "s")} of cells ({Axes}), read "
            + $"{domain.Cells.Count}");
        CheckLengths(domain);
        double cells = domain.Cells.Aggregate(1.0, (product, n) => product * n);
        if (cells > int.MaxValue) throw Fail(
            "domain.cells", $"{cells:0.##e0} cells are more than can be numbered, {int.MaxValue}");
        CheckLateral(domain);
        CheckHexagon(domain);
    }

    /// <summary>Refuses edges that no film has, with which volumes and times leave the range of numbers.</summary>
    private void CheckLengths(DomainCase domain)
    {
        const double atom = 1e-10, longest = 1;
        IEnumerable<(string Key, double? Length)> edges =
        [
            ("height", domain.Height), ("radius", domain.Radius), ("hexagon", domain.Hexagon),
            .. (domain.Size ?? []).Select((length, i) => ($"size.{i}", (double?)length)),
        ];
        foreach ((string key, double? length) in edges)
        {
            string? wrong = length < atom
                ? $"{Units.Format(length.Value, "nm")} is less than an atom, {Units.Format(atom, "nm")}"
                : length > longest ? $"{Units.Format(length.Value, "m")} is more than {Units.Format(longest, "m")}"
                : null;
            if (wrong is not null) throw Fail($"domain.{key}", $"{wrong}; is the unit right?");
        }
    }

    /// <summary>Cells across a plate with which its sides are still told from steps.</summary>
    private const int FewestAcross = 8;

    private void CheckHexagon(DomainCase domain)
    {
        if (domain.Hexagon is null) return;
        if (domain.Kind != DomainKind.ThreeD) throw Fail(
            "domain.hexagon", $"kind {Kind} has none; a plate is cut out of a box of kind 3d");
        Hexagon plate = Hexagon.Of(domain)!;
        (int nx, int ny, _) = GridShape.Of(domain).Cells;
        int inside = Enumerable.Range(0, nx * ny).Count(cell => plate.Holds(cell % nx, cell / nx));
        if (inside == 0) throw Fail("domain.hexagon", "is thinner than the cells and holds the centre of none");
        CheckRoom("x", "corners", plate.Needs.X, plate.Room.X);
        CheckRoom("y", "flats", plate.Needs.Y, plate.Room.Y);
        if (inside == nx * ny) throw Fail(
            "domain.hexagon", "cuts no cell out of the box: its cells are as wide as what lies beside the plate; "
            + "refine domain.cells or leave hexagon away");
    }

    /// <summary>
    /// Warns of cells that are too few for the shape of a plate, or so tall that multigrid suffers; flat ones, up to a
    /// million times as wide as high, do it no harm.
    /// </summary>
    private void WarnOfGrid()
    {
        GridShape grid = GridShape.Of(@case.Domain);
        (double x, double y, double z) = grid.Spacing;
        if (@case.Domain.Hexagon is { } width && width / Math.Max(x, y) is var across and < FewestAcross)
            Warn("domain.hexagon",
                $"is {across:0.#} cells across; below {FewestAcross} its shape is not resolved, take more along "
                + $"{(x > y ? "x" : "y")} in domain.cells");
        WarnOfCoarseCells(grid);
        if (@case.Coupling == Coupling.None || !grid.Has(0)) return;
        (double narrowest, string axis) = grid.Has(1) && y < x ? (y, "y") : (x, Axes[..1]);
        (int usual, string stalls) = grid.Has(1) ? (300, "1e5") : (1000, "1e6");
        if (z > usual * narrowest)
            Warn("domain.cells", $"cells are {z / narrowest:0} times as high as they are wide along {axis}; above "
                + $"{usual} the elasticity solver needs many times its iterations, and at {stalls} it stalls: take "
                + $"more cells along z or fewer along {axis}");
    }

    /// <summary>
    /// Warns where x on the electrolyte's side, which follows from the cell below by the slope that the current asks
    /// for, is not to be trusted: the slope holds over half a cell only once lithium has spread over several.
    /// </summary>
    private void WarnOfCoarseCells(GridShape grid)
    {
        const double mostRise = 0.1;
        MaterialCase film = @case.Material;
        double current = LargestCurrent(@case.Protocol), diffusivity = LargestDiffusivity(film.Diffusivity);
        double rise = current * grid.Spacing.Z
            / (2 * PhysicalConstants.Faraday * film.MagnesiumConcentration * diffusivity);
        if (diffusivity > 0 && rise > mostRise)
        {
            Warn("domain.cells", $"cells are {Units.Format(grid.Spacing.Z, "nm")} high, too coarse for "
                + $"{Units.Format(current, "mA/cm^2")}: x rises by {rise:0.##} within half a cell below the "
                + $"electrolyte, and what is reported on that side is wrong until lithium has spread over several "
                + $"cells; "
                + $"take {Math.Ceiling(grid.Cells.Z * rise / mostRise):0} cells along z or more");
        }
    }

    private static double LargestCurrent(IEnumerable<PlainStep> steps) =>
        steps.Select(step => step is ProtocolStep { Repeat: { } repeat } ? LargestCurrent(repeat.Steps)
        : (step.Plate ?? step.Strip)?.Current ?? 0).DefaultIfEmpty(0).Max();

    /// <summary>Largest D up to saturation [m²/s].</summary>
    private double LargestDiffusivity(DiffusivityCase diffusivity)
    {
        PropertyCurve curve = PropertyCurves.Of(diffusivity);
        double largest = curve.Constant ?? Enumerable.Range(0, Intervals + 1)
            .Max(i => curve.At(SaturatedX * i / Intervals));
        return largest * diffusivity.ArrheniusFactor(@case.Temperature);
    }

    /// <summary>
    /// Requires that a plate ends inside the box; along a periodic axis a gap to its repetition is left.
    /// </summary>
    private void CheckRoom(string axis, string what, double needed, double room)
    {
        bool isPeriodic = (axis == "x" ? LateralFaces.Of(@case.Domain).XMax
            : LateralFaces.Of(@case.Domain).YMax) == LateralKind.Periodic;
        if (needed <= (1 - 1e-9) * room || (!isPeriodic && needed <= (1 + 1e-9) * room)) return;
        // Four digits, or as many as tell one length from the other.
        const int usual = 4, all = 17;
        int digits = Enumerable.Range(usual, all - usual)
            .FirstOrDefault(digits => Units.Rounded(needed, digits) != Units.Rounded(room, digits), usual);
        string Length(double value) => Units.Format(Units.Rounded(value, digits), "nm");
        throw Fail("domain.hexagon",
            $"the plate's {what} lie {Length(needed)} from its middle along {axis}, the box leaves {Length(room)} "
            + $"there{(isPeriodic ? ", and a periodic one must be wider than the plate" : "")}");
    }

    private void CheckLateral(DomainCase domain)
    {
        string[] faces = domain.Kind switch
        {
            DomainKind.Slab => [],
            DomainKind.Axisymmetric => ["x_max"],
            DomainKind.PlaneStrain => ["x_min", "x_max"],
            _ => ["x_min", "x_max", "y_min", "y_max"],
        };
        if (domain.Kind == DomainKind.Axisymmetric) Refuse("domain.lateral.x_min",
            "this is the axis of an axisymmetric domain, it takes no condition");
        foreach (string face in new[] { "x_min", "x_max", "y_min", "y_max" }.Except(faces)) Refuse(
            $"domain.lateral.{face}", $"kind {Kind} has no such face");
        if (domain.Kind == DomainKind.Slab && domain.Lateral.All is not (null or LateralKind.Clamped)) throw Fail(
            "domain.lateral", "a slab is clamped in plane");
        LateralFaces lateral = LateralFaces.Of(domain);
        if (domain.Kind == DomainKind.Axisymmetric && lateral.XMax == LateralKind.Periodic) throw Fail(
            "domain.lateral", "the rim of an axisymmetric domain cannot be periodic");
        if ((lateral.XMin == LateralKind.Periodic) != (lateral.XMax == LateralKind.Periodic)) throw Fail(
            "domain.lateral", "x_min and x_max are both periodic or none is");
        if ((lateral.YMin == LateralKind.Periodic) != (lateral.YMax == LateralKind.Periodic)) throw Fail(
            "domain.lateral", "y_min and y_max are both periodic or none is");
    }

    private void CheckRegions()
    {
        GridShape grid = GridShape.Of(@case.Domain);
        double[] lengths = GridShape.Lengths(@case.Domain);
        for (int i = 0; i < @case.Regions.Count; i++)
        {
            RegionCase region = @case.Regions[i];
            string path = $"regions.{i}";
            CheckProperties(path, region.Diffusivity, region.YoungsModulus, region.PartialMolarVolume,
                region.Eigenstrain, region.ThermodynamicFactor);
            CheckStiffness($"{path}.stiffness", region.Stiffness);
            if (region.Orientation is { } orientation) CheckOrientation($"{path}.orientation", orientation);
            if (region.Stiffness is not null)
                foreach (string key in new[] { "youngs_modulus", "poisson_ratio" }) Refuse(
                    $"{path}.{key}", "is part of stiffness; give one of them");
            CheckCorner($"{path}.from", region.From, lengths.Length);
            CheckCorner($"{path}.to", region.To, lengths.Length);
            if (region.Shape == RegionShape.Ellipsoid)
                foreach (string key in new[] { "from", "to" }) Require(path, key);
            bool hasCell = true;
            for (int axis = 0; axis < lengths.Length; axis++)
            {
                double from = region.From?[axis] ?? 0, to = region.To?[axis] ?? lengths[axis];
                string name = Axes.Split(", ")[axis];
                if (from >= to) throw Fail(
                    path, $"along {name} it goes from {Units.Format(from, "nm")} to {Units.Format(to, "nm")}, it has "
                    + $"no extent");
                if (from >= lengths[axis] || to <= 0) throw Fail(
                    path, $"along {name} it lies outside the domain, 0 to {Units.Format(lengths[axis], "nm")}");
                double cell = lengths[axis] / @case.Domain.Cells[axis];
                hasCell &= Math.Ceiling(Math.Max(from, 0) / cell - 0.5) <= Math.Floor(
                    Math.Min(to, lengths[axis]) / cell - 0.5);
            }
            if (!hasCell) Warn(path, $"is thinner than the cells and holds the centre of none of the {grid.CellCount}");
        }
    }

    private void CheckCorner(string path, IReadOnlyList<double>? corner, int axes)
    {
        if (corner is not null && corner.Count != axes) throw Fail(
            path, $"expected {axes} coordinate{(axes == 1 ? "" : "s")} ({Axes}), read {corner.Count}");
    }

    private void CheckPublished()
    {
        for (int i = 0; i < @case.Published.Count; i++)
        {
            PublishedCase published = @case.Published[i];
            string path = $"published.{i}";
            ExactlyOne(path, "quantity", "field");
            if (published.Field is not null) Require(path, "at");
            if (published.Quantity is not null) Refuse(
                $"{path}.at", "a quantity of the history has no point; a field has");
            if (published.At is { } at) CheckPoint($"{path}.at", at);
        }
    }

    private void CheckAxis(string path, Axis axis)
    {
        bool has = axis switch
        {
            Axis.X => @case.Domain.Kind != DomainKind.Slab,
            Axis.Y =>
            @case.Domain.Kind == DomainKind.ThreeD,
            _ => true
        };
        if (!has) throw Fail(path, $"kind {Kind} has no {CaseSchema.Word(axis)}; it has {Axes}");
    }

    private double Length(Axis axis) => axis == Axis.Z ? GridShape.Lengths(@case.Domain)[^1]
        : GridShape.Lengths(@case.Domain)[(int)axis];
}
