namespace MesoLiMg.Model;

/// <summary>Whether anything that a case computes depends on how crystals lie: only stiffness and diffusivity do, where
/// they differ between directions.</summary>
public static class OrientationEffect
{
    /// <summary>Whether the orientations of grains do something.</summary>
    public static bool OnGrains(Case @case)
    {
        if (@case.Microstructure is not { } grains) return false;
        MaterialCase film = @case.Material;
        bool ownModuli = grains.YoungsModulus.Count + grains.PoissonRatio.Count > 0;
        StiffnessCase[] stiffness =
            [.. grains.Stiffness.Count > 0 ? grains.Stiffness : film.Stiffness is { } shared && !ownModuli ? [shared]
            : []];
        IReadOnlyList<DiffusivityRatioCase> ratios = grains.DiffusivityRatio.Count > 0 ? grains.DiffusivityRatio
            : [film.DiffusivityRatio];
        return ratios.Any(ratio => !ratio.IsIsotropic)
            || (@case.Coupling != Coupling.None && stiffness.Any(one => !StiffnessTensor.Of(one).IsIsotropic));
    }

    /// <summary>Whether the orientation of a region does something.</summary>
    public static bool OnRegion(Case @case, RegionCase region) =>
        !(region.DiffusivityRatio ?? @case.Material.DiffusivityRatio).IsIsotropic
        || (@case.Coupling != Coupling.None && StiffnessTensor.Of(region, @case.Material) is { IsIsotropic: false });
}
