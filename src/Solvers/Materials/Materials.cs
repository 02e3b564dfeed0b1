using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The materials of a case, one group per distinct set of properties: the film first, then the regions, later ones over
/// earlier ones, then the grains of the film, which all regions lie over. Properties are stored per group, cells keep
/// its number; ghost cells repeat their neighbour's, so that points on faces have a material, or along periodic axes
/// that of the cell at the other end.
/// </summary>
public sealed class Materials
{
    private readonly MaterialCase film;
    private readonly IReadOnlyList<RegionCase> regions;
    private readonly GrainMap? grains;
    private readonly int boxes;
    private readonly RegionCase?[] layers;

    /// <summary>What is cut out: nothing is there, and the film's constants only keep quotients finite.</summary>
    private static readonly RegionCase Nothing = new() { Phase = VoidPhase, PartialMolarVolume = 0 };

    private readonly int[] groupOfCell;
    private readonly View<double> solidity;
    private readonly Dictionary<(PropertyCase, double), PropertyCurve> curves = [];

    /// <summary>Phase id of voids.</summary>
    public const int VoidPhase = -1;

    /// <summary>Assigns materials to the cells of a grid.</summary>
    /// <param name="grains">Grains of the film, which regions lie over; null where it is one grain.</param>
    public Materials(IDevice device, Case @case, GridLevel grid, GrainMap? grains = null)
    {
        (film, this.grains, boxes) = (@case.Material, grains, @case.Regions.Count);
        regions = [.. @case.Regions, .. grains?.Properties(@case.Microstructure!) ?? []];
        var (below, above) = InertPhases.OfLayers(@case);
        layers = [LayerOf(@case.Interfaces.Collector, below), LayerOf(@case.Interfaces.Se, above)];
        var group = new int[grid.Layout.Length];
        Grain = new int[grid.Cells.Points];
        Phase = new int[grid.Cells.Points];
        groupOfCell = new int[grid.Cells.Points];
        Assign(grid, Hexagon.Of(@case.Domain), @case.Microstructure?.Outside == OutsideKind.Void);
        Spread(grid, group);
        Group = device.Allocate<int>(group);
        HasVoids = groupOfCell.Contains(Void);
        (solidity, Solid) = (device.Allocate<double>([.. Groups.Select((_, g) => g == Void ? 0.0 : 1.0)]),
            grid.ClosedField<double>());
        WriteSolid(device, Group, Solid, grid.Closed);
        var laws = new CompositionLaws(device, Group, SaturatedX(@case));
        Modulus = laws.Of(Curves(ModulusOf));
        Poisson = device.Allocate<double>(Groups.Select(PoissonOf).ToArray());
        Swelling = laws.Swelling([.. Groups.Select(SwellingOf)]);
        if (Groups.Any(r => FactorOf(r) is not null))
            Factor = laws.Of(Curves(r => FactorOf(r) ?? new FactorCase { Value = 1 }));
        PropertyCurve[] diffusivities =
            [.. Groups.Select(DiffusivityOf).Select(d => Curve(d, d.ArrheniusFactor(@case.Temperature)))];
        Diffusivity = laws.Of(diffusivities);
        var largest = diffusivities.Distinct().ToDictionary(curve => curve, curve => Largest(curve, SaturatedX(@case)));
        LargestDiffusivities = [.. diffusivities.Select(curve => largest[curve])];
        // Grains have been asked where their orientations still had names (GrainMap.RequirePlanar).
        foreach (var (region, g) in Groups.Take(boxes + 1).Select((region, g) => (region, g))
            .Where(at => StiffnessOf(at.region) is not null).IntersectBy(groupOfCell, at => at.g))
            TensorOf(region).RequirePlanar(grid.Kind, g == 0 ? "material.stiffness" : $"regions.{g - 1}");
        if (Groups.Any(r => StiffnessOf(r) is not null))
            Crystals = new(device, grid, [.. Groups.Select(TensorOf)], Group, groupOfCell, HasVoids ? Void : null);
        Transport = GrainTransport.Of(device, grid, @case.Microstructure, grains, Group,
            [.. Groups.Select(TransportOf)], cell => groupOfCell[cell] > boxes);
    }

