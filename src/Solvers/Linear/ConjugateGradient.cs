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
    /// <returns>Where z is, until the next call.</returns>
    Correction Apply(View<double> r);
}

/// <summary>A field in the precision that it was computed in, with a factor.</summary>
public readonly struct Correction
{
    /// <summary>A field in double precision.</summary>
    public Correction(View<double> field) => (Real, Scale) = (field, 1);

    /// <summary>A field in single precision.</summary>
    /// <param name="scale">What its numbers are to be multiplied with.</param>
    public Correction(View<float> field, double scale) => (Single, Scale) = (field, scale);

    /// <summary>The field, if it is in double precision.</summary>
    public View<double> Real { get; }

    /// <summary>The field, if it is in single precision.</summary>
    public View<float> Single { get; }

    /// <summary>The factor.</summary>
    public double Scale { get; }

    /// <summary>Whether the field is in single precision.</summary>
    public bool IsSingle => Single.Length > 0;
}

/// <summary>What a linear solution took.</summary>
/// <param name="Iterations">Products with the matrix, but for the first residual.</param>
/// <param name="Residual">Norm of the last residual.</param>
/// <param name="Converged">Whether it is below the target.</param>
public readonly record struct LinearResult(int Iterations, double Residual, bool Converged);

/// <summary>
/// Preconditioned conjugate gradients (Saad, Iterative Methods for Sparse Linear Systems, algorithm 9.1). Vectors and scalars stay on the device; a scalar product is summed the same for any number of threads.
/// </summary>
/// <param name="grid">Grid of the unknowns.</param>
/// <param name="points">Points that count in scalar products.</param>
/// <param name="components">Components of the unknown.</param>
public sealed class ConjugateGradient(IDevice device, GridLevel grid, Box points, int components)
{
    private readonly View<double> p = grid.Field<double>(components);
    private readonly View<double> q = grid.Field<double>(components);

    // r·z of this iteration and the one before take turns in the first two.
    private const int Curvature = 2, Residual = 3;
    private readonly View<double> scalars = device.Allocate<double>(4);
    private readonly double[] known = new double[4];

    /// <summary>Solves A x = b for the correction: <paramref name="r"/> holds b - A x on entry and exit.</summary>
    /// <param name="target">Norm of the residual to reach.</param>
    /// <param name="cancel">Ends the solution between two iterations.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LinearResult Solve(ILinearOperator matrix, IPreconditioner preconditioner, View<double> x, View<double> r, double target, int maxIterations, CancellationToken cancel = default)
    {
        var residual = Norm(r);
        Array.Clear(known);
        device.Upload<double>(known, scalars);
        var iterations = 0;
        for (; residual > target && iterations < maxIterations; iterations++)
        {
            cancel.ThrowIfCancellationRequested();
            var (now, before) = (iterations % 2, 1 - iterations % 2);
            FindDirection(r, preconditioner.Apply(r), now, before);
            matrix.Apply(p, q);
            device.Sum(new Dot(p, q, components, grid.Layout.Length), points, scalars, Curvature);
            device.Sum(new ConjugateStep(x, r, p, q, scalars, now, Curvature, components, grid.Layout.Length), points, scalars, Residual);
            // The only place in an iteration where the host waits for the device.
            device.Download<double>(scalars, known);
            if (!(known[now] > 0) || !(known[Curvature] > 0))
                return new LinearResult(iterations, residual, false);
            residual = Math.Sqrt(known[Residual]);
        }
        return new LinearResult(iterations, residual, residual <= target);
    }

    /// <summary>Euclidean norm.</summary>
    public double Norm(View<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Scalar product.</summary>
    public double Dot(View<double> x, View<double> y) => device.Sum(new Dot(x, y, components, grid.Layout.Length), points);

    /// <summary>p ← z + β p, and r·z among the scalars.</summary>
    private void FindDirection(View<double> r, in Correction z, int now, int before)
    {
        var (flat, length) = (grid.Flat(components), grid.Layout.Length);
        if (z.IsSingle)
        {
            device.Sum(new DotWithSingle(r, z.Single, z.Scale, components, length), points, scalars, now);
            device.Launch(new ConjugateDirectionSingle(z.Single, p, scalars, z.Scale, now, before), flat);
            return;
        }
        device.Sum(new Dot(r, z.Real, components, length), points, scalars, now);
        device.Launch(new ConjugateDirection(z.Real, p, scalars, now, before), flat);
    }
}
