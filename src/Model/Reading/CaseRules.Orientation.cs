namespace MesoLiMg.Model;

/// <summary>Orientations that are written down and turn nothing.</summary>
internal sealed partial class CaseRules
{
    /// <summary>Entries that make crystals the same in all directions; where the command line gives one, the file's
    /// orientations are let pass.</summary>
    private static readonly string[] Isotropy =
        ["coupling", "material.stiffness", "material.diffusivity_ratio", "microstructure.stiffness",
            "microstructure.diffusivity_ratio", "microstructure.youngs_modulus", "microstructure.poisson_ratio"];

    private void WarnOfOrientations()
    {
        string why = @case.Coupling == Coupling.None
            ? "with coupling none and a diffusivity that is the same in all directions"
            : "where stiffness and diffusivity are the same in all directions";
        string chooser = Isotropy.FirstOrDefault(IsOfCommandLine) ?? Isotropy[0];
        for (int i = 0; i < @case.Regions.Count; i++)
        {
            if (@case.Regions[i].Orientation is not null && !OrientationEffect.OnRegion(@case, @case.Regions[i]))
                NoEffectBy(chooser, $"regions.{i}", @case.Regions[i], why, "orientation");
        }
        if (@case.Microstructure is not { } grains) return;
        if (!OrientationEffect.OnGrains(@case))
            NoEffectBy(chooser, "microstructure", grains, why, "orientations", "texture");
        else if (grains.Orientations.Count > 0)
            NoEffect("microstructure", grains, "orientations", "beside orientations", "texture");
        else if (grains.Texture.Kind == TextureKind.Random)
            NoEffect("microstructure.texture", grains.Texture, "kind", With("kind", grains.Texture.Kind), "spread");
    }
}
