namespace MesoLiMg.Kernels;

/// <summary>
/// U = U0 - (RT/F) ln X - (L/F) (1-X)², X = x/(1+x): a regular solution through two measured points, for small x.
/// </summary>
/// <param name="standard">U0 [V].</param>
/// <param name="interaction">L [J/mol].</param>
/// <param name="thermal">RT [J/mol].</param>
/// <param name="faraday">F [C/mol].</param>
public readonly struct RegularSolution(double standard, double interaction, double thermal, double faraday)
    : IOpenCircuitPotential
{
    public L At<L>(L x) where L : unmanaged, ILane<L, double>
    {
        var rest = L.Of(1) / (L.Of(1) + x);
        return L.Of(standard) - L.Of(thermal / faraday) * L.Log(x * rest) - L.Of(interaction / faraday) * rest * rest;
    }
}