    /// <summary>Grain id of cells, x fastest.</summary>
    public int[] Grain { get; }

    /// <summary>Phase id of cells, x fastest.</summary>
    public int[] Phase { get; }

    /// <summary>Group of cells, in the grid's layout with ghosts.</summary>
    public View<int> Group { get; }

    /// <summary>Whether cells are cut out of the body.</summary>
    public bool HasVoids { get; }

    /// <summary>1 at cells of the body and points on its faces, 0 in voids.</summary>
    public Field<Closed, double> Solid { get; }

    /// <summary>E [Pa].</summary>
    public CompositionLaw Modulus { get; }

    /// <summary>ν by group.</summary>
    public View<double> Poisson { get; }

    /// <summary>β and β'.</summary>
    public SwellingLaw Swelling { get; }

    /// <summary>
    /// Diffusivity tensors and grain boundaries; null where transport is isotropic and boundaries do nothing.
    /// </summary>
    public GrainTransport? Transport { get; }

    /// <summary>Stiffness tensors; null where all materials are isotropic.</summary>
    public Crystals? Crystals { get; }

    /// <summary>Γ, where the case gives it as a property.</summary>
    public CompositionLaw? Factor { get; }

    /// <summary>D [m²/s].</summary>
    public CompositionLaw Diffusivity { get; }

    /// <summary>The largest D from x = 0 to saturation by group [m²/s]; 0 for what lithium cannot enter.</summary>
    public double[] LargestDiffusivities { get; }

    /// <summary>Writes 1 where there is a body and 0 in voids, on a grid of which the groups are given.</summary>
    public void WriteSolid(IDevice device, View<int> group, Field<Closed, double> solid, Box<Closed> box) =>
        device.Launch(new Mask<Closed>(solidity, group, solid), box);

    /// <summary>
    /// Refuses a body that voids separate from a side: nothing holds it there, and no current enters.
    /// </summary>
    /// <param name="plane">Cells of a plane across z.</param>
    /// <param name="where">Where an entry of the case stands.</param>
    /// <exception cref="InputException">It is separate from one.</exception>
    public void RequireContact(int plane, Func<string, string> where)
    {
        const string path = "microstructure.outside";
        foreach (var (side, first) in new[] { ("collector (z = 0)", 0), ("electrolyte (z = H)", Phase.Length - plane) })
            if (Phase.AsSpan(first, plane).IndexOfAnyExcept(VoidPhase) < 0)
                throw new InputException(
                    $"{where(path)}: {path}: no film touches the {side}: all {plane} cells there are void; give the "
                    + $"file a plane of grains there or leave its void planes out");
    }

    /// <summary>Whether lithium can be in a cell, x fastest.</summary>
    public bool Holds(int cell) => LargestDiffusivities[groupOfCell[cell]] > 0;

    /// <summary>The grain of a cell, x fastest; 0 in regions, in voids and where there are none.</summary>
    public int GrainAt(int cell) => groupOfCell[cell] > boxes ? Grain[cell] : 0;

    /// <summary>λ, μ wherever x is known.</summary>
    public ElasticConstants Constants(View<double> x) => Constants(x, Group);

    /// <summary>λ, μ wherever x is known, on a grid of which the groups are given.</summary>
    public ElasticConstants Constants(View<double> x, View<int> group) => new(x, group, Modulus.Over(group), Poisson);

    /// <summary>
    /// Phase ids of the layers below and above the film; those after the film's own and the regions'.
    /// </summary>
    public (int Below, int Above) LayerPhases => (layers[0]?.Phase ?? 0, layers[1]?.Phase ?? 0);

