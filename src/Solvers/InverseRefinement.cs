using MathNet.Numerics.LinearAlgebra;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Makes the inverse of a dense matrix right to its last bit, so that it does not depend on how unknowns are numbered: a factorisation works through them one after the other, and a body that is turned has them in another order.
/// </summary>
internal sealed class InverseRefinement
{
    private const int MostSteps = 4;

    /// <summary>A step squares the share that is wrong: from here it is far below the last bit.</summary>
    private const double Enough = 1e-12;

    private readonly IDevice device;
    private readonly int count, stride;
    private readonly double[] rows;
    private readonly View<double> matrix, approximate, inverse, low, residual;
    private readonly Box box;

    /// <param name="count">Rows of the matrix.</param>
    /// <param name="stride">Elements from row to row, whole lanes.</param>
    public InverseRefinement(IDevice device, int count, int stride)
    {
        (this.device, this.count, this.stride, rows) = (device, count, stride, new double[stride * stride]);
        box = new Box(new Layout(stride, 0, 0, rows.Length), 0, count, 0, count, 0, 1);
        View<double> Dense() => device.Allocate<double>(Box.RoundUp(rows.Length));
        (matrix, approximate, inverse, low, residual) = (Dense(), Dense(), Dense(), Dense(), Dense());
    }

    /// <summary>Improves the inverse of a matrix.</summary>
    public void Refine(Matrix<double> of, Matrix<double> inverted)
    {
        Upload(of, matrix);
        Upload(inverted, approximate);
        Upload(inverted, inverse);
        device.Launch(new Fill<double>(low, 0), Box.Flat(low.Length));
        var wrong = 1.0;
        for (var step = 0; step < MostSteps && wrong > Enough; step++)
        {
            device.Launch(new InverseResidual(matrix, inverse, low, residual, box.Layout, count), box);
            wrong = device.Max(new Magnitude(residual), box);
            device.Launch(new RefineInverse(approximate, residual, inverse, low, box.Layout, count), box);
        }
        device.Download<double>(inverse, rows);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                inverted[i, j] = rows[i * stride + j];
    }

    private void Upload(Matrix<double> from, View<double> to)
    {
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                rows[i * stride + j] = from[i, j];
        device.Upload<double>(rows, to);
    }
}
