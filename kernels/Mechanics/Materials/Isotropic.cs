using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>Lamé's constants λ, μ of cells [Pa]; zero in ghost cells outside the body.</summary>
public readonly struct LameFields<T>(Field<Cell, T> lambda, Field<Cell, T> mu) where T : unmanaged
{
    public readonly Field<Cell, T> Lambda = lambda, Mu = mu;

    /// <summary>λ, μ of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lame<L> At<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T> => new(Lambda.At<L>(p), Mu.At<L>(p));
}

/// <summary>λ and μ at a point [Pa].</summary>
public readonly struct Lame<L>(L lambda, L mu) where L : unmanaged
{
    public readonly L Lambda = lambda, Mu = mu;
}

/// <summary>Hooke's law of isotropic bodies, σ = λ tr(ε - ε*) I + 2 μ (ε - ε*).</summary>
/// <param name="lame">λ, μ of cells [Pa].</param>
public readonly struct Isotropic<T>(LameFields<T> lame) : IMaterial<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Symmetric<L> Stress<L>(in Point<Cell> p, in Symmetric<L> elastic) where L : unmanaged, ILane<L, T> =>
        Stress<L>(lame.At<L>(p), elastic);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InPlane<L> Times<L>(in PlaneStiffness<L> c, in InPlane<L> e) where L : unmanaged, ILane<L, T>
    {
        // λ is C_xxyy and μ is C_xzxz; no stress needs YZ or XY here.
        var s = Stress<L>(new(c.XXYY, c.XZXZ), new(e.XX, e.YY, e.ZZ, L.Of(0), L.Of(0), e.XZ));
        return new(s.XX, s.YY, s.ZZ, s.XZ);
    }

    public Stiffness<L> Tangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var (lambda, mu, o) = (lame.Lambda.At<L>(p), lame.Mu.At<L>(p), L.Of(0));
        var stiff = lambda + mu + mu;
        return new(
            stiff, lambda, lambda, o, o, o, stiff, lambda, o, o, o, stiff, o, o, o, mu, o, o, mu, o, mu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlaneStiffness<L> PlaneTangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var (lambda, mu, o) = (lame.Lambda.At<L>(p), lame.Mu.At<L>(p), L.Of(0));
        var stiff = lambda + mu + mu;
        return new(stiff, lambda, lambda, o, stiff, lambda, o, stiff, o, mu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> Stress<L>(in Lame<L> c, in Symmetric<L> e) where L : unmanaged, ILane<L, T>
    {
        var (two, dilatation) = (c.Mu + c.Mu, c.Lambda * (e.XX + e.YY + e.ZZ));
        return new(
            L.MulAdd(two, e.XX, dilatation), L.MulAdd(two, e.YY, dilatation), L.MulAdd(two, e.ZZ, dilatation),
            c.Mu * e.XY, c.Mu * e.YZ, c.Mu * e.XZ);
    }
}
