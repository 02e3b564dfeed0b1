using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.StressDriven;

/// <summary>The flux between two cells under a potential that rises from one to the other.</summary>
public class StressDriftTests
{
    /// <summary>
    /// Between cells where m rises evenly by Δ the flux that does not change along the way is T (x_a B(Δ) - x_b B(-Δ)),
    /// B(s) = s / (e^s - 1).
    /// </summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(-0.4)]
    [InlineData(1.0)]
    public void The_flux_is_that_of_exponential_fitting_to_fourth_order(double rise)
    {
        const double transmissibility = 3, low = 0.3, high = 0.1, factor = 2, stiffness = 5;
        using var device = new HostDevice(threads: 1);
        var layout = new Layout(2, 2, 0, 2);
        Field<TPlace, double> Two<TPlace>(double a, double b) where TPlace : struct, IPlace
        {
            var field = new Field<TPlace, double>(device.Allocate<double>(2), layout, 1);
            device.Upload<double>([a, b], field);
            return field;
        }
        var (effective, drift) = (Two<Face>(0, 0), Two<Face>(0, 0));
        device.Launch(
            new StressDrift(
                Two<Face>(0, transmissibility), Two<Cell>(low, high), Two<Cell>(0, factor * rise),
                Two<Cell>(1 / factor, 1 / factor), Two<Cell>(stiffness, stiffness), effective, drift, stride: 1),
            new Box<Face>(layout, 1, 2, 0, 1, 0, 1));
        double Bernoulli(double s) => s / (Math.Exp(s) - 1);
        var exact = transmissibility * (low * Bernoulli(rise) - high * Bernoulli(-rise));
        var flux = device.Download<double>(effective)[1] * (low - high) + device.Download<double>(drift)[1];
        // What the series of Δ/2 coth(Δ/2) leaves out after its second term.
        Assert.Equal(exact, flux, transmissibility * (low - high) * Math.Pow(rise, 4) / 720);
    }
}
