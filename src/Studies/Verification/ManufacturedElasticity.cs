using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Studies.Verification;

/// <summary>
/// A chosen displacement, and the nodal forces ∫ Bᵀσ* dV + ∫ N k_s u* dA that make it the solution: body force,
/// traction of free faces and the spring's resistance in one, by Gauss's rule of two points along each axis.
/// </summary>
internal static class ManufacturedElasticity
{
    private const double Size = ManufacturedField.Size, Amplitude = 1e-9, Omega = 1.3e-5;

    private const string Account = """
        A body held at the collector, symmetric at $x = 0$ (and $y = 0$), on a shear spring at the electrolyte, else
        free, swells with a given $x(r)$ that varies along all axes. The displacement is chosen, products of sines and
        cosines of different lengths along each axis for each component. It is the solution under the
        nodal forces

        $$f = \int B^T\sigma^*\,dV + \int N\,k_s\,u_t^*\,dA, \qquad \sigma^* = C : (\varepsilon(u^*) - \beta I)$$

        of body and surface (manufactured solutions: K. Salari and P. Knupp, SAND2000-1444, 2000). Stress at centres is
        of second order but in the cells where two free faces meet, which have first order: in three dimensions an edge
        that reaches the held face
        and decides its row.
        """;

    public static IReadOnlyList<Problem> All =>
    [
        Of(DomainKind.PlaneStrain, "Modulus that follows composition, eigenstrain and spring", ""),
        Of(DomainKind.Axisymmetric, "Modulus that follows composition, eigenstrain and spring", ""),
        Of(DomainKind.ThreeD, "Modulus that follows composition, eigenstrain and spring", ""),
        Crystal(DomainKind.PlaneStrain, "90 deg, 35 deg, 0 deg", "turned by 35° in the plane"),
        Crystal(DomainKind.Axisymmetric, "0, 0, 0", "its c axis along z"),
        Crystal(DomainKind.ThreeD, "0.4 rad, 0.9 rad, 1.3 rad", "turned by (0.4, 0.9, 1.3) rad"),
    ];

    private static Problem Crystal(DomainKind kind, string euler, string how) =>
        Of(kind, "Crystal, eigenstrain and spring", $" Here with the stiffness of magnesium, {how}.",
        "material={ stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa } }",
            $"microstructure={{ kind: layers, grains: 1, orientations: [ {{ euler: [{euler}] }} ] }}");

    private static Problem Of(DomainKind kind, string title, string remark, params string[] overrides) =>
        new($"{title}, {ManufacturedField.Name(kind)}", "manufactured-elastic.yaml", Account + remark,
        ManufacturedField.Levels(kind, "free", kind == DomainKind.ThreeD ? [6, 12, 24] : [8, 16, 32, 64], overrides),
        [
            new("displacement at nodes, L²", run =>
                run.Distance(run.Nodes(), (x, y, z) => new Body(run.Case).Displacement(x, y, z)), 1.9, 2e-3),
            new("stress at centres, L²", run => new Body(run.Case) is var body
                ? run.Distance(run.Cells("stress"), (x, y, z) => body.Stress(x, y, z)) : 0, 1.8, 2e-4),
            new("stress on the held face, largest", HeldFace, 0.85, 2e-3),
        ])
        { Initial = Body.Ratio, Prepare = simulation => new Body(simulation.Document.Case).Load(simulation) };

    /// <summary>
    /// The largest deviation of the stress on z = 0 under the centres of cells, over the largest stress there.
    /// </summary>
    private static double HeldFace(VerifiedRun run)
    {
        var (body, grid) = (new Body(run.Case), run.Last.Grid);
        var points = VerifiedRun.Centres(grid).Take(grid.Cells.X * grid.Cells.Y).ToList();
        var found = run.At("stress", [.. points.Select(p => grid.Has(1) ? new[] { p.X, p.Y, 0 } : [p.X, 0])]);
        var exact = points.Select(p => body.Stress(p.X, p.Y, 0)).ToList();
        return exact.Zip(found).Max(pair => pair.First.Zip(pair.Second, (a, b) => Math.Abs(a - b)).Max()) / exact.Max(
            stress => stress.Max(Math.Abs));
    }

