using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>A symmetric positive (semi)definite linear map on fields.</summary>
public interface ILinearOperator
{
    /// <summary>y ← A x; may fill the ghosts of x.</summary>
    void Apply(View<double> x, View<double> y);
}

/// <summary>An approximate inverse of a linear map, itself symmetric positive (semi)definite.</summary>
public interface IPreconditioner
{
    /// <summary>z ← M⁻¹ r</summary>
    void Apply(View<double> r, View<double> z);
}

/// <summary>What a linear solution took.</summary>
/// <param name="Iterations">Products with the matrix, but for the first residual.</param>
/// <param name="Residual">Norm of the last residual.</param>
/// <param name="Converged">Whether it is below the target.</param>
public readonly record struct LinearResult(int Iterations, double Residual, bool Converged);

/// <summary>
/// Preconditioned conjugate gradients (Saad, Iterative Methods for Sparse Linear Systems, algorithm 9.1). Vectors stay on the device; a scalar product is summed the same for any number of threads.
/// </summary>
/// <param name="grid">Grid of the unknowns.</param>
/// <param name="points">Points that count in scalar products.</param>
/// <param name="components">Components of the unknown.</param>
public sealed class ConjugateGradient(IDevice device, GridLevel grid, Box points, int components)
{
    private readonly View<double> z = grid.Field<double>(components);
    private readonly View<double> p = grid.Field<double>(components);
    private readonly View<double> q = grid.Field<double>(components);

    /// <summary>Solves A x = b for the correction: <paramref name="r"/> holds b - A x on entry and exit.</summary>
    /// <param name="target">Norm of the residual to reach.</param>
    public LinearResult Solve(ILinearOperator matrix, IPreconditioner preconditioner, View<double> x, View<double> r, double target, int maxIterations)
    {
        var flat = grid.Flat(components);
        var residual = Norm(r);
        var previous = 0.0;
        var iterations = 0;
        for (; residual > target && iterations < maxIterations; iterations++)
        {
            preconditioner.Apply(r, z);
            var descent = Dot(r, z);
            device.Launch(new Axpby<double>(z, p, 1, iterations == 0 ? 0 : descent / previous), flat);
            matrix.Apply(p, q);
            var curvature = Dot(p, q);
            if (!(descent > 0) || !(curvature > 0))
                return new LinearResult(iterations, residual, false);
            device.Launch(new ConjugateStep(x, r, p, q, descent / curvature), flat);
            (previous, residual) = (descent, Norm(r));
        }
        return new LinearResult(iterations, residual, residual <= target);
    }

    /// <summary>Euclidean norm.</summary>
    public double Norm(View<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Scalar product.</summary>
    public double Dot(View<double> x, View<double> y) => device.Sum(new Dot(x, y, components, grid.Layout.Length), points);
}
