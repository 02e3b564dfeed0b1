namespace MesoLiMg.Model;

/// <summary>Grains.</summary>
internal sealed partial class CaseRules
{
    private void CheckMicrostructure()
    {
        const string path = "microstructure";
        if (@case.Microstructure is not { } grains) return;
        string kind = CaseSchema.Word(grains.Kind);
        if (grains.Kind == GrainKind.File)
        {
            Require(path, "file");
            foreach (string key in new[] { "grain_size", "grains" }) Refuse($"{path}.{key}", "grains come from the file");
        }
        else
        {
            foreach (string key in new[] { "file", "dataset" }) Refuse($"{path}.{key}", $"a file goes with kind: file, here the kind is {kind}");
            ExactlyOne(path, "grain_size", "grains");
        }
        if (grains.Kind is not (GrainKind.Columnar or GrainKind.Equiaxed)) Refuse($"{path}.size_spread", "goes with the kinds columnar and equiaxed");
        bool possible = @case.Domain.Kind switch
        {
            DomainKind.Slab or DomainKind.Axisymmetric => grains.Kind is GrainKind.Layers or GrainKind.File,
            _ => true,
        };
        if (!possible) throw Fail($"{path}.kind", $"a domain of kind {Kind} can have layers or grains from a file; {kind} grains need plane-strain or 3d");
        for (int i = 0; i < grains.YoungsModulus.Count; i++) CheckProperty($"{path}.youngs_modulus.{i}", grains.YoungsModulus[i]);
        for (int i = 0; i < grains.Diffusivity.Count; i++) CheckProperty($"{path}.diffusivity.{i}", grains.Diffusivity[i]);
        for (int i = 0; i < grains.PartialMolarVolume.Count; i++) CheckProperty($"{path}.partial_molar_volume.{i}", grains.PartialMolarVolume[i]);
        if (grains.Orientations.Count > 0) Refuse($"{path}.texture", "draws orientations; here they are given");
        for (int i = 0; i < grains.Orientations.Count; i++) CheckOrientation($"{path}.orientations.{i}", grains.Orientations[i]);
    }

    private void CheckOrientation(string path, OrientationCase orientation)
    {
        ExactlyOne(path, "euler", "quaternion");
        if (orientation.Euler is { Count: not 3 } angles) throw Fail($"{path}.euler", $"expected 3 angles (phi1, Phi, phi2), read {angles.Count}");
        if (orientation.Quaternion is { Count: not 4 } numbers) throw Fail($"{path}.quaternion", $"expected 4 numbers (w, x, y, z), read {numbers.Count}");
        if (orientation.Quaternion is { } quaternion && quaternion.All(q => q == 0)) throw Fail($"{path}.quaternion", "is zero, which is no rotation");
    }
}
