using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// What grains do to the transport of lithium beside having diffusivities of their own: tensors that they turn, a_kl =
/// D_kl/D, and boundaries that conduct along themselves and resist across. Boundaries are found on the host once; a
/// face of
/// cells stands for the share |n_k| of its area (<see cref="GrainBoundaries"/>).
/// </summary>
public sealed class GrainTransport
{
    /// <summary>What lets nothing through, but can be divided by [m/s].</summary>
    private const double SmallestPermeability = 1e-100;

    private static readonly double[] Isotropic = [1, 1, 1, 0, 0, 0];
    private readonly GridLevel grid;

    private GrainTransport(IDevice device, GridLevel grid, View<int> group, double[][] tensors)
    {
        this.grid = grid;
        var table = device.Allocate<double>([.. Enumerable.Range(0, 6).SelectMany(k => tensors.Select(a => a[k]))]);
        Tensors = new(table, group, tensors.Length);
        IsOblique = tensors.Any(a => a[3] != 0 || a[4] != 0 || a[5] != 0);
        var (inCells, onFaces) = (grid.CellField<double>(), grid.FaceField<double>());
        Along = new(inCells, inCells, inCells);
        Links = Resistance = new(onFaces, onFaces, onFaces);
    }

    /// <summary>a_kl of the cells' groups.</summary>
    public GroupTensor Tensors { get; }

    /// <summary>Whether gradients drive fluxes across themselves.</summary>
    public bool IsOblique { get; }

    /// <summary>What boundaries conduct beside low faces across x, y, z, per cross-section of a cell [m²/s].</summary>
    public FaceFields Links { get; private set; }

    /// <summary>The means of <see cref="Links"/> at cells.</summary>
    public CellFields Along { get; private set; }

    /// <summary>Resistance of low faces along x, y, z [s/m].</summary>
    public FaceFields Resistance { get; private set; }

    /// <summary>The transport of a case; null where all of it is isotropic and boundaries do nothing.</summary>
    /// <param name="tensors">a_kl by group.</param>
    /// <param name="belongs">Whether a cell, x fastest, belongs to its grain, not to a region over it.</param>
    public static GrainTransport? Of(
        IDevice device, GridLevel grid, MicrostructureCase? microstructure, GrainMap? grains, View<int> group,
        double[][] tensors, Func<int, bool> belongs)
    {
        var boundaries = microstructure?.Boundaries;
        if (boundaries is null && tensors.All(a => a.AsSpan().SequenceEqual(Isotropic)))
            return null;
        var transport = new GrainTransport(device, grid, group, tensors);
        if (boundaries is not null && grains is not null)
            transport.AddBoundaries(device, microstructure!, boundaries, grains, belongs);
        return transport;
    }

    /// <summary>a_kl = Σ_p a_p g_pk g_pl of a crystal with the principal values a_p along its axes.</summary>
    public static double[] Tensor(DiffusivityRatioCase ratio, Orientation orientation)
    {
        var (g, (a, b, c)) = (orientation.Matrix(), ratio.Values);
        // A part that is the same in all directions first: what is isotropic, or turned by right angles, stays so to
        // the bit.
        double Entry(int k, int l) => (k == l ? b : 0) + (a - b) * (g[0, k] * g[0, l]) + (c - b) * (g[2, k] * g[2, l]);
        return [Entry(0, 0), Entry(1, 1), Entry(2, 2), Entry(0, 1), Entry(1, 2), Entry(0, 2)];
    }

    private void AddBoundaries(
        IDevice device, MicrostructureCase microstructure, BoundariesCase boundaries, GrainMap grains,
        Func<int, bool> belongs)
    {
        var resistance = Fields();
        var paths = new BoundaryPaths(grains, belongs);
        foreach (var face in new GrainBoundaries(grains).Faces)
        {
            if (!belongs(face.Low) || !belongs(face.High))
                continue;
            int ClassOf(int cell) => microstructure.ClassOf(grains.Grain[cell]);
            var pair = boundaries.Between(ClassOf(face.Low), ClassOf(face.High));
            if (pair.Permeability is { } permeability)
            {
                var passing = Math.Max(permeability * face.Along(face.Axis), SmallestPermeability);
                SetLowFace(resistance[face.Axis], face.Axis, face.Low, face.High, 1 / passing);
            }
            if (pair.Diffusivity > 0)
                paths.Add(face, boundaries.Width * pair.Diffusivity);
        }
        var (along, link) = (Fields(), Fields());
        foreach (var (axis, low, high, conduction) in paths.Links())
        {
            SetLowFace(link[axis], axis, low, high, conduction);
            // A cell has the mean of its two faces, or at the end of the domain that of the one within.
            along[axis][Index(low)] += conduction * paths.Share(low, axis);
            along[axis][Index(high)] += conduction * paths.Share(high, axis);
        }
        Along = new(Cells(along[0]), Cells(along[1]), Cells(along[2]));
        (Links, Resistance) = (Faces(link), Faces(resistance));

        Field<Cell, double> Cells(double[] values) => Upload(device, values, grid.CellField<double>());
        Field<Face, double> OnFaces(double[] values) => Upload(device, values, grid.FaceField<double>());
        FaceFields Faces(double[][] values) => new(OnFaces(values[0]), OnFaces(values[1]), OnFaces(values[2]));
    }

    private double[][] Fields() => [.. Enumerable.Range(0, 3).Select(_ => new double[grid.Layout.Length])];

    private int Index(int cell) => grid.Layout.Index(cell % grid.X, cell / grid.X % grid.Y, cell / (grid.X * grid.Y));

    /// <summary>
    /// A face between the last and the first cell of a periodic axis is the low face of both the first cell and the
    /// ghost behind the last.
    /// </summary>
    private void SetLowFace(double[] field, int axis, int low, int high, double value)
    {
        field[Index(high)] = value;
        var stride = axis switch { 0 => 1, 1 => grid.Layout.StrideY, _ => grid.Layout.StrideZ };
        field[Index(low) + stride] = value;
    }

    private static Field<TPlace, double> Upload<TPlace>(IDevice device, double[] values, Field<TPlace, double> field)
        where TPlace : struct, IPlace
    {
        device.Upload<double>([.. values, .. new double[field.Values.Length - values.Length]], field);
        return field;
    }
}