    /// <summary>Groups of the cells of a film with layers, in the layout of its grid.</summary>
    /// <param name="below">Planes of cells below the film.</param>
    public int[] GroupsOfStack(GridLevel stack, int below)
    {
        var group = new int[stack.Layout.Length];
        var box = stack.Closed;
        var filmPlanes = groupOfCell.Length / (stack.X * stack.Y);
        for (var z = box.Z0; z < box.Z1; z++)
        {
            for (var y = box.Y0; y < box.Y1; y++)
            {
                for (var x = box.X0; x < box.X1; x++)
                {
                    var (i, j, k) = (Inside(stack, 0, x), Inside(stack, 1, y), Inside(stack, 2, z) - below);
                    group[stack.Layout.Index(x, y, z)] = k < 0 ? FirstLayer : k >= filmPlanes ? FirstLayer + 1
                        : groupOfCell[i + stack.X * (j + stack.Y * k)];
                }
            }
        }
        return group;
    }

    /// <summary>The film, the regions, the layer below and the one above, voids.</summary>
    private IEnumerable<RegionCase?> Groups => [null, .. regions, .. layers, Nothing];

    /// <summary>The group of the layer below.</summary>
    private int FirstLayer => 1 + regions.Count;

    /// <summary>The group of voids.</summary>
    private int Void => FirstLayer + layers.Length;

    /// <summary>A layer as an inert region; null without one.</summary>
    private static RegionCase? LayerOf(InterfaceCase side, int phase) => side.Layer is not { } layer ? null
        : new()
        {
            Phase = phase,
            YoungsModulus = new() { Value = layer.YoungsModulus },
            PoissonRatio = layer.PoissonRatio,
            PartialMolarVolume = 0
        };

    private PropertyCurve[] Curves(Func<RegionCase?, PropertyCase> of) =>
        [.. Groups.Select(region => Curve(of(region)))];

    /// <summary>One curve for all groups that have a property in common.</summary>
    private PropertyCurve Curve(PropertyCase property, double factor = 1) =>
        curves.TryGetValue((property, factor), out var known) ? known : curves[(property, factor)] =
            PropertyCurves.Of(property).Times(factor);

    /// <summary>Young's modulus, that of Hill's average for a tensor.</summary>
    private ModulusCase ModulusOf(RegionCase? region) => StiffnessOf(region) is { } tensor
        ? new ModulusCase { Value = tensor.Hill().Modulus } : region?.YoungsModulus ?? film.YoungsModulus;

    private double PoissonOf(RegionCase? region) => StiffnessOf(region)?.Hill().Poisson ?? region?.PoissonRatio
        ?? film.PoissonRatio;

    private StiffnessTensor? StiffnessOf(RegionCase? region) => StiffnessTensor.Of(region, film);

    private StiffnessTensor TensorOf(RegionCase? region) =>
        StiffnessOf(region)?.Turned(OrientationOf(region))
        ?? StiffnessTensor.Isotropic(ModulusOf(region).Value!.Value, PoissonOf(region));

    private static Orientation OrientationOf(RegionCase? region) => region?.Orientation is { } orientation
        ? Orientation.Of(orientation) : Orientation.Identity;

    /// <summary>D_kl/D in sample axes.</summary>
    private double[] TransportOf(RegionCase? region) =>
        GrainTransport.Tensor(region?.DiffusivityRatio ?? film.DiffusivityRatio, OrientationOf(region));

    /// <summary>Inert phases hold no lithium unless they are given a diffusivity.</summary>
    private DiffusivityCase DiffusivityOf(RegionCase? region) =>
        region?.Diffusivity ?? (region is { Phase: not 0 } ? 0 : film.Diffusivity);

    private FactorCase? FactorOf(RegionCase? region) => region?.ThermodynamicFactor ?? film.ThermodynamicFactor;

    /// <summary>β where the region or else the film gives it, and β' = Ω_Li c_Mg/3 where it does not.</summary>
    private (PropertyCurve? Strain, PropertyCurve Rate) SwellingOf(RegionCase? region)
    {
        var strain = region?.Eigenstrain ?? (region?.PartialMolarVolume is null ? film.Eigenstrain : null);
        var rate = Curve(region?.PartialMolarVolume ?? film.PartialMolarVolume, film.MagnesiumConcentration / 3);
        return (strain is null ? null : Curve(strain), rate);
    }

