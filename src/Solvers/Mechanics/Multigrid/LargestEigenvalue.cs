using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The largest eigenvalue of D⁻¹ K by Lanczos's method: the coefficients of conjugate gradients with Jacobi's
/// preconditioner are those of its tridiagonal matrix (Saad, Iterative Methods for Sparse Linear Systems, section
/// 6.7.3).
/// </summary>
internal static class LargestEigenvalue
{
    /// <summary>Some twelve products come as close as forty of a power iteration.</summary>
    private const int Steps = 12;

    /// <summary>The estimate stays below the largest eigenvalue by some percent.</summary>
    private const double Margin = 1.1;

    /// <summary>
    /// On grids with so many nodes at most, the largest eigenvalue can belong to vectors of one symmetry alone.
    /// </summary>
    private const int FewNodes = 8192;

    /// <summary>
    /// Symmetries of start vectors, see <see cref="Scatter{T}"/>. All of them together are the same however a grid is
    /// turned or mirrored.
    /// </summary>
    private static readonly (double MirrorX, double MirrorY, double Exchange)[] InSpace =
        [(1, 1, 1), (1, 1, -1), (-1, -1, 1), (-1, -1, -1), (1, -1, 1), (-1, 1, 1)], InPlane = [(1, 1, 1), (-1, 1, 1)];

    /// <summary>A number somewhat above the largest eigenvalue.</summary>
    /// <param name="inverseDiagonal">D⁻¹, zero where nothing can move.</param>
    /// <param name="r">Work field, as are the others.</param>
    public static double Above<T>(IDevice device, ElasticLevel<T> level, Field<Node, T> inverseDiagonal,
        Field<Node, T> r, Field<Node, T> p, Field<Node, T> q) where T : unmanaged
    {
        var (grid, largest) = (level.Grid, 0.0);
        var starts = grid.HasY ? InSpace : InPlane;
        foreach (var (mirrorX, mirrorY, exchange) in starts.AsSpan(0, grid.Nodes.Points > FewNodes ? 1 : starts.Length))
        {
            device.Launch<Scatter<T>, Node, T>(new(q, grid.Nodes.X1 - 1, grid.Nodes.Y1 - 1, mirrorX, mirrorY, exchange),
                grid.Nodes);
            largest = Math.Max(largest, FromStart(device, level, inverseDiagonal, r, p, q));
        }
        return largest > 0 ? Margin * largest : 1;
    }

    /// <summary>
    /// The largest eigenvalue of Lanczos's matrix from the vector that <paramref name="q"/> holds; 0 if there is none.
    /// </summary>
    private static double FromStart<T>(IDevice device, ElasticLevel<T> level, Field<Node, T> inverseDiagonal,
        Field<Node, T> r, Field<Node, T> p, Field<Node, T> q) where T : unmanaged
    {
        var flat = level.Grid.Flat(level.Grid.Components);
        // A residual that lies in the space of the unknowns: D⁻¹ is zero elsewhere.
        device.Launch<Multiply<Flat, T>, Flat, T>(new(inverseDiagonal.AsFlat, q.AsFlat, p.AsFlat), flat);
        level.Apply(p, r);
        // Of Lanczos's matrix: the diagonal, and what is beside it, from the second row on.
        Span<double> diagonal = stackalloc double[Steps], beside = stackalloc double[Steps];
        var rows = 0;
        var (previous, alphaBefore, beta) = (0.0, 1.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            var descent = level.DotScaled(r, inverseDiagonal);
            if (step > 0)
                beta = descent / previous;
            if (!(descent > 0) || (step > 0 && beta < 1e-10))
                break;
            device.Launch<JacobiDirection<Flat, T>, Flat, T>(
                new(inverseDiagonal.AsFlat, r.AsFlat, p.AsFlat, beta), flat);
            level.Apply(p, q);
            var curvature = level.Dot(p, q);
            if (!(curvature > 0))
                break;
            var alpha = descent / curvature;
            (diagonal[rows], beside[rows]) = (1 / alpha + beta / alphaBefore, Math.Sqrt(beta) / alphaBefore);
            rows++;
            device.Launch<Axpby<Flat, T>, Flat, T>(new(q.AsFlat, r.AsFlat, -alpha, 1), flat);
            (previous, alphaBefore) = (descent, alpha);
        }
        return rows == 0 ? 0 : LargestOf(diagonal[..rows], beside[..rows]);
    }

    /// <summary>
    /// The largest eigenvalue of a symmetric tridiagonal matrix, by bisection with Sturm's sequence (Golub and Van
    /// Loan, Matrix Computations, section 8.4.1).
    /// </summary>
    /// <param name="beside">Element (k, k - 1); 0 for the first.</param>
    private static double LargestOf(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside)
    {
        // Gershgorin's discs.
        var (low, high) = (0.0, 0.0);
        for (var k = 0; k < diagonal.Length; k++)
            high = Math.Max(high, diagonal[k] + beside[k] + (k + 1 < diagonal.Length ? beside[k + 1] : 0));
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                return high;
            (low, high) = IsAbove(middle, diagonal, beside) ? (low, middle) : (middle, high);
        }
    }

    /// <summary>
    /// Whether a number is above all eigenvalues: no pivot of the matrix less the number is positive.
    /// </summary>
    private static bool IsAbove(double number, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside)
    {
        var pivot = -1.0;
        for (var k = 0; k < diagonal.Length; k++)
        {
            pivot = diagonal[k] - number - beside[k] * beside[k] / pivot;
            if (!(pivot < 0))
                return false;
        }
        return true;
    }
}
