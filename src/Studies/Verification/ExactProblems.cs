namespace MesoLiMg.Studies.Verification;

/// <summary>All problems with exact answers, in the order of the book.</summary>
internal static class ExactProblems
{
    public static IReadOnlyList<Problem> All =>
    [
        .. LithiumProblems.All,
        .. GrainBoundaryProblem.All,
        .. MechanicsProblems.All,
        .. InclusionProblems.All,
        .. PrecipitateProblems.All,
        .. CoupledProblems.All,
        .. ManufacturedLithium.All,
        .. ManufacturedElasticity.All,
    ];
}
