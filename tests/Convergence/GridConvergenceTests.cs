using MesoLiMg.Studies.Convergence;

namespace MesoLiMg.Tests.Convergence;

/// <summary>Orders, limits and error bars of sequences whose limit is known.</summary>
public class GridConvergenceTests
{
    private const double Limit = 3.7;

    [Theory]
    [InlineData(2.0, 2)]
    [InlineData(1.9, 3)]
    [InlineData(2.2, 2)]
    public void A_power_law_of_the_methods_order_gives_its_order_its_limit_and_an_error_bar_that_holds_the_limit(
        double order, int ratio)
    {
        double[] values = [.. Enumerable.Range(0, 3).Select(level => Limit + 0.4 * Math.Pow(ratio, -order * level))];
        var result = GridConvergence.Of(values, ratio);
        Assert.Equal(Verdict.Asymptotic, result.Verdict);
        Assert.Equal(order, result.Order!.Value, 1e-9);
        Assert.Equal(Limit, result.Richardson!.Value, 1e-9);
        Assert.InRange(Math.Abs(values[^1] - Limit), 0, result.ErrorBar!.Value);
    }

    [Fact]
    public void First_order_is_not_asymptotic_on_three_levels_and_is_on_four_that_agree()
    {
        double[] values = [.. Enumerable.Range(0, 4).Select(level => Limit - 0.1 * Math.Pow(2, -level))];
        Assert.Equal(Verdict.PreAsymptotic, GridConvergence.Of(values[..3], 2).Verdict);
        Assert.Equal(3, GridConvergence.Of(values[..3], 2).SafetyFactor);
        var four = GridConvergence.Of(values, 2);
        Assert.Equal((Verdict.Asymptotic, 1.25), (four.Verdict, four.SafetyFactor));
        Assert.Equal(1, four.Order!.Value, 1e-9);
    }

    [Fact]
    public void An_order_above_that_of_the_method_does_not_make_the_error_bar_smaller()
    {
        double[] values = [Limit + 64, Limit + 1, Limit + 1.0 / 64];
        Assert.Equal(6, GridConvergence.Of(values, 2).Order!.Value, 1e-9);
        Assert.Equal(3 * (63.0 / 64) / 3, GridConvergence.Of(values, 2).ErrorBar!.Value, 1e-9);
    }

    [Theory]
    [InlineData(1.0, 2.0, 4.0)]
    [InlineData(1.0, 2.0, 1.5)]
    public void Values_that_run_away_or_swing_are_not_fitted(double a, double b, double c)
    {
        var result = GridConvergence.Of([a, b, c], 2);
        Assert.Equal(Verdict.NotConvergent, result.Verdict);
        Assert.Null(result.Order);
        Assert.Null(result.ErrorBar);
    }

    [Fact]
    public void Differences_of_rounding_are_called_exact() =>
        Assert.Equal(Verdict.Exact, GridConvergence.Of([100, 100 + 1e-12, 100 - 1e-12], 2).Verdict);

    [Fact]
    public void A_field_of_second_order_has_it_in_the_norms_of_its_changes()
    {
        // ‖u_h - u_h/2‖ of u_h = u + h² e falls as h².
        var result = GridConvergence.OfField([0.3, 0.075, 0.01875], 2, scale: 1);
        Assert.Equal(2, result.Order!.Value, 1e-9);
        Assert.InRange(result.ErrorBar!.Value, 0.01875 / 3, 0.01875);
    }
}
