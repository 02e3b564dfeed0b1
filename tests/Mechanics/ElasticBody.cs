using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>A body under test: a grid with moduli, eigenstrains and displacements given as functions of position.</summary>
internal sealed class ElasticBody : IDisposable
{
    private readonly IDevice device;

    public ElasticBody(GridShape shape, HeldFaces held, InterfacesCase? interfaces = null, double tolerance = 1e-13, bool periodicX = false, bool periodicY = false, IDevice? device = null)
    {
        this.device = device ?? new HostDevice(1);
        Grid = new GridLevel(this.device, shape, periodicX, periodicY);
        var @case = new Case { Interfaces = interfaces ?? new(), Solver = new SolverCase { Tolerance = tolerance } };
        Solver = new ElasticitySolver(this.device, Grid, @case, held, false);
        Eigenstrain = Grid.Field<double>();
        Stress = Grid.Field<double>(6);
    }

    public GridLevel Grid { get; }
    public ElasticitySolver Solver { get; }
    public View<double> Eigenstrain { get; }
    public View<double> Stress { get; }

    public void SetModuli(Func<double, double, double, (double E, double Nu)> at)
    {
        SetCells(Solver.Lame.Lambda, (x, y, z) => at(x, y, z) is var (e, nu) ? e * nu / (1 + nu) / (1 - 2 * nu) : 0);
        SetCells(Solver.Lame.Mu, (x, y, z) => at(x, y, z) is var (e, nu) ? e / 2 / (1 + nu) : 0);
    }

    public void SetCells(View<double> field, Func<double, double, double, double> at)
    {
        var values = device.Download(field);
        ForEach(Grid.Cells, 0.5, (i, x, y, z) => values[i] = at(x, y, z));
        device.Upload<double>(values, field);
    }

    /// <summary>Writes a displacement (x, y, z) to nodes where <paramref name="where"/> holds.</summary>
    public void SetNodes(Func<double, double, double, (double X, double Y, double Z)> at, Func<int, int, int, bool> where)
    {
        var values = device.Download(Solver.Displacement);
        var n = Grid.Layout.Length;
        ForEach(Grid.Nodes, 0, (i, x, y, z) =>
        {
            var (ix, iy, iz) = Position(i);
            if (!where(ix, iy, iz))
                return;
            var u = at(x, y, z);
            (values[i], values[i + n]) = (u.X, u.Z);
            if (Grid.Components == 3)
                values[i + 2 * n] = u.Y;
        });
        device.Upload<double>(values, Solver.Displacement);
    }

    public EquilibriumResult Solve() => Solver.Solve(Eigenstrain);

    /// <summary>Solves under a body force [N/m³], lumped to nodes by their volumes (per radian in r-z).</summary>
    public EquilibriumResult Solve(Func<double, double, double, (double X, double Y, double Z)> force)
    {
        var load = Grid.Field<double>(Grid.Components);
        var values = device.Download(load);
        var n = Grid.Layout.Length;
        ForEach(Grid.Nodes, 0, (i, x, y, z) =>
        {
            var (ix, iy, iz) = Position(i);
            var volume = Share(0, ix, x) * (Grid.HasY ? Share(1, iy, y) : 1) * Share(2, iz, z);
            var f = force(x, y, z);
            (values[i], values[i + n]) = (f.X * volume, f.Z * volume);
            if (Grid.HasY)
                values[i + 2 * n] = f.Y * volume;
        });
        device.Upload<double>(values, load);
        return Solver.Solve(Eigenstrain, load);
    }

    /// <summary>Stress at the centre of each cell with its position.</summary>
    public IEnumerable<((double X, double Y, double Z) At, double[] Stress)> Stresses()
    {
        Solver.Operator.CellStress(Solver.Displacement, Eigenstrain, Stress);
        var values = device.Download(Stress);
        var list = new List<((double, double, double), double[])>();
        ForEach(Grid.Cells, 0.5, (i, x, y, z) => list.Add(((x, y, z), Enumerable.Range(0, 6).Select(c => values[i + c * Grid.Layout.Length]).ToArray())));
        return list;
    }

    /// <summary>Displacement (x, y, z) of each node with its position.</summary>
    public IEnumerable<((double X, double Y, double Z) At, (double X, double Y, double Z) U)> Displacements()
    {
        var values = device.Download(Solver.Displacement);
        var n = Grid.Layout.Length;
        var list = new List<((double, double, double), (double, double, double))>();
        ForEach(Grid.Nodes, 0, (i, x, y, z) => list.Add(((x, y, z), (values[i], Grid.Components == 3 ? values[i + 2 * n] : 0, values[i + n]))));
        return list;
    }

    /// <summary>A plane field of an interface at the nodes of the SE side, y slowest.</summary>
    public IReadOnlyList<((int X, int Y) Node, double X, double Y)> OnSe(View<double> planeField)
    {
        var values = device.Download(planeField);
        var (layout, box) = (Grid.Layout, Grid.NodePlane(true));
        return
        [
            .. from y in Enumerable.Range(0, box.Y1)
               from x in Enumerable.Range(0, box.X1)
               let i = layout.Index(x, y, -1)
               select ((x, y), values[i], values[i + layout.StrideZ]),
        ];
    }

    public void Dispose() => device.Dispose();

    /// <summary>∫ N dx of a node along an axis, along r ∫ N r dr.</summary>
    private double Share(int axis, int node, double at)
    {
        var h = Grid.Widths[axis][0];
        var last = Grid.Widths[axis].Length;
        if (axis != 0 || Grid.Kind != DomainKind.Axisymmetric)
            return node == 0 || node == last ? h / 2 : h;
        return node == 0 ? h * h / 6 : node == last ? h * (3 * at - h) / 6 : h * at;
    }

    private (int X, int Y, int Z) Position(int i)
    {
        var layout = Grid.Layout;
        var (z, plane) = Math.DivRem(i, layout.StrideZ);
        var (y, x) = layout.StrideY > 0 ? Math.DivRem(plane, layout.StrideY) : (1, plane);
        return (x - 1, y - 1, z - 1);
    }

    private void ForEach(Box box, double shift, Action<int, double, double, double> act)
    {
        var h = Grid.Widths.Select(w => w[0]).ToArray();
        for (var z = box.Z0; z < box.Z1; z++)
            for (var y = box.Y0; y < box.Y1; y++)
                for (var x = box.X0; x < box.X1; x++)
                    act(Grid.Layout.Index(x, y, z), (x + shift) * h[0], (y + shift) * h[1], (z + shift) * h[2]);
    }
}