    /// <summary>A factor of the displacement along an axis.</summary>
    private readonly record struct Factor(bool IsSine, double Number)
    {
        public double Value(double s) => IsSine ? Math.Sin(Number * s) : Math.Cos(Number * s);

        public double Slope(double s) =>
            (IsSine ? Number * Math.Cos(Number * s) : -Number * Math.Sin(Number * s)) / Size;
    }

    private sealed class Body(Case @case)
    {
        /// <summary>Of u_x, u_y, u_z along x, y, z.</summary>
        private static readonly Factor[][] Factors =
        [
            [new(true, 1.3), new(false, 0.7), new(true, 1.1)],
            [new(false, 0.8), new(true, 1.2), new(true, 0.9)],
            [new(false, 1.2), new(false, 0.6), new(true, 1.4)],
        ];

        private readonly DomainKind kind = @case.Domain.Kind;

        private readonly StiffnessTensor? crystal = @case.Material.Stiffness is { } given ? StiffnessTensor.Of(given)
            .Turned(Orientation.Of(@case.Microstructure!.Orientations[0])) : null;

        private readonly PropertyCurve modulus = PropertyCurves.Of(@case.Material.YoungsModulus);

        /// <summary>x, even along each axis.</summary>
        public static double Ratio(double x, double y, double z) =>
            0.1 + 0.05 * Math.Cos(1.5 * x / Size) * Math.Cos(y / Size) * Math.Cos(1.2 * z / Size);

        /// <summary>u_x, u_y, u_z [m].</summary>
        public double[] Displacement(double x, double y, double z) =>
            [.. Enumerable.Range(0, 3).Select(c => Product(c, -1, [x, y, z]))];

