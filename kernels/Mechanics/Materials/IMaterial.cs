namespace MesoLiMg.Kernels;

/// <summary>
/// A material: the stress of a strain, and how it changes with it. Elements turn displacements into strain and stress
/// into forces, and know of a material no more than this. A material that is not linear keeps its state in fields that
/// it holds, gives the tangent of that state, and is a term of the equilibrium loop.
/// </summary>
/// <typeparam name="T">Arithmetic.</typeparam>
public interface IMaterial<T> where T : unmanaged
{
    /// <summary>σ [Pa] of an elastic strain ε - ε* in a cell.</summary>
    Symmetric<L> Stress<L>(in Point<Cell> p, in Symmetric<L> elastic) where L : unmanaged, ILane<L, T>;

    /// <summary>The tangent C_ijkl = ∂σ_ij/∂ε_kl of a cell [Pa].</summary>
    Stiffness<L> Tangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>;

    /// <summary>The part of the tangent that strains in the x-z plane, or in r and z, meet [Pa].</summary>
    PlaneStiffness<L> PlaneTangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>;

    /// <summary>C : ε for a tangent of this material, which knows which of its constants count.</summary>
    static abstract InPlane<L> Times<L>(in PlaneStiffness<L> c, in InPlane<L> e) where L : unmanaged, ILane<L, T>;
}

/// <summary>A strain ε* without stress: of swelling, of plastic flow, ...</summary>
/// <typeparam name="T">Arithmetic.</typeparam>
public interface IInelasticStrain<T> where T : unmanaged
{
    /// <summary>ε* in a cell, with engineering shears.</summary>
    Symmetric<L> At<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>;
}

/// <summary>ε* = β I: the swelling of taken-up lithium.</summary>
/// <param name="beta">β at cells.</param>
public readonly struct Swelling<T>(Field<Cell, T> beta) : IInelasticStrain<T> where T : unmanaged
{
    public Symmetric<L> At<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var (b, zero) = (beta.At<L>(p), L.Of(0));
        return new(b, b, b, zero, zero, zero);
    }
}

/// <summary>The 21 constants of a tensor that maps symmetric tensors to symmetric ones, by pairs of axes.</summary>
public readonly struct Stiffness<L>(
    L xxxx, L xxyy, L xxzz, L xxxy, L xxyz, L xxxz, L yyyy, L yyzz, L yyxy, L yyyz, L yyxz,
    L zzzz, L zzxy, L zzyz, L zzxz, L xyxy, L xyyz, L xyxz, L yzyz, L yzxz, L xzxz) where L : unmanaged
{
    public readonly L XXXX = xxxx, XXYY = xxyy, XXZZ = xxzz, XXXY = xxxy, XXYZ = xxyz, XXXZ = xxxz;
    public readonly L YYYY = yyyy, YYZZ = yyzz, YYXY = yyxy, YYYZ = yyyz, YYXZ = yyxz;
    public readonly L ZZZZ = zzzz, ZZXY = zzxy, ZZYZ = zzyz, ZZXZ = zzxz;
    public readonly L XYXY = xyxy, XYYZ = xyyz, XYXZ = xyxz, YZYZ = yzyz, YZXZ = yzxz, XZXZ = xzxz;
}

/// <summary>Those of <see cref="Stiffness{L}"/> between the pairs XX, YY, ZZ and XZ.</summary>
public readonly struct PlaneStiffness<L>(
    L xxxx, L xxyy, L xxzz, L xxxz, L yyyy, L yyzz, L yyxz, L zzzz, L zzxz, L xzxz) where L : unmanaged
{
    public readonly L XXXX = xxxx, XXYY = xxyy, XXZZ = xxzz, XXXZ = xxxz, YYYY = yyyy, YYZZ = yyzz, YYXZ = yyxz;
    public readonly L ZZZZ = zzzz, ZZXZ = zzxz, XZXZ = xzxz;
}
