using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Composition;

/// <summary>The thermodynamic factor Γ = -(F/RT) dU/d ln x that an open-circuit potential stands for.</summary>
public class ThermodynamicFactorTests
{
    /// <summary>U = U0 - (RT/F) ln X - (L/F) (1-X)², X = x/(1+x), gives Γ = (1-X) - 2 (L/RT) x (1-X)³.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-8000)]
    public void A_regular_solutions_factor_is_the_derivative_of_its_potential(double interaction)
    {
        const int n = 100;
        using var device = new HostDevice();
        var layout = new Layout(n, n, 0, n);
        var x = new Field<Cell, double>(device.Allocate<double>(n), layout, 1);
        var inverse = new Field<Cell, double>(device.Allocate<double>(n), layout, 1);
        var (ratios, thermal) = (Enumerable.Range(0, n).Select(i => 1e-4 * Math.Pow(1.2e4, i / (n - 1.0))).ToArray(),
            PhysicalConstants.Gas * 298.15);
        device.Upload<double>(ratios, x);
        var potential = new RegularSolution(0.1, interaction, thermal, PhysicalConstants.Faraday);
        device.Launch(new InverseThermodynamicFactor<RegularSolution>(
            potential, x, inverse, PhysicalConstants.Faraday / thermal), new Box<Cell>(layout, 0, n, 0, 1, 0, 1));
        var found = device.Download<double>(inverse);
        for (var i = 0; i < n; i++)
        {
            var rest = 1 / (1 + ratios[i]);
            Assert.Equal(1, found[i] * (rest - 2 * interaction / thermal * ratios[i] * rest * rest * rest), 1e-7);
        }
    }
}
