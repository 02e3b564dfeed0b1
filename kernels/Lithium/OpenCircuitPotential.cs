namespace MesoLiMg.Kernels;

/// <summary>
/// The open-circuit potential U_chem(x) = -μ_chem/F against lithium metal [V], pointwise. The argument is at least
/// 1e-9,
/// where the logarithm stays finite. Its forms: <see cref="RedlichKister"/>, <see cref="RegularSolution"/>,
/// <see cref="TabulatedPotential"/>.
/// </summary>
public interface IOpenCircuitPotential
{
    /// <summary>U_chem at x.</summary>
    L At<L>(L x) where L : unmanaged, ILane<L, double>;
}
