using MesoLiMg.Model;

namespace MesoLiMg.Tests.Crystals;

/// <summary>Stiffness tensors and how they turn.</summary>
public class TensorTests
{
    internal static readonly StiffnessCase Magnesium = new()
    {
        C11 = 59.7e9,
        C12 = 26.2e9,
        C13 = 21.7e9,
        C33 = 61.7e9,
        C44 = 16.4e9
    };
    internal static readonly StiffnessCase Lithium = new() { C11 = 13.5e9, C12 = 11.44e9, C44 = 8.78e9 };

    private static readonly (int, int)[] Pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];

    [Fact]
    public void A_turned_tensor_is_the_sum_over_four_matrices()
    {
        var (c, orientation) = (StiffnessTensor.Of(Magnesium), Orientation.FromEuler(0.3, 0.8, 1.9));
        var (turned, g) = (c.Turned(orientation), orientation.Matrix());
        for (var a = 0; a < 6; a++)
        {
            for (var b = 0; b < 6; b++)
            {
                var ((i, j), (k, l), sum) = (Pairs[a], Pairs[b], 0.0);
                for (var n = 0; n < 81; n++)
                {
                    var (p, q, r, s) = (n % 3, n / 3 % 3, n / 9 % 3, n / 27);
                    sum += g[p, i] * g[q, j] * g[r, k] * g[s, l] * c[Pair(p, q), Pair(r, s)];
                }
                Assert.Equal(sum, turned[a, b], 1e-3);
            }
        }
    }

    [Fact]
    public void A_hexagonal_tensor_does_not_see_a_turn_about_its_axis_and_a_cubic_one_no_quarter_turn()
    {
        AssertSame(StiffnessTensor.Of(Magnesium), StiffnessTensor.Of(Magnesium)
            .Turned(Orientation.FromEuler(0.7, 0, 0)), 1e-3);
        AssertSame(StiffnessTensor.Of(Lithium), StiffnessTensor.Of(Lithium)
            .Turned(Orientation.FromEuler(Math.PI / 2, Math.PI / 2, 0)), 0);
    }

    [Fact]
    public void The_c_axis_turned_to_x_brings_C33_there()
    {
        // g = Z(0) X(90°) Z(90°) has the c axis along x.
        var turned = StiffnessTensor.Of(Magnesium).Turned(Orientation.FromEuler(Math.PI / 2, Math.PI / 2, 0));
        Assert.Equal(61.7e9, turned[0, 0]);
        Assert.Equal(59.7e9, turned[2, 2]);
        Assert.Equal(26.2e9, turned[1, 2]);
        Assert.Equal(21.7e9, turned[0, 1]);
    }

    [Fact]
    public void A_tensor_given_in_full_is_the_same_as_by_its_constants()
    {
        double[] full =
        [
            59.7, 26.2, 21.7, 0, 0, 0,
            26.2, 59.7, 21.7, 0, 0, 0,
            21.7, 21.7, 61.7, 0, 0, 0,
            0, 0, 0, 16.4, 0, 0,
            0, 0, 0, 0, 16.4, 0,
            0, 0, 0, 0, 0, 16.75,
        ];
        AssertSame(StiffnessTensor.Of(Magnesium),
            StiffnessTensor.Of(new StiffnessCase { Tensor = [.. full.Select(c => c * 1e9)] }), 1e-3);
    }

    [Fact]
    public void Averages_of_lithium_are_the_known_ones()
    {
        // K = (C11 + 2 C12)/3; Voigt μ = (C11 - C12 + 3 C44)/5; Reuss μ = 5 (C11 - C12) C44/(4 C44 + 3 (C11 - C12)).
        var c = StiffnessTensor.Of(Lithium);
        Assert.Equal(12.126666666666667e9, c.Voigt().Bulk, 1e3);
        Assert.Equal(12.126666666666667e9, c.Reuss().Bulk, 1e3);
        Assert.Equal((13.5e9 - 11.44e9 + 3 * 8.78e9) / 5, c.Voigt().Shear, 1e3);
        Assert.Equal(5 * (13.5e9 - 11.44e9) * 8.78e9 / (4 * 8.78e9 + 3 * (13.5e9 - 11.44e9)), c.Reuss().Shear, 1e3);
    }

    [Fact]
    public void An_isotropic_tensor_gives_its_own_constants_back()
    {
        var (modulus, poisson) = StiffnessTensor.Isotropic(40e9, 0.3).Turned(Orientation.FromEuler(1, 2, 3)).Hill();
        Assert.Equal(40e9, modulus, 1);
        Assert.Equal(0.3, poisson, 1e-10);
    }

    private static int Pair(int i, int j) => Array.FindIndex(Pairs, pair => pair == (Math.Min(i, j), Math.Max(i, j)));

    private static void AssertSame(StiffnessTensor expected, StiffnessTensor actual, double tolerance)
    {
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < 6; j++)
                Assert.Equal(expected[i, j], actual[i, j], tolerance);
    }
}