        /// <summary>σ* = C : (ε* - β), XX YY ZZ XY YZ XZ [Pa].</summary>
        public double[] Stress(double x, double y, double z)
        {
            double[] at = [x, y, z];
            var ratio = Ratio(x, y, z);
            var c = crystal ?? StiffnessTensor.Isotropic(modulus.At(ratio), @case.Material.PoissonRatio);
            var beta = Omega * @case.Material.MagnesiumConcentration * ratio / 3;
            var hoop = kind == DomainKind.Axisymmetric ? x > 0 ? Product(0, -1, at) / x : Product(0, 0, at)
                : Product(1, 1, at);
            double[] strain =
            [
                Product(0, 0, at) - beta, hoop - beta, Product(2, 2, at) - beta,
                Product(0, 1, at) + Product(1, 0, at), Product(1, 2, at) + Product(2, 1, at),
                    Product(0, 2, at) + Product(2, 0, at),
            ];
            return [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 6).Sum(j => c[i, j] * strain[j]))];
        }

        /// <summary>Gives the nodal forces to a simulation.</summary>
        public void Load(Simulation simulation)
        {
            var (grid, device) = (simulation.Stack.Grid, simulation.Device);
            var load = grid.NodeField<double>(grid.Components).Values;
            var forces = device.Download(load);
            foreach (var (x, y, z) in VerifiedRun.Centres(simulation.Shape))
                AddCell(grid, forces, [x, y, z]);
            device.Upload<double>(forces, load);
            simulation.Mechanics!.ExtraLoad = load;
        }

        private void AddCell(GridLevel grid, double[] forces, double[] centre)
        {
            double[] h = [grid.Widths[0][0], grid.HasY ? grid.Widths[1][0] : 1, grid.Widths[2][0]];
            var isTop = centre[2] + h[2] > Size;
            var points = grid.HasY ? 8 : 4;
            for (var point = 0; point < points; point++)
            {
                double[] local = [Gauss(point & 1), grid.HasY ? Gauss(point >> 2) : 0, Gauss(point >> 1 & 1)];
                double[] at = [.. centre.Zip(local.Zip(h), (middle, p) => middle + p.First * p.Second)];
                AddPoint(grid, forces, centre, h, local, Stress(at[0], at[1], at[2]),
                    Weight(at[0]) * h[0] * h[1] * h[2] / points);
                // Each point of the face stands for two, of which the local height is not used.
                if (isTop)
                    AddSpring(grid, forces, centre, h, local, Displacement(at[0], at[1], Size),
                        Weight(at[0]) * h[0] * h[1] / points);
            }
        }

        private double Weight(double x) => kind == DomainKind.Axisymmetric ? x : 1;

        private void AddPoint(GridLevel grid, double[] forces, double[] centre, double[] h, double[] local, double[] s,
            double weight)
        {
            var radius = centre[0] + local[0] * h[0];
            foreach (var (node, side) in Corners(grid, centre, h))
            {
                double[] n = [.. side.Zip(local, (c, p) => c == 0 ? 1 : 0.5 + c * p)];
                double[] slope = [side[0] / h[0] * n[1] * n[2], side[1] / h[1] * n[0] * n[2],
                    side[2] / h[2] * n[0] * n[1]];
                var hoop = kind == DomainKind.Axisymmetric ? s[1] * n[0] * n[2] / radius : 0;
                Add(grid, forces, node, weight, s[0] * slope[0] + s[3] * slope[1] + s[5] * slope[2] + hoop,
                    s[3] * slope[0] + s[1] * slope[1] + s[4] * slope[2], s[5] * slope[0] + s[4] * slope[1]
                    + s[2] * slope[2]);
            }
        }

        private void AddSpring(GridLevel grid, double[] forces, double[] centre, double[] h, double[] local, double[] u,
            double weight)
        {
            foreach (var (node, side) in Corners(grid, centre, h).Where(corner => corner.Side[2] > 0))
            {
                var share = (0.5 + side[0] * local[0]) * (side[1] == 0 ? 1 : 0.5 + side[1] * local[1])
                    * @case.Interfaces.Se.Stiffness;
                Add(grid, forces, node, weight, share * u[0], share * u[1], 0);
            }
        }

        private static void Add(GridLevel grid, double[] forces, int node, double weight, double x, double y, double z)
        {
            // Components lie in the order x, z, y.
            forces[node] += weight * x;
            forces[node + grid.Layout.Length] += weight * z;
            if (grid.HasY)
                forces[node + 2 * grid.Layout.Length] += weight * y;
        }

        /// <summary>
        /// Nodes of a cell, and on which sides of its centre they are: -1, 1, or 0 where there is no axis.
        /// </summary>
        private static IEnumerable<(int Node, double[] Side)> Corners(GridLevel grid, double[] centre, double[] h) =>
            from z in new[] { -1, 1 }
            from y in grid.HasY ? new[] { -1, 1 } : [0]
            from x in new[] { -1, 1 }
            select (grid.Layout.Index(Node(centre[0], h[0], x), y == 0 ? 0 : Node(centre[1], h[1], y),
                Node(centre[2], h[2], z)), new double[] { x, y, z });

        private static int Node(double centre, double h, int side) => (int)Math.Round(centre / h + 0.5 * side);

        private static double Gauss(int side) => (side - 0.5) / Math.Sqrt(3);

        /// <summary>
        /// A component of u*, or its derivative along an axis; u_y is there in three dimensions alone.
        /// </summary>
        private double Product(int component, int derivative, double[] at) =>
            component == 1 && kind != DomainKind.ThreeD ? 0
            : Amplitude * Enumerable.Range(0, 3)
                .Aggregate(1.0, (product, axis) =>
                product * (axis == derivative ? Factors[component][axis].Slope(at[axis] / Size)
                : Factors[component][axis].Value(at[axis] / Size)));
    }
}
