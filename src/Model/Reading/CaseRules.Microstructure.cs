namespace MesoLiMg.Model;

/// <summary>Grains.</summary>
internal sealed partial class CaseRules
{
    private void CheckMicrostructure()
    {
        const string path = "microstructure";
        CheckDiffusivityRatios();
        if (@case.Microstructure is not { } grains) return;
        string kind = CaseSchema.Word(grains.Kind);
        if (grains.Kind == GrainKind.File)
        {
            Require(path, "file");
            foreach (string key in new[] { "grain_size", "grains" }) Refuse(
                $"{path}.{key}", "grains come from the file");
            CheckMapFile(path, grains);
        }
        else
        {
            if (grains.Outside == OutsideKind.Void) throw Fail(
                $"{path}.outside",
                $"cells of no grain are those of a file, here the kind is {kind}; domain.hexagon cuts a plate out of "
                + $"the box");
            string[] ofFiles = ["file", "format", "dataset", "type", "byte_order", "voxels", "angle_unit"];
            foreach (string key in ofFiles)
                Refuse($"{path}.{key}", $"a file goes with kind: file, here the kind is {kind}");
            ExactlyOne(path, "grain_size", "grains");
        }
        if (grains.Kind is not (GrainKind.Columnar or GrainKind.Equiaxed)) Refuse($"{path}.size_spread",
            "goes with the kinds columnar and equiaxed");
        bool possible = @case.Domain.Kind switch
        {
            DomainKind.Slab or DomainKind.Axisymmetric => grains.Kind is GrainKind.Layers or GrainKind.File,
            _ => true,
        };
        if (!possible) throw Fail(
            $"{path}.kind", $"a domain of kind {Kind} can have layers or grains from a file; {kind} grains need "
            + $"plane-strain or 3d");
        for (int i = 0; i < grains.Stiffness.Count; i++) CheckStiffness($"{path}.stiffness.{i}", grains.Stiffness[i]);
        if (grains.Stiffness.Count > 0 && grains.YoungsModulus.Count + grains.PoissonRatio.Count > 0)
            throw Fail($"{path}.stiffness", "holds what youngs_modulus and poisson_ratio say; give one of them");
        for (int i = 0; i < grains.YoungsModulus.Count; i++) CheckProperty($"{path}.youngs_modulus.{i}",
            grains.YoungsModulus[i]);
        for (int i = 0; i < grains.Diffusivity.Count; i++) CheckProperty($"{path}.diffusivity.{i}",
            grains.Diffusivity[i]);
        for (int i = 0; i < grains.PartialMolarVolume.Count; i++) CheckProperty($"{path}.partial_molar_volume.{i}",
            grains.PartialMolarVolume[i]);
        if (grains.Boundaries is { } boundaries) CheckBoundaries($"{path}.boundaries", boundaries, grains);
        for (int i = 0; i < grains.Orientations.Count; i++) CheckOrientation($"{path}.orientations.{i}",
            grains.Orientations[i]);
    }

    private void CheckBoundaries(string path, BoundariesCase boundaries, MicrostructureCase grains)
    {
        int classes = grains.Classes.Count == 0 ? 1 : grains.Classes.Max();
        for (int i = 0; i < boundaries.Pairs.Count; i++)
        {
            BoundaryPairCase pair = boundaries.Pairs[i];
            if (pair.Classes.Count != 2) throw Fail($"{path}.pairs.{i}.classes",
                $"expected 2 classes, read {pair.Classes.Count}");
            if (pair.Classes.Max() > classes) throw Fail($"{path}.pairs.{i}.classes",
                $"there is no class {pair.Classes.Max()}; microstructure.classes has "
                + $"{(classes == 1 ? "1 alone" : $"1 to {classes}")}");
        }
    }

    /// <summary>
    /// Three principal values or one ratio; crystals that lie obliquely in r-z would not be axisymmetric.
    /// </summary>
    private void CheckDiffusivityRatios()
    {
        CheckDiffusivityRatio("material.diffusivity_ratio", @case.Material.DiffusivityRatio);
        for (int i = 0; i < @case.Regions.Count; i++)
            if (@case.Regions[i].DiffusivityRatio is { } ratio) CheckDiffusivityRatio(
                $"regions.{i}.diffusivity_ratio", ratio);
        if (@case.Microstructure is not { } grains) return;
        for (int i = 0; i < grains.DiffusivityRatio.Count; i++) CheckDiffusivityRatio(
            $"microstructure.diffusivity_ratio.{i}", grains.DiffusivityRatio[i]);
    }

    private void CheckDiffusivityRatio(string path, DiffusivityRatioCase ratio)
    {
        if (ratio.Axial is null == ratio.Principal is null) throw Fail(
            path, "expected one number, that along the c axis, or { principal: [1, 1, 2] }, those along the three axes");
        if (ratio.Principal is { Count: not 3 } values) throw Fail(
            $"{path}.principal", $"expected 3 ratios, one for each axis of the crystal, read {values.Count}");
        if (@case.Domain.Kind == DomainKind.Axisymmetric && !ratio.IsIsotropic) throw Fail(
            path, "crystals that lie obliquely are not axisymmetric; it needs another kind of domain");
    }

    private void CheckOrientation(string path, OrientationCase orientation)
    {
        ExactlyOne(path, "euler", "quaternion");
        if (orientation.Euler is { Count: not 3 } angles) throw Fail(
            $"{path}.euler", $"expected 3 angles (phi1, Phi, phi2), read {angles.Count}");
        if (orientation.Quaternion is { Count: not 4 } numbers) throw Fail(
            $"{path}.quaternion", $"expected 4 numbers (w, x, y, z), read {numbers.Count}");
        if (orientation.Quaternion is { } quaternion && quaternion.All(q => q == 0)) throw Fail(
            $"{path}.quaternion", "is zero, which is no rotation");
    }

    /// <summary>
    /// Hexagonal, cubic or complete, and positive definite; beside moduli that do not change with x. How crystals may
    /// lie is known only when there are grains (<see cref="StiffnessTensor.RequirePlanar"/>).
    /// </summary>
    private void CheckStiffness(string path, StiffnessCase? stiffness)
    {
        if (stiffness is null) return;
        if (stiffness.Tensor is { } tensor)
        {
            foreach (string key in new[] { "c11", "c12", "c13", "c33", "c44" }) Refuse(
                $"{path}.{key}", "is part of tensor; give one of them");
            if (tensor.Count != 36) throw Fail($"{path}.tensor", $"expected 36 constants, read {tensor.Count}");
        }
        else
        {
            foreach (string key in new[] { "c11", "c12", "c44" }) Require(path, key);
            if (stiffness.C13 is null != stiffness.C33 is null) throw Fail(
                path, "a hexagonal tensor has c13 and c33, a cubic one neither");
        }
        StiffnessTensor c = StiffnessTensor.Of(stiffness);
        if (!c.IsSymmetric) throw Fail($"{path}.tensor", "is not symmetric");
        if (!c.IsPositive) throw Fail(path, "is not positive definite: some strain would release energy");
        if (@case.Interfaces.Se.Layer is not null || @case.Interfaces.Collector.Layer is not null) throw Fail(
            path, "cannot be combined with an elastic layer; one of the interfaces has law: layer");
        bool varies = @case.Material.YoungsModulus.Value is null
            || @case.Regions.Any(r => r.YoungsModulus is { Value: null })
            || @case.Microstructure?.YoungsModulus.Any(m => m.Value is null) == true;
        if (varies) throw Fail(path, "goes with moduli that do not change with x; one of them does");
    }
}
