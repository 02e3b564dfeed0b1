using MathNet.Numerics.LinearAlgebra;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Anderson acceleration of a fixed-point iteration x ← g(x): the next x is that combination of the last images whose residuals g(x) - x, combined alike, are smallest (Walker and Ni, SIAM J. Numer. Anal. 49 (2011) 1715).
/// The weights add up to one, so that sums that every image keeps are kept.
/// </summary>
public sealed class AndersonAcceleration
{
    private const int Window = 8;
    private const double Regularisation = 1e-14;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly View<double>[] residualSteps, imageSteps;
    private readonly View<double> lastResidual, lastImage;
    private readonly double[,] gram = new double[Window, Window];
    private int count;

    /// <summary>Acceleration for fields of cells.</summary>
    public AndersonAcceleration(IDevice device, GridLevel grid)
    {
        (this.device, this.grid) = (device, grid);
        residualSteps = [.. Enumerable.Range(0, Window).Select(_ => grid.Field<double>())];
        imageSteps = [.. Enumerable.Range(0, Window).Select(_ => grid.Field<double>())];
        (lastResidual, lastImage) = (grid.Field<double>(), grid.Field<double>());
    }

    /// <summary>Forgets what was seen.</summary>
    public void Restart() => count = 0;

    /// <summary>x ← the next iterate.</summary>
    /// <param name="image">g(x).</param>
    /// <param name="residual">g(x) - x.</param>
    public void Next(View<double> x, View<double> image, View<double> residual)
    {
        var flat = grid.Flat(1);
        var known = Math.Min(count, Window);
        if (count > 0)
        {
            var slot = (count - 1) % Window;
            device.Launch(new Difference(residual, lastResidual, residualSteps[slot]), flat);
            device.Launch(new Difference(image, lastImage, imageSteps[slot]), flat);
            for (var j = 0; j < known; j++)
                gram[slot, j] = gram[j, slot] = Dot(residualSteps[slot], residualSteps[j]);
        }
        device.Launch(new Copy<double>(residual, lastResidual), flat);
        device.Launch(new Copy<double>(image, lastImage), flat);
        device.Launch(new Copy<double>(image, x), flat);
        if (known > 0)
        {
            var weights = Weights(known, residual);
            for (var j = 0; j < known; j++)
                device.Launch(new Axpby<double>(imageSteps[j], x, -weights[j], 1), flat);
        }
        count++;
    }

    private Vector<double> Weights(int known, View<double> residual)
    {
        var matrix = Matrix<double>.Build.Dense(known, known, (i, j) => gram[i, j]);
        var right = Vector<double>.Build.Dense(known, j => Dot(residualSteps[j], residual));
        // Scaled to a unit diagonal, so that the regularisation means the same for every column.
        var scale = Vector<double>.Build.Dense(known, j => 1 / Math.Sqrt(Math.Max(matrix[j, j], 1e-300)));
        var scaled = Matrix<double>.Build.Dense(known, known, (i, j) => matrix[i, j] * scale[i] * scale[j] + (i == j ? Regularisation : 0));
        return scaled.Solve(right.PointwiseMultiply(scale)).PointwiseMultiply(scale);
    }

    private double Dot(View<double> a, View<double> b) => device.Sum(new Dot(a, b, 1, grid.Layout.Length), grid.Cells);
}
