namespace MesoLiMg.Model;

public enum DomainKind { Slab, Axisymmetric, PlaneStrain, [CaseName("3d")] ThreeD }

/// <summary>What happens mechanically at a lateral face.</summary>
public enum LateralKind { Free, Symmetric, Periodic, Clamped }

public enum Axis { X, Y, Z }

/// <summary>
/// Geometry. A slab has a height; axisymmetric a radius and a height; plane strain and 3d a size along each axis, z
/// last.
/// </summary>
public sealed record DomainCase
{
    [Parameter("The axes that the domain has: z, (r, z), (x, z) or (x, y, z).")]
    public DomainKind Kind { get; init; } = DomainKind.Slab;

    [Parameter("Radius of the plate (axisymmetric).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? Radius { get; init; }

    [Parameter("Height from collector to solid electrolyte (slab, axisymmetric).", Unit = "m", Display = "nm", Min = 0,
        AboveMin = true)]
    public double? Height { get; init; }

    [Parameter("Edge lengths, z last (plane-strain, 3d).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public IReadOnlyList<double>? Size { get; init; }

    [Parameter("Cells along each axis of the domain, z last.", Unit = "1", Min = 1)]
    public IReadOnlyList<int> Cells { get; init; } = [100];

    [Parameter("Distance of the opposite flats of a hexagonal plate that is cut out of the box, its corners along x; "
        + "cells outside are void (3d). It must fit into the box, or its half or quarter between planes of symmetry.",
        Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? Hexagon { get; init; }

    [Parameter("Lateral faces: one word for all, or one word per face.")]
    public LateralCase Lateral { get; init; } = new();
}

/// <summary>
/// Lateral faces. <c>lateral: free</c> sets the far faces (x_max, y_max) and leaves x_min, y_min symmetric (an axis in
/// r-z); <c>lateral: periodic</c>, <c>symmetric</c> and <c>clamped</c> set all four. A slab is clamped in plane.
/// </summary>
public sealed record LateralCase
{
    [Parameter("All lateral faces at once; free leaves x_min and y_min symmetric.", Shorthand = true)]
    public LateralKind? All { get; init; }

    [Parameter("Face x = 0.")]
    public LateralKind? XMin { get; init; }

    [Parameter("Face x = length (r = radius).")]
    public LateralKind? XMax { get; init; }

    [Parameter("Face y = 0 (3d).")]
    public LateralKind? YMin { get; init; }

    [Parameter("Face y = length (3d).")]
    public LateralKind? YMax { get; init; }
}
