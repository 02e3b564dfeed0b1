using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The electrode potential of a state that is tried and has none of its own, from an equilibrium that is found for it,
/// in
/// fields of its own: those of the accepted state stay as they are.
/// </summary>
/// <param name="fields">Fields of its own.</param>
/// <param name="stack">The body that deforms.</param>
/// <param name="mechanics">Null without stress.</param>
/// <param name="tolerance">Accuracy of the equilibrium; null for that of the case.</param>
public sealed class LookAhead(FilmFields fields, FilmStack stack, ElasticitySolver? mechanics, double? tolerance)
{
    /// <summary>Whether a step of a case ends at a potential that the surface does not know of itself.</summary>
    public static bool IsNeeded(Case @case) => !@case.Kinetics.Chosen.HasPotential
        && ProtocolStep.InOrder(@case.Protocol).Any(at => (at.Step.Plate ?? at.Step.Strip) is { Potential: not null });

    /// <summary>φ of a state [V]; null where nothing gives one.</summary>
    public double? Potential(LithiumState state, ElectrodeSurface surface)
    {
        fields.Prepare(state, mechanics, false);
        mechanics?.Solve(stack.Eigenstrain, tolerance);
        fields.Update(mechanics);
        return fields.ElectrodePotential(state, surface);
    }
}
