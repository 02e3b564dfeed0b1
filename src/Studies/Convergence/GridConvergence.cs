namespace MesoLiMg.Studies.Convergence;

/// <summary>What the values of a quantity on finer and finer levels say.</summary>
internal enum Verdict
{
    /// <summary>
    /// The order is that of the method: within a quarter of it, or the same within a quarter on two triples of levels.
    /// </summary>
    Asymptotic,

    /// <summary>It converges, and not yet with an order that can be relied on.</summary>
    PreAsymptotic,

    /// <summary>The last differences are rounding.</summary>
    Exact,

    /// <summary>The differences do not fall, or change their sign.</summary>
    NotConvergent,

    /// <summary>
    /// An extreme over points: which point it is changes with the grid, and near a corner it may grow without bound.
    /// </summary>
    Pointwise,
}

/// <summary>
/// Observed order p, Richardson's value and the grid convergence index from the three finest of systematically refined
/// levels (Roache, J. Fluids Eng. 116 (1994) 405; Oberkampf and Roy, Verification and Validation in Scientific
/// Computing, 2010, section 8.6): p = ln(|f₂ - f₁| / |f₃ - f₂|) / ln r, f* = f₃ + (f₃ - f₂)/(r^p - 1), and an error bar
/// F |f₃ - f₂| / (r^q - 1) with p held between ½ and 2 as q, and F = 1.25 where p is asymptotic and 3 where it is not.
/// </summary>
/// <param name="Verdict">What the values say.</param>
/// <param name="Order">p; null where there is none.</param>
/// <param name="Richardson">f*; null where there is none.</param>
/// <param name="ErrorBar">Half width of the interval about the finest value in which the limit is expected; null where
/// nothing can be said.</param>
/// <param name="SafetyFactor">F; null without an error bar.</param>
internal sealed record GridConvergence(Verdict Verdict, double? Order, double? Richardson, double? ErrorBar,
    double? SafetyFactor)
{
    /// <summary>Order of the method in space and time.</summary>
    public const double FormalOrder = 2;

    private const double LeastOrder = 0.5, Near = 0.25, Rounding = 1e-11, Safe = 1.25, Cautious = 3;

    /// <summary>Of a scalar.</summary>
    /// <param name="values">On levels from coarse to fine, at least three.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    public static GridConvergence Of(IReadOnlyList<double> values, double ratio)
    {
        var changes = values.Skip(1).Zip(values, (fine, coarse) => fine - coarse).ToArray();
        var (last, before) = (changes[^1], changes[^2]);
        if (Math.Max(Math.Abs(last), Math.Abs(before)) <= Rounding * values.Max(Math.Abs))
            return new(Verdict.Exact, null, values[^1], Rounding * values.Max(Math.Abs), 1);
        if (last * before <= 0 || Math.Abs(last) >= Math.Abs(before))
            return new(Verdict.NotConvergent, null, null, null, null);
        var result = OfChanges([.. changes.Select(Math.Abs)], ratio);
        return result with { Richardson = values[^1] + last / (Math.Pow(ratio, result.Order!.Value) - 1) };
    }

    /// <summary>Of a field, from the norms of its changes between neighbouring levels, at least two.</summary>
    /// <param name="changes">From coarse to fine.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    /// <param name="scale">Norm of the field.</param>
    public static GridConvergence OfField(IReadOnlyList<double> changes, double ratio, double scale)
    {
        if (Math.Max(changes[^1], changes[^2]) <= Rounding * scale)
            return new(Verdict.Exact, null, null, Rounding * scale, 1);
        return changes[^1] >= changes[^2] ? new(Verdict.NotConvergent, null, null, null, null)
            : OfChanges(changes, ratio);
    }

    /// <summary>Of a quantity that is not to be fitted.</summary>
    public static GridConvergence OfExtreme => new(Verdict.Pointwise, null, null, null, null);

    private static GridConvergence OfChanges(IReadOnlyList<double> changes, double ratio)
    {
        var order = OrderOf(changes[^2], changes[^1], ratio);
        var asymptotic = Math.Abs(order - FormalOrder) <= Near
            || (changes.Count > 2 && Math.Abs(order - OrderOf(changes[^3], changes[^2], ratio)) <= Near);
        var factor = asymptotic ? Safe : Cautious;
        var bar = factor * changes[^1] / (Math.Pow(ratio, Math.Clamp(order, LeastOrder, FormalOrder)) - 1);
        return new(asymptotic ? Verdict.Asymptotic : Verdict.PreAsymptotic, order, null, bar, factor);
    }

    private static double OrderOf(double coarse, double fine, double ratio) =>
        Math.Log(coarse / fine) / Math.Log(ratio);
}
