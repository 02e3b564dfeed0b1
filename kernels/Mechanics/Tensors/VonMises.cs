using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>Invariants of a stress.</summary>
public static class Invariants
{
    /// <summary>σ_h = tr σ/3</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Hydrostatic<L, T>(in Symmetric<L> s) where L : unmanaged, ILane<L, T> where T : unmanaged =>
        (s.XX + s.YY + s.ZZ) * L.Of(1.0 / 3);

    /// <summary>σ_vM = sqrt(3/2 s:s), s = σ - σ_h I (von Mises, Nachr. Ges. Wiss. Göttingen (1913) 582).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L VonMises<L, T>(in Symmetric<L> s) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var mean = Hydrostatic<L, T>(s);
        var (a, b, c) = (s.XX - mean, s.YY - mean, s.ZZ - mean);
        // Products that change places when the film is turned by a quarter are rounded alike.
        var shears = L.MulAdd(s.XY, s.XY, s.YZ * s.YZ + s.XZ * s.XZ);
        return L.Sqrt(L.Of(1.5) * (L.MulAdd(c, c, a * a + b * b) + (shears + shears)));
    }
}

/// <summary>σ_h and σ_vM of a stress, at cells and on the surface of the body.</summary>
/// <param name="stress">σ, six components [Pa].</param>
/// <param name="vonMises">Result: σ_vM [Pa].</param>
/// <param name="sigmaH">Result: σ_h [Pa].</param>
public readonly struct StressInvariants(
    Field<Closed, double> stress, Field<Closed, double> vonMises, Field<Closed, double> sigmaH)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var s = stress.TensorAt<L, Closed, double>(p);
        sigmaH.Set(p, Invariants.Hydrostatic<L, double>(s));
        vonMises.Set(p, Invariants.VonMises<L, double>(s));
    }
}
