using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Lengths of time steps: from the error of the last one (third order in the step), landing on given instants without
/// slivers.
/// </summary>
public sealed class StepControl(SolverCase settings, double spacing)
{
    private const double Safety = 0.9, MostGrowth = 3, MostShrinking = 0.1;

    /// <summary>
    /// Errors are relative to the largest x, but to no less than this: the first traces of lithium need no digits.
    /// </summary>
    private const double SmallestRatio = 0.02;

    /// <summary>
    /// First steps are short against the time that lithium needs to cross a cell; the error then lets them grow.
    /// </summary>
    private const double FirstStepDiffusivity = 1e-12;

    private const int MostRejections = 60;

    /// <summary>Steps shorter than this share of the first one lead nowhere.</summary>
    private const double ShortestShare = 1e-9;

    /// <summary>Well beyond what <see cref="Next"/> takes for equal.</summary>
    private const double Rounding = 1e-8;
    private int rejections;

    /// <summary>Steps that were halved because they led to no physical state.</summary>
    public int Halved { get; private set; }

    /// <summary>
    /// The next step's length [s] as far as accuracy goes: all that the control carries from one accepted step to the
    /// next.
    /// </summary>
    public double Proposal { get; set; } = Math.Min(spacing * spacing / FirstStepDiffusivity, 1);

    /// <summary>Length of the next step, at most what is left to the next instant to meet.</summary>
    public double Next(double left)
    {
        var wish = settings.TimeStep ?? Math.Min(Proposal, settings.MaxTimeStep ?? double.PositiveInfinity);
        // Two equal steps rather than a long one and a sliver.
        return wish >= left * (1 - 1e-9) ? left : settings.TimeStep is null && wish > left / 2 ? left / 2 : wish;
    }

    /// <summary>
    /// The earliest instant to meet that leaves the next step as long as it would be without one [s].
    /// </summary>
    /// <param name="time">Where the step begins [s].</param>
    public double Reach(double time) => settings.TimeStep is { } step
        ? time + step * (1 + Rounding)
        : time + 2 * Math.Min(Proposal, settings.MaxTimeStep ?? double.PositiveInfinity) * (1 + Rounding);

    /// <summary>Whether the error of a step is small enough; sets the next Proposal.</summary>
    /// <param name="error">Largest local error of x; infinite where there is no physical state.</param>
    /// <param name="largest">Largest x.</param>
    /// <exception cref="RunException">No step is short enough.</exception>
    public bool Accepts(double step, double error, double largest)
    {
        if (settings.TimeStep is null && Proposal < ShortestShare * FirstStep)
            throw new RunException($"the time step has shrunk to {step:g2} s and still no physical state follows");
        if (settings.TimeStep is not null)
            return double.IsFinite(error) ? true : throw new RunException(
                "the fixed time step is too long: lithium and stress do not converge to physical values");
        if (double.IsNaN(error) || ++rejections > MostRejections)
            throw new RunException("no time step is short enough for the tolerance");
        if (double.IsInfinity(error))
        {
            Halved++;
            Proposal = step / 2;
            return false;
        }
        var ratio = error / (settings.TimeTolerance * Math.Max(largest, SmallestRatio));
        var factor = Math.Clamp(Safety * Math.Pow(Math.Max(ratio, 1e-9), -1.0 / 3), MostShrinking, MostGrowth);
        if (ratio > 1)
        {
            Proposal = step * factor;
            return false;
        }
        // A step cut to meet an instant says nothing against a longer one.
        Proposal = Math.Max(step * factor, Math.Min(Proposal, step * MostGrowth));
        rejections = 0;
        return true;
    }

    /// <summary>After a change of current the solution is rough again: begin with a short step.</summary>
    public void Restart() => Proposal = Math.Min(Proposal, FirstStep);

    private double FirstStep => Math.Min(spacing * spacing / FirstStepDiffusivity, 1);
}
