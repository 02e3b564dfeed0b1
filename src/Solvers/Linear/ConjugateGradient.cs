using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>A symmetric positive (semi)definite linear map on fields.</summary>
public interface ILinearOperator<TPlace> where TPlace : struct, IPlace
{
    /// <summary>y ← A x; may fill the ghosts of x.</summary>
    void Apply(Field<TPlace, double> x, Field<TPlace, double> y);
}

/// <summary>An approximate inverse of a linear map, itself symmetric positive (semi)definite.</summary>
public interface IPreconditioner<TPlace> where TPlace : struct, IPlace
{
    /// <summary>z ← M⁻¹ r</summary>
    /// <returns>Where z is, until the next call.</returns>
    Correction<TPlace> Apply(Field<TPlace, double> r);
}

/// <summary>A field in the precision that it was computed in, with a factor.</summary>
public readonly struct Correction<TPlace> where TPlace : struct, IPlace
{
    /// <summary>A field in double precision.</summary>
    public Correction(Field<TPlace, double> field) => (Real, Scale) = (field, 1);

    /// <summary>A field in single precision.</summary>
    /// <param name="scale">What its numbers are to be multiplied with.</param>
    public Correction(Field<TPlace, float> field, double scale) => (Single, Scale) = (field, scale);

    /// <summary>The field, if it is in double precision.</summary>
    public Field<TPlace, double> Real { get; }

    /// <summary>The field, if it is in single precision.</summary>
    public Field<TPlace, float> Single { get; }

    /// <summary>The factor.</summary>
    public double Scale { get; }

    /// <summary>Whether the field is in single precision.</summary>
    public bool IsSingle => Single.Values.Length > 0;
}

/// <summary>What a linear solution took.</summary>
/// <param name="Iterations">Products with the matrix, but for the first residual.</param>
/// <param name="Residual">Norm of the last residual.</param>
/// <param name="Converged">Whether it is below the target.</param>
public readonly record struct LinearResult(int Iterations, double Residual, bool Converged);

/// <summary>
/// Preconditioned conjugate gradients (Saad, Iterative Methods for Sparse Linear Systems, algorithm 9.1). Vectors and
/// scalars stay on the device; a scalar product is summed the same for any number of threads.
/// </summary>
/// <param name="grid">Grid of the unknowns.</param>
/// <param name="points">Points that count in scalar products.</param>
/// <param name="components">Components of the unknown.</param>
public sealed class ConjugateGradient<TPlace>(IDevice device, GridLevel grid, Box<TPlace> points, int components)
    where TPlace : struct, IPlace
{
    private readonly Field<TPlace, double> p = Zeros(device, grid, components);
    private readonly Field<TPlace, double> q = Zeros(device, grid, components);

    // r·z of this iteration and the one before take turns in the first two.
    private const int Curvature = 2, Residual = 3;
    private readonly View<double> scalars = device.Allocate<double>(4);
    private readonly double[] known = new double[4];

    /// <summary>Solves A x = b for the correction: <paramref name="r"/> holds b - A x on entry and exit.</summary>
    /// <param name="target">Norm of the residual to reach.</param>
    /// <param name="cancel">Ends the solution between two iterations.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LinearResult Solve(ILinearOperator<TPlace> matrix, IPreconditioner<TPlace> preconditioner,
        Field<TPlace, double> x, Field<TPlace, double> r, double target, int maxIterations,
        CancellationToken cancel = default)
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
            device.Sum(new Dot<TPlace>(p, q), points, scalars, Curvature);
            device.Sum(new ConjugateStep<TPlace>(x, r, p, q, scalars, now, Curvature), points, scalars, Residual);
            // The only place in an iteration where the host waits for the device.
            device.Download<double>(scalars, known);
            if (!(known[now] > 0) || !(known[Curvature] > 0))
                return new LinearResult(iterations, residual, false);
            residual = Math.Sqrt(known[Residual]);
        }
        return new LinearResult(iterations, residual, residual <= target);
    }

    /// <summary>Euclidean norm.</summary>
    public double Norm(Field<TPlace, double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Scalar product.</summary>
    public double Dot(Field<TPlace, double> x, Field<TPlace, double> y) => device.Sum(new Dot<TPlace>(x, y), points);

    /// <summary>p ← z + β p, and r·z among the scalars.</summary>
    private void FindDirection(Field<TPlace, double> r, in Correction<TPlace> z, int now, int before)
    {
        var flat = grid.Flat(components);
        if (z.IsSingle)
        {
            device.Sum(new DotWithSingle<TPlace>(r, z.Single, z.Scale), points, scalars, now);
            device.Launch(new ConjugateDirectionSingle<Flat>(z.Single.AsFlat, p.AsFlat, scalars, z.Scale, now, before),
                flat);
            return;
        }
        device.Sum(new Dot<TPlace>(r, z.Real), points, scalars, now);
        device.Launch(new ConjugateDirection<Flat>(z.Real.AsFlat, p.AsFlat, scalars, now, before), flat);
    }

    private static Field<TPlace, double> Zeros(IDevice device, GridLevel grid, int components) =>
        new(device.Allocate<double>(FlatBox.RoundUp(components * grid.Layout.Length)), grid.Layout, components);
}
