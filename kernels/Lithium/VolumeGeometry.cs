namespace MesoLiMg.Kernels;

/// <summary>
/// Sizes of the finite volumes; they vary along x only (in r-z: V = 2π r Δr Δz, A_z = 2π r Δr, A_x = 2π r_f Δz). Entry
/// x+1 is that of cell x; <see cref="FaceX"/> that of its low face.
/// </summary>
public readonly struct VolumeGeometry(View<double> volume, View<double> faceX, View<double> faceY, View<double> faceZ)
{
    /// <summary>Volume of a cell [m³, or per metre or square metre of the axes that the domain lacks].</summary>
    public readonly View<double> Volume = volume;

    /// <summary>Area of the low x face.</summary>
    public readonly View<double> FaceX = faceX;

    /// <summary>Area of a y face.</summary>
    public readonly View<double> FaceY = faceY;

    /// <summary>Area of a z face.</summary>
    public readonly View<double> FaceZ = faceZ;
}

/// <summary>A field at the low faces across each axis.</summary>
/// <param name="x">Across x; likewise <paramref name="z"/>.</param>
/// <param name="y">Across y; any field where there is no y axis.</param>
public readonly struct FaceFields(Field<Face, double> x, Field<Face, double> y, Field<Face, double> z)
{
    public readonly Field<Face, double> X = x, Y = y, Z = z;

    /// <summary>That of an axis: 0 x, 1 y, 2 z.</summary>
    public Field<Face, double> Across(int axis) => axis == 0 ? X : axis == 1 ? Y : Z;
}

/// <summary>A field of cells for each axis.</summary>
public readonly struct CellFields(Field<Cell, double> x, Field<Cell, double> y, Field<Cell, double> z)
{
    public readonly Field<Cell, double> X = x, Y = y, Z = z;

    /// <summary>That of an axis: 0 x, 1 y, 2 z.</summary>
    public Field<Cell, double> Along(int axis) => axis == 0 ? X : axis == 1 ? Y : Z;
}