    private static double SaturatedX(Case @case) =>
        @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;

    private static double Largest(PropertyCurve curve, double end)
    {
        const int intervals = 1000;
        return curve.Constant ?? Enumerable.Range(0, intervals + 1).Max(i => curve.At(end * i / intervals));
    }

    private void Assign(GridLevel grid, Hexagon? plate, bool grainsAlone)
    {
        var centres = Enumerable.Range(0, 3).Select(axis => Centres(grid.Widths[axis])).ToArray();
        for (var z = 0; z < grid.Z; z++)
        {
            for (var y = 0; y < grid.Y; y++)
            {
                for (var x = 0; x < grid.X; x++)
                {
                    var cell = x + grid.X * (y + grid.Y * z);
                    var found = RegionAt(grid, [centres[0][x], centres[1][y], centres[2][z]]);
                    if (found < 0 && grains is not null && grains.Grain[cell] > 0)
                        found = boxes + grains.Grain[cell] - 1;
                    var isVoid = plate?.Holds(x, y) == false || (grainsAlone && grains!.Grain[cell] == 0);
                    groupOfCell[cell] = isVoid ? Void : found + 1;
                    Grain[cell] = isVoid || found < 0 ? 0 : regions[found].Grain;
                    Phase[cell] = isVoid ? VoidPhase : found < 0 ? 0 : regions[found].Phase;
                }
            }
        }
    }

    /// <summary>Gives points of the closed grid the groups of cells.</summary>
    private void Spread(GridLevel grid, int[] group)
    {
        var box = grid.Closed;
        for (var z = box.Z0; z < box.Z1; z++)
            for (var y = box.Y0; y < box.Y1; y++)
                for (var x = box.X0; x < box.X1; x++)
                    group[grid.Layout.Index(x, y, z)] = GroupBehind(grid, x, y, Math.Clamp(z, 0, grid.Z - 1));
    }

    /// <summary>
    /// The group of the cell whose material a point has. On a face between a body and a void at the other end of a
    /// periodic axis that is the body, on this side.
    /// </summary>
    private int GroupBehind(GridLevel grid, int x, int y, int z)
    {
        int Of(int i, int j) => groupOfCell[i + grid.X * (j + grid.Y * z)];
        var (across, near) = ((X: Inside(grid, 0, x), Y: Inside(grid, 1, y)),
            (X: Math.Clamp(x, 0, grid.X - 1), Y: Math.Clamp(y, 0, grid.Y - 1)));
        var group = Of(across.X, across.Y);
        group = group == Void ? Of(near.X, across.Y) : group;
        group = group == Void ? Of(across.X, near.Y) : group;
        return group == Void ? Of(near.X, near.Y) : group;
    }

    /// <summary>The cell whose material a point of the closed grid has, along an axis.</summary>
    private static int Inside(GridLevel grid, int axis, int i)
    {
        var cells = grid.Widths[axis].Length;
        return grid.Periodic[axis] ? (i + cells) % cells : Math.Clamp(i, 0, cells - 1);
    }

    private int RegionAt(GridLevel grid, double[] centre)
    {
        double[] at = grid.Kind switch
        {
            DomainKind.Slab => [centre[2]],
            DomainKind.ThreeD => centre,
            _ => [centre[0], centre[2]],
        };
        for (var r = boxes - 1; r >= 0; r--)
        {
            var (from, to) = (regions[r].From, regions[r].To);
            var isInside = regions[r].Shape == RegionShape.Ellipsoid
                ? at.Select((s, a) => (2 * s - from![a] - to![a]) / (to[a] - from[a])).Sum(s => s * s) < 1
                : Enumerable.Range(0, at.Length)
                    .All(a => (from is null || at[a] > from[a]) && (to is null || at[a] < to[a]));
            if (isInside)
                return r;
        }
        return -1;
    }

    private static double[] Centres(double[] widths)
    {
        var low = 0.0;
        return widths.Select(h => (low += h) - h / 2).ToArray();
    }
}
