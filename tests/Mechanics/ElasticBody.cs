using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// A body under test: a grid with moduli, eigenstrains and displacements given as functions of position.
/// </summary>
internal sealed class ElasticBody : IDisposable
{
    private readonly IDevice device;

    public ElasticBody(GridShape shape, HeldFaces held, InterfacesCase? interfaces = null, double tolerance = 1e-13,
        bool periodicX = false, bool periodicY = false, IDevice? device = null,
        SolverPrecision precision = SolverPrecision.Mixed)
    {
        this.device = device ?? new HostDevice(1);
        Grid = new GridLevel(this.device, shape, periodicX, periodicY);
        var @case = new Case
        {
            Interfaces = interfaces ?? new(),
            Solver = new SolverCase { Tolerance = tolerance, Precision = precision }
        };
        Solver = new ElasticitySolver(this.device, Grid, @case, held, false);
        Eigenstrain = Grid.CellField<double>().Values;
        Stress = Grid.CellField<double>(6).Values;
    }

    public GridLevel Grid { get; }
    public ElasticitySolver Solver { get; }
    public View<double> Eigenstrain { get; }
    public View<double> Stress { get; }

    /// <summary>The friction of the collector's side (0) or the SE side (1).</summary>
    public FrictionSide Friction(int side) => (FrictionSide)Solver.Sides[side];

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
    public void SetNodes(Func<double, double, double, (double X, double Y, double Z)> at,
        Func<int, int, int, bool> where)
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

    /// <summary>
    /// Solves under a body force [N/m³], given to nodes by Gauss's rule of two points along each axis (per radian in
    /// r-z).
    /// </summary>
    public EquilibriumResult Solve(Func<double, double, double, (double X, double Y, double Z)> force)
    {
        var load = Grid.NodeField<double>(Grid.Components).Values;
        var values = device.Download(load);
        var (n, h) = (Grid.Layout.Length, Grid.Widths.Select(w => w[0]).ToArray());
        var volume = h[0] * (Grid.HasY ? h[1] : 1) * h[2] / (Grid.HasY ? 8 : 4);
        for (var point = 0; point < 8; point++)
        {
            // Positions of the point in the cell, 0 to 1; without y both have y = 0.
            var s = Enumerable.Range(0, 3).Select(axis => 0.5 + ((point >> axis & 1) - 0.5) / Math.Sqrt(3)).ToArray();
            if (!Grid.HasY && (point & 2) != 0)
                continue;
            ForEach(Grid.Cells, 0, (i, x, y, z) =>
            {
                var at = (X: x + s[0] * h[0], Y: Grid.HasY ? y + s[1] * h[1] : 0, Z: z + s[2] * h[2]);
                var (f, weight) = (force(at.X, at.Y, at.Z), volume * (Grid.Kind == DomainKind.Axisymmetric ? at.X : 1));
                for (var corner = 0; corner < 8; corner++)
                {
                    var (dx, dy, dz) = (corner & 1, corner >> 1 & 1, corner >> 2);
                    if (dy == 1 && !Grid.HasY)
                        continue;
                    var share = weight * Side(s[0], dx) * (Grid.HasY ? Side(s[1], dy) : 1) * Side(s[2], dz);
                    var node = i + dx + dy * Grid.Layout.StrideY + dz * Grid.Layout.StrideZ;
                    (values[node], values[node + n]) = (values[node] + share * f.X, values[node + n] + share * f.Z);
                    if (Grid.HasY)
                        values[node + 2 * n] += share * f.Y;
                }
            });
        }
        device.Upload<double>(values, load);
        Solver.ExtraLoad = load;
        return Solver.Solve(Eigenstrain);

        static double Side(double s, int upper) => upper == 1 ? s : 1 - s;
    }

    /// <summary>Stress at the centre of each cell with its position.</summary>
    public IEnumerable<((double X, double Y, double Z) At, double[] Stress)> Stresses()
    {
        Solver.Operator.CellStress(Solver.Displacement, Eigenstrain, Stress);
        var values = device.Download(Stress);
        var list = new List<((double, double, double), double[])>();
        ForEach(Grid.Cells, 0.5, (i, x, y, z) =>
            list.Add(((x, y, z), Enumerable.Range(0, 6).Select(c => values[i + c * Grid.Layout.Length]).ToArray())));
        return list;
    }

    /// <summary>Displacement (x, y, z) of each node with its position.</summary>
    public IEnumerable<((double X, double Y, double Z) At, (double X, double Y, double Z) U)> Displacements()
    {
        var values = device.Download(Solver.Displacement);
        var n = Grid.Layout.Length;
        var list = new List<((double, double, double), (double, double, double))>();
        ForEach(Grid.Nodes, 0, (i, x, y, z) =>
            list.Add(((x, y, z), (values[i], Grid.Components == 3 ? values[i + 2 * n] : 0, values[i + n]))));
        return list;
    }

    /// <summary>A plane field of an interface at the nodes of the SE side, y slowest.</summary>
    public IReadOnlyList<((int X, int Y) Node, double X, double Y)> OnSe(View<double> planeField, int components = 2) =>
        OnPlane(planeField, components);

    /// <summary>A plane field of an interface at the nodes of the collector side, y slowest.</summary>
    public IReadOnlyList<((int X, int Y) Node, double X, double Y)> OnCollector(View<double> planeField,
        int components = 2) => OnPlane(planeField, components);

    private IReadOnlyList<((int X, int Y) Node, double X, double Y)> OnPlane(View<double> planeField, int components)
    {
        var values = device.Download(planeField);
        var (layout, box) = (Grid.Layout, Grid.NodePlane(true));
        return
        [
            .. from y in Enumerable.Range(0, box.Y1)
               from x in Enumerable.Range(0, box.X1)
               let i = layout.Index(x, y, -1)
               select ((x, y), values[i], components == 2 ? values[i + layout.StrideZ] : 0),
        ];
    }

    public void Dispose() => device.Dispose();

    private (int X, int Y, int Z) Position(int i)
    {
        var layout = Grid.Layout;
        var (z, plane) = Math.DivRem(i, layout.StrideZ);
        var (y, x) = layout.StrideY > 0 ? Math.DivRem(plane, layout.StrideY) : (1, plane);
        return (x - 1, y - 1, z - 1);
    }

    private void ForEach<TPlace>(Box<TPlace> box, double shift, Action<int, double, double, double> act)
        where TPlace : struct, IPlace
    {
        var h = Grid.Widths.Select(w => w[0]).ToArray();
        for (var z = box.Z0; z < box.Z1; z++)
            for (var y = box.Y0; y < box.Y1; y++)
                for (var x = box.X0; x < box.X1; x++)
                    act(Grid.Layout.Index(x, y, z), (x + shift) * h[0], (y + shift) * h[1], (z + shift) * h[2]);
    }
}
