namespace MesoLiMg.Model;

/// <summary>
/// The ways that lithium takes along grain boundaries, from cell to cell of the grains beside them. A boundary conducts
/// s = δ D_gb per length, half of it on each side. Where its faces lie in a plane across axis k, the cells on one side
/// are joined along the other axes; where it steps aside, the way goes on through the cell in the corner, so that it
/// never leaves its grain, and is longer than the boundary as the steps are; links conduct more by that.
/// </summary>
public sealed class BoundaryPaths
{
    private readonly GrainMap grains;
    private readonly Func<int, bool> belongs;
    private readonly int[] cells, strides;
    private readonly double[] spacing;

    /// <summary>
    /// Faces by their cell and the side of it, 2 k or 2 k + 1 for the low or high face across axis k.
    /// </summary>
    private readonly Dictionary<(int Cell, int Side), (BoundaryFace Face, double Conduction)> faces = [];

    /// <summary>Prepares the paths of a microstructure.</summary>
    /// <param name="belongs">Whether a cell, x fastest, belongs to its grain, not to a region over it.</param>
    public BoundaryPaths(GrainMap grains, Func<int, bool> belongs)
    {
        (this.grains, this.belongs) = (grains, belongs);
        var (nx, ny, nz) = grains.Grid.Cells;
        (cells, strides, spacing) =
            ([nx, ny, nz], [1, nx, nx * ny], [grains.Grid.Spacing.X, grains.Grid.Spacing.Y, grains.Grid.Spacing.Z]);
    }

    /// <summary>Adds a face of a boundary that conducts <paramref name="conduction"/> = δ D_gb [m³/s].</summary>
    public void Add(BoundaryFace face, double conduction)
    {
        faces[(face.Low, 2 * face.Axis + 1)] = (face, conduction);
        faces[(face.High, 2 * face.Axis)] = (face, conduction);
    }

    /// <summary>
    /// What boundaries conduct from a cell to the next one along an axis, per cross-section of a cell [m²/s].
    /// </summary>
    public IEnumerable<(int Axis, int Low, int High, double Conduction)> Links()
    {
        var links = new Dictionary<(int Axis, int Low), (int High, double Conduction)>();
        foreach (var ((cell, side), (face, s)) in faces)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                if (axis == face.Axis || !grains.Grid.Has(axis))
                    continue;
                var conduction = 0.5 * s * Lengthening(face.Along(face.Axis), face.Along(axis),
                    face.Along(3 - face.Axis - axis)) / spacing[face.Axis];
                foreach (var step in new[] { -1, 1 })
                {
                    var next = Next(cell, axis, step);
                    if (next < 0 || grains.Grain[next] != grains.Grain[cell] || !belongs(next))
                        continue;
                    // Straight on, both cells have a face of the boundary and each gives half.
                    var share = faces.ContainsKey((next, side)) ? 0.5 : 1;
                    var (low, high) = step > 0 ? (cell, next) : (next, cell);
                    links[(axis, low)] = (high, links.GetValueOrDefault((axis, low)).Conduction + share * conduction);
                }
            }
        }
        return links.Select(link => (link.Key.Axis, link.Key.Low, link.Value.High, link.Value.Conduction));
    }

    /// <summary>
    /// By what the conduction along an axis beside faces across another has to be larger, so that the steps conduct
    /// what the boundary does: |n_k| + |n_l| where the boundary contains an axis and the way has this length. Where it
    /// does not, ways branch; the third term vanishes in the former case and makes (111), where gradients are uniform
    /// over the steps, exact.
    /// </summary>
    private static double Lengthening(double across, double along, double third) =>
        across + along - (along + third > 0 ? along * third / (along + third) : 0);

    /// <summary>One over the number of a cell's neighbours along an axis.</summary>
    public double Share(int cell, int axis) => Next(cell, axis, -1) >= 0 && Next(cell, axis, 1) >= 0 ? 0.5 : 1;

    /// <summary>The next cell along an axis; -1 where there is none.</summary>
    private int Next(int cell, int axis, int step)
    {
        var at = cell / strides[axis] % cells[axis];
        return at + step >= 0 && at + step < cells[axis] ? cell + step * strides[axis]
            : grains.Periodic[axis] && cells[axis] > 1 ? cell - step * (cells[axis] - 1) * strides[axis] : -1;
    }
}
