namespace MesoLiMg.Model;

/// <summary>
/// The voxel grid of a domain as files describe it. Axes that the domain lacks have one cell (and, for nodes too,
/// extent 1 in files). In r-z the x axis is r. A slab has only z, plane strain and r-z have x and z.
/// </summary>
/// <param name="Kind">Domain.</param>
/// <param name="Cells">Cells along x (or r), y, z; 1 along a missing axis.</param>
/// <param name="Spacing">Voxel edges [m] along x, y, z; 1 m along a missing axis.</param>
public sealed record GridShape(DomainKind Kind, (int X, int Y, int Z) Cells, (double X, double Y, double Z) Spacing)
{
    /// <summary>Planes of cells of the layers below and above the film, among <see cref="Cells"/>.</summary>
    public (int Below, int Above) Layers { get; init; }

    /// <summary>Whether there are layers.</summary>
    public bool HasLayers => Layers != (0, 0);

    /// <summary>The grid of the film alone.</summary>
    public GridShape Film =>
        this with { Cells = (Cells.X, Cells.Y, Cells.Z - Layers.Below - Layers.Above), Layers = (0, 0) };

    /// <summary>Low corner [m]; the film begins at z = 0.</summary>
    public (double X, double Y, double Z) Origin => (0, 0, -Layers.Below * Spacing.Z);

    /// <summary>Whether the domain has the axis (0 = x, 1 = y, 2 = z).</summary>
    public bool Has(int axis) =>
        axis switch { 0 => Kind != DomainKind.Slab, 1 => Kind == DomainKind.ThreeD, _ => true };

    /// <summary>The smallest voxel edge [m].</summary>
    public double SmallestSpacing => Enumerable.Range(0, 3).Where(Has)
        .Min(axis => axis switch { 0 => Spacing.X, 1 => Spacing.Y, _ => Spacing.Z });

    public long CellCount => (long)Cells.X * Cells.Y * Cells.Z;

    /// <summary>Nodes along x, y, z; 1 along a missing axis.</summary>
    public (int X, int Y, int Z) Nodes => (Cells.X + (Has(0) ? 1 : 0), Cells.Y + (Has(1) ? 1 : 0), Cells.Z + 1);

    public long NodeCount => (long)Nodes.X * Nodes.Y * Nodes.Z;

    /// <summary>The grid of the film of a domain whose entries have passed the checks of the case reader.</summary>
    /// <exception cref="ArgumentException">Edge lengths or cells do not suit the kind of domain.</exception>
    public static GridShape Of(DomainCase domain)
    {
        double[] lengths = Lengths(domain);
        if (domain.Cells.Count != lengths.Length)
            throw new ArgumentException($"{lengths.Length} axes have {domain.Cells.Count} numbers of cells",
                nameof(domain));
        double[] spacing = [.. lengths.Zip(domain.Cells, (length, cells) => length / cells)];
        IReadOnlyList<int> n = domain.Cells;
        return domain.Kind switch
        {
            DomainKind.Slab => new(domain.Kind, (1, 1, n[0]), (1, 1, spacing[0])),
            DomainKind.ThreeD => new(domain.Kind, (n[0], n[1], n[2]), (spacing[0], spacing[1], spacing[2])),
            _ => new(domain.Kind, (n[0], 1, n[1]), (spacing[0], 1, spacing[1])),
        };
    }

    /// <summary>Edge lengths [m] along the axes that the domain has, z last.</summary>
    /// <exception cref="ArgumentException">An edge length is missing.</exception>
    public static double[] Lengths(DomainCase domain) => domain switch
    {
        { Kind: DomainKind.Slab, Height: { } height } => [height],
        { Kind: DomainKind.Axisymmetric, Radius: { } radius, Height: { } height } => [radius, height],
        { Kind: DomainKind.PlaneStrain, Size: [var x, var z] } => [x, z],
        { Kind: DomainKind.ThreeD, Size: [var x, var y, var z] } => [x, y, z],
        _ => throw new ArgumentException("an edge length is missing", nameof(domain)),
    };
}
