namespace MesoLiMg.Model;

/// <summary>
/// A face between two cells of different grains, and the direction of the boundary that it belongs to.
/// </summary>
/// <param name="Axis">Axis across the face (0 = x, 1 = y, 2 = z).</param>
/// <param name="Low">The cell below, x fastest.</param>
/// <param name="High">The cell above.</param>
/// <param name="Normal">|n| of the boundary's unit normal, a number per axis.</param>
public readonly record struct BoundaryFace(int Axis, int Low, int High, (double X, double Y, double Z) Normal)
{
    /// <summary>|n| along an axis.</summary>
    public double Along(int axis) => axis switch { 0 => Normal.X, 1 => Normal.Y, _ => Normal.Z };
}

/// <summary>
/// Where grains meet. Faces of cells follow an inclined boundary in steps, whose area is too large by |n_x| + |n_y| +
/// |n_z|, however small the cells. The normal n of the boundary at a face is the sum of the faces of the same two
/// grains around it, counted with their directions; a face then stands for the share |n_k| of its area, which is exact
/// for planes.
/// </summary>
public sealed class GrainBoundaries
{
    /// <summary>
    /// How far, in cells, faces are summed up for a normal. The outermost count half, so that steps which repeat after
    /// 1, 2, 3 or 6 cells give exactly the mean direction.
    /// </summary>
    private const int Reach = 3;

    private readonly GrainMap grains;
    private readonly int[] cells;
    private readonly int[] strides;
    private readonly double[] areas;

    /// <summary>Finds the boundaries.</summary>
    public GrainBoundaries(GrainMap grains)
    {
        this.grains = grains;
        var (nx, ny, nz) = grains.Grid.Cells;
        var (hx, hy, hz) = grains.Grid.Spacing;
        (cells, strides, areas) = ([nx, ny, nz], [1, nx, nx * ny], [hy * hz, hx * hz, hx * hy]);
        var planes = new List<BoundaryFace>[nz];
        Parallel.For(0, nz, z => planes[z] = InPlane(z));
        Faces = [.. planes.SelectMany(plane => plane)];
        Area = Faces.Sum(face => face.Along(face.Axis) * areas[face.Axis]);
    }

    /// <summary>All faces, in the order of their lower cells.</summary>
    public IReadOnlyList<BoundaryFace> Faces { get; }

    /// <summary>Area of all boundaries [m², or per metre or square metre of the axes that the domain lacks].</summary>
    public double Area { get; }

    private List<BoundaryFace> InPlane(int z)
    {
        var faces = new List<BoundaryFace>();
        int[] at = [0, 0, z];
        for (at[1] = 0; at[1] < cells[1]; at[1]++)
        {
            for (at[0] = 0; at[0] < cells[0]; at[0]++)
            {
                var low = Index(at);
                for (var axis = 0; axis < 3; axis++)
                {
                    var high = Above(at, low, axis);
                    if (IsBoundary(low, high))
                        faces.Add(new(axis, low, high, Normal(at, grains.Grain[low], grains.Grain[high])));
                }
            }
        }
        return faces;
    }

    private (double X, double Y, double Z) Normal(int[] centre, int a, int b)
    {
        Span<double> sum = stackalloc double[3];
        int[] at = [0, 0, 0];
        for (var dz = -Extent(2); dz <= Extent(2); dz++)
        {
            for (var dy = -Extent(1); dy <= Extent(1); dy++)
            {
                for (var dx = -Extent(0); dx <= Extent(0); dx++)
                {
                    (at[0], at[1], at[2]) = (centre[0] + dx, centre[1] + dy, centre[2] + dz);
                    if (!Wrap(at))
                        continue;
                    var (low, weight) = (Index(at), Weight(dx, 0) * Weight(dy, 1) * Weight(dz, 2));
                    for (var axis = 0; axis < 3; axis++)
                    {
                        var high = Above(at, low, axis);
                        if (high < 0)
                            continue;
                        var (below, above) = (grains.Grain[low], grains.Grain[high]);
                        sum[axis] += (below, above) == (a, b) ? weight * areas[axis] : (below, above) == (b, a)
                            ? -weight * areas[axis] : 0;
                    }
                }
            }
        }
        var length = Math.Sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        // Faces that cancel each other, as around a grain of one cell, have no direction.
        return length > 0 ? (Math.Abs(sum[0]) / length, Math.Abs(sum[1]) / length, Math.Abs(sum[2]) / length)
            : (1, 1, 1);
    }

    private int Extent(int axis) => Math.Min(Reach, (cells[axis] - 1) / 2);

    private double Weight(int step, int axis) => step != 0 && Math.Abs(step) == Extent(axis) ? 0.5 : 1;

    private bool Wrap(int[] at)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            if (grains.Periodic[axis])
                at[axis] = (at[axis] + cells[axis]) % cells[axis];
            if (at[axis] < 0 || at[axis] >= cells[axis])
                return false;
        }
        return true;
    }

    private int Index(int[] at) => at[0] * strides[0] + at[1] * strides[1] + at[2] * strides[2];

    /// <summary>The cell above one along an axis; -1 where there is none.</summary>
    private int Above(int[] at, int cell, int axis) =>
        at[axis] + 1 < cells[axis] ? cell + strides[axis] : grains.Periodic[axis] && cells[axis] > 1
            ? cell - (cells[axis] - 1) * strides[axis] : -1;

    private bool IsBoundary(int low, int high) => high >= 0 && grains.Grain[low] > 0 && grains.Grain[high] > 0
        && grains.Grain[low] != grains.Grain[high];
}
