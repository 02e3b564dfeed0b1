namespace MesoLiMg.Model;

/// <summary>Arithmetic of multigrid within the elasticity solver; what is solved, and how far, is the same.</summary>
public enum SolverPrecision { Mixed, Double }

public sealed record SolverCase
{
    [Parameter("Relative residual to which the linear systems are solved.", Unit = "1", Min = 1e-14, Max = 1e-2)]
    public double Tolerance { get; init; } = 1e-8;

    [Parameter("Fixed time step; adaptive when absent.", Unit = "s", Min = 0, AboveMin = true)]
    public double? TimeStep { get; init; }

    [Parameter("Largest adaptive time step.", Unit = "s", Min = 0, AboveMin = true)]
    public double? MaxTimeStep { get; init; }

    [Parameter("Local error of x allowed per time step, relative to the largest x and no less than 0.02.", Unit = "1",
        Min = 1e-12, Max = 0.1)]
    public double TimeTolerance { get; init; } = 1e-5;

    [Parameter("Change of x, relative to the largest, at which the iteration of a step ends (two-way, or diffusivity "
        + "that follows x).", Unit = "1", Min = 1e-12, Max = 1e-2)]
    public double CouplingTolerance { get; init; } = 1e-8;

    [Parameter("Precision of multigrid within the elasticity solver: mixed preconditions in single precision, which "
        + "takes half the memory traffic; residuals and results are in double either way.")]
    public SolverPrecision Precision { get; init; } = SolverPrecision.Mixed;

    [Parameter("Iterations after which a linear solver is taken to stall.", Unit = "1", Min = 1)]
    public int MaxIterations { get; init; } = 500;
}
