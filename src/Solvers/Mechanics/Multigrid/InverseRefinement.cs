using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Makes the inverse of a dense matrix right to its last bit, so that it does not depend on how unknowns are numbered:
/// a factorisation works through them one after the other, and a body that is turned has them in another order.
/// </summary>
internal sealed class InverseRefinement
{
    private const int MostSteps = 4;

    /// <summary>A step squares the share that is wrong: from here it is far below the last bit.</summary>
    private const double Enough = 1e-12;

    private readonly IDevice device;
    private readonly int count;
    private readonly Field<Flat, double> matrix, approximate, inverse, low, residual;
    private readonly Box<Flat> box;

    /// <param name="count">Rows of the matrix.</param>
    /// <param name="stride">Elements from row to row, whole lanes.</param>
    public InverseRefinement(IDevice device, int count, int stride)
    {
        (this.device, this.count) = (device, count);
        box = new(new Layout(stride, 0, 0, stride * stride), 0, count, 0, count, 0, 1);
        Field<Flat, double> Dense() => new(device.Allocate<double>(FlatBox.RoundUp(box.Layout.Length)), box.Layout, 1);
        (matrix, approximate, inverse, low, residual) = (Dense(), Dense(), Dense(), Dense(), Dense());
    }

    /// <summary>Improves the inverse of a matrix, both by rows.</summary>
    public void Refine(double[] of, double[] inverted)
    {
        device.Upload<double>(of, matrix);
        device.Upload<double>(inverted, approximate);
        device.Upload<double>(inverted, inverse);
        device.Launch(new Fill<Flat, double>(low, 0), FlatBox.Of(low.Values.Length));
        var wrong = 1.0;
        for (var step = 0; step < MostSteps && wrong > Enough; step++)
        {
            device.Launch(new InverseResidual(matrix, inverse, low, residual, count), box);
            wrong = device.Max(new Magnitude<Flat>(residual), box);
            device.Launch(new RefineInverse(approximate, residual, inverse, low, count), box);
        }
        device.Download<double>(inverse, inverted);
    }
}
