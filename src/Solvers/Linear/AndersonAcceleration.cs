using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Anderson acceleration of a fixed-point iteration x ← g(x): the next x is that combination of the last images whose
/// residuals g(x) - x, combined alike, are smallest (Walker and Ni, SIAM J. Numer. Anal. 49 (2011) 1715). The weights
/// add up to one, so that sums that every image keeps are kept.
/// </summary>
public sealed class AndersonAcceleration
{
    private const int Window = 8;
    private const double Regularisation = 1e-14;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Field<Cell, double>[] residualSteps, imageSteps;
    private readonly Field<Cell, double> lastResidual, lastImage;
    private readonly double[] gram = new double[Window * Window], scaled = new double[Window * Window],
        weights = new double[Window];
    private int count;

    /// <summary>Acceleration for fields of cells.</summary>
    public AndersonAcceleration(IDevice device, GridLevel grid)
    {
        (this.device, this.grid) = (device, grid);
        residualSteps = [.. Enumerable.Range(0, Window).Select(_ => grid.CellField<double>())];
        imageSteps = [.. Enumerable.Range(0, Window).Select(_ => grid.CellField<double>())];
        (lastResidual, lastImage) = (grid.CellField<double>(), grid.CellField<double>());
    }

    /// <summary>Forgets what was seen.</summary>
    public void Restart() => count = 0;

    /// <summary>x ← the next iterate.</summary>
    /// <param name="image">g(x).</param>
    /// <param name="residual">g(x) - x.</param>
    public void Next(Field<Cell, double> x, Field<Cell, double> image, Field<Cell, double> residual)
    {
        var flat = grid.Flat(1);
        var known = Math.Min(count, Window);
        if (count > 0)
        {
            var slot = (count - 1) % Window;
            device.Launch(new Difference<Flat>(residual.AsFlat, lastResidual.AsFlat, residualSteps[slot].AsFlat), flat);
            device.Launch(new Difference<Flat>(image.AsFlat, lastImage.AsFlat, imageSteps[slot].AsFlat), flat);
            for (var j = 0; j < known; j++)
                gram[slot * Window + j] = gram[j * Window + slot] = Dot(residualSteps[slot], residualSteps[j]);
        }
        device.Launch(new Copy<Flat, double>(residual.AsFlat, lastResidual.AsFlat), flat);
        device.Launch(new Copy<Flat, double>(image.AsFlat, lastImage.AsFlat), flat);
        device.Launch(new Copy<Flat, double>(image.AsFlat, x.AsFlat), flat);
        if (known > 0)
        {
            FindWeights(known, residual);
            for (var j = 0; j < known; j++)
                device.Launch(new Axpby<Flat, double>(imageSteps[j].AsFlat, x.AsFlat, -weights[j], 1), flat);
        }
        count++;
    }

    /// <summary>
    /// The least squares problem's normal equations, scaled to a unit diagonal, so that the regularisation means the
    /// same for every column.
    /// </summary>
    private void FindWeights(int known, Field<Cell, double> residual)
    {
        for (var i = 0; i < known; i++)
        {
            for (var j = 0; j < known; j++)
                scaled[i * Window + j] = gram[i * Window + j] * Scale(i) * Scale(j) + (i == j ? Regularisation : 0);
            weights[i] = Dot(residualSteps[i], residual) * Scale(i);
        }
        if (!DenseCholesky.Factor(scaled, known, Window))
        {
            // Steps that are alike to rounding have nothing to tell.
            Array.Clear(weights);
            return;
        }
        DenseCholesky.Solve(scaled, known, Window, weights);
        for (var i = 0; i < known; i++)
            weights[i] *= Scale(i);
    }

    private double Scale(int i) => 1 / Math.Sqrt(Math.Max(gram[i * Window + i], 1e-300));

    private double Dot(Field<Cell, double> a, Field<Cell, double> b) => device.Sum(new Dot<Cell>(a, b), grid.Cells);
}
