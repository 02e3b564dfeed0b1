using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// A body that is turned by a quarter about z or mirrored, with its moduli, loads and held faces, has the turned or
/// mirrored displacement: bit for bit.
/// </summary>
public class QuarterTurnTests
{
    /// <summary>A quarter turn, x to y and y to -x; the others are made of it and a mirror.</summary>
    public enum Motion { QuarterTurn, HalfTurn, Mirror, Exchange }

    [Theory]
    [InlineData(Motion.QuarterTurn, 8, 8, 8)]
    [InlineData(Motion.QuarterTurn, 16, 8, 6)]
    [InlineData(Motion.QuarterTurn, 12, 24, 9)]
    [InlineData(Motion.HalfTurn, 16, 8, 6)]
    [InlineData(Motion.Mirror, 16, 8, 6)]
    [InlineData(Motion.Exchange, 12, 24, 9)]
    [InlineData(Motion.QuarterTurn, 13, 7, 5)]
    [InlineData(Motion.Exchange, 11, 18, 5)]
    public void The_displacement_turns_to_the_bit(Motion motion, int nx, int ny, int nz)
    {
        var body = new Body(nx, ny, nz);
        var (u, turned) = (body.Solve(Motion.HalfTurn, true), body.Solve(motion, false));
        for (var i = 0; i < u.Length; i++)
            Assert.Equal(u[i], turned[i]);
    }

    /// <summary>
    /// A body of cells with random moduli and swelling, bonded below, on springs that slip above, held on one side.
    /// </summary>
    private sealed class Body(int nx, int ny, int nz)
    {
        private const double H = 1e-9;

        private readonly double hx = 1.25 * H, hy = 0.9 * H;

        /// <summary>
        /// Solves the moved body and returns the displacement as it was before the motion: components x, y, z node by
        /// node.
        /// </summary>
        public double[] Solve(Motion motion, bool unmoved)
        {
            Func<int, int, int, int, (int X, int Y)> move = (x, y, lastX, lastY) => unmoved ? (x, y) : motion switch
            {
                Motion.QuarterTurn => (lastY - y, x),
                Motion.HalfTurn => (lastX - x, lastY - y),
                Motion.Mirror => (lastX - x, y),
                _ => (y, x),
            };
            var swaps = !unmoved && motion is Motion.QuarterTurn or Motion.Exchange && !unmoved;
            using var device = new HostDevice(1);
            var shape = new GridShape(DomainKind.ThreeD, swaps ? (ny, nx, nz) : (nx, ny, nz), swaps ? (hy, hx, H)
                : (hx, hy, H));
            var held = new HeldFaces();
            for (var c = 0; c < 3; c++)
                held[2, false, c] = true;
            Hold(held, motion, unmoved);
            var interfaces = new InterfacesCase
            {
                Se = new InterfaceCase { Law = Friction.Kind, Stiffness = 1e18, ShearStrength = 2e8, Pressure = 9e6 }
            };
            using var body = new ElasticBody(shape, held, interfaces, 1e-10, device: device);
            var random = new Random(7);
            double[] mu = device.Download(body.Solver.Lame.Mu.Values),
                lambda = device.Download(body.Solver.Lame.Lambda.Values), strain = device.Download(body.Eigenstrain);
            for (var z = 0; z < nz; z++)
            {
                for (var y = 0; y < ny; y++)
                {
                    for (var x = 0; x < nx; x++)
                    {
                        var (mx, my) = move(x, y, nx - 1, ny - 1);
                        var i = body.Grid.Layout.Index(mx, my, z);
                        (mu[i], lambda[i], strain[i]) =
                            (10e9 * (1 + random.NextDouble()), 15e9 * (1 + random.NextDouble()),
                            0.02 * random.NextDouble());
                    }
                }
            }
            device.Upload<double>(mu, body.Solver.Lame.Mu);
            device.Upload<double>(lambda, body.Solver.Lame.Lambda);
            device.Upload<double>(strain, body.Eigenstrain);
            body.Solve();
            return MovedBack(device.Download(body.Solver.Displacement), body.Grid.Layout, move, motion, unmoved);
        }

        private static void Hold(HeldFaces held, Motion motion, bool unmoved)
        {
            // The face x = 0 is a plane of symmetry.
            const int x = 0, y = 2;
            if (unmoved)
                held[0, false, x] = true;
            else if (motion is Motion.QuarterTurn or Motion.Exchange)
                held[1, false, y] = true;
            else
                held[0, true, x] = true;
        }

        private double[] MovedBack(double[] u, Layout layout, Func<int, int, int, int, (int X, int Y)> move,
            Motion motion, bool unmoved)
        {
            List<double> result = [];
            for (var z = 0; z <= nz; z++)
            {
                for (var y = 0; y <= ny; y++)
                {
                    for (var x = 0; x <= nx; x++)
                    {
                        var (mx, my) = move(x, y, nx, ny);
                        var i = layout.Index(mx, my, z);
                        var (ux, uz, uy) = (u[i], u[i + layout.Length], u[i + 2 * layout.Length]);
                        var (bx, by) = unmoved ? (ux, uy) : motion switch
                        {
                            Motion.QuarterTurn => (uy, -ux),
                            Motion.HalfTurn => (-ux, -uy),
                            Motion.Mirror => (-ux, uy),
                            _ => (uy, ux),
                        };
                        result.AddRange([bx + 0.0, by + 0.0, uz]);
                    }
                }
            }
            return [.. result];
        }
    }
}
