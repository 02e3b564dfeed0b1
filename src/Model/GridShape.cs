namespace MesoLiMg.Model;

/// <summary>
/// The voxel grid of a domain as files describe it. Axes that the domain lacks have one cell (and, for nodes too, extent 1 in files).
/// In r-z the x axis is r. A slab has only z, plane strain and r-z have x and z.
/// </summary>
/// <param name="Kind">Domain.</param>
/// <param name="Cells">Cells along x (or r), y, z; 1 along a missing axis.</param>
/// <param name="Spacing">Voxel edges [m] along x, y, z; 1 m along a missing axis.</param>
public sealed record GridShape(DomainKind Kind, (int X, int Y, int Z) Cells, (double X, double Y, double Z) Spacing)
{
    /// <summary>Whether the domain has the axis (0 = x, 1 = y, 2 = z).</summary>
    public bool Has(int axis) => axis switch { 0 => Kind != DomainKind.Slab, 1 => Kind == DomainKind.ThreeD, _ => true };

    public long CellCount => (long)Cells.X * Cells.Y * Cells.Z;

    /// <summary>Nodes along x, y, z; 1 along a missing axis.</summary>
    public (int X, int Y, int Z) Nodes => (Cells.X + (Has(0) ? 1 : 0), Cells.Y + (Has(1) ? 1 : 0), Cells.Z + 1);

    public long NodeCount => (long)Nodes.X * Nodes.Y * Nodes.Z;
}
