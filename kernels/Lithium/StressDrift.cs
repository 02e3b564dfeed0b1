using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// The flux with stress, J = -D c_Mg (∇x + (x/Γ) ∇m), m = μ_mech/(RT): through the low face of a cell from a (below) to
/// b
/// F = T [C (x_a - x_b) - x̄ Δ], Δ = (m_b - m_a)/Γ, x̄ the mean of both cells and C = 1 + Δ²/12: exponential fitting
/// (Scharfetter and Gummel, IEEE Trans. Electron Devices 16 (1969) 64) to fourth order in Δ, which keeps x from
/// becoming
/// negative for any Δ since C ≥ |Δ|/2. Linearised about x as T_eff (x_a - x_b) + G with m rising as ℓ x.
/// </summary>
/// <param name="transmissibility">T of Fick's law [m³/s].</param>
/// <param name="x">Li per Mg of cells and periodic ghosts; likewise the next three.</param>
/// <param name="m">μ_mech/(RT) (<see cref="MechanicalPotential"/>).</param>
/// <param name="inverseGamma">1/Γ (ThermodynamicFactor.cs).</param>
/// <param name="stiffness">ℓ (<see cref="CouplingStiffness"/>).</param>
/// <param name="effective">Result: T_eff [m³/s].</param>
/// <param name="drift">Result: G [m³/s].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
public readonly struct StressDrift(
    Field<Face, double> transmissibility, Field<Cell, double> x, Field<Cell, double> m,
    Field<Cell, double> inverseGamma, Field<Cell, double> stiffness, Field<Face, double> effective,
        Field<Face, double> drift, int stride)
    : IKernel<Face, double>
{
    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.CellBelow(stride), p.CellAbove());
        var (t, half) = (transmissibility.At<L>(p), L.Of(0.5));
        var (xa, xb) = (x.At<L>(a), x.At<L>(b));
        var inverse = half * (inverseGamma.At<L>(a) + inverseGamma.At<L>(b));
        // Iterates may pass below zero; the system that T_eff makes must stay positive definite.
        var mobility = half * L.Max(xa + xb, L.Of(0)) * inverse;
        var rise = m.At<L>(b) - m.At<L>(a);
        var delta = rise * inverse;
        var local = mobility * half * (stiffness.At<L>(a) + stiffness.At<L>(b));
        effective.Set(p, t * (L.MulAdd(delta * delta, L.Of(1.0 / 12), L.Of(1)) + local));
        drift.Set(p, t * (local * (xb - xa) - mobility * rise));
    }
}

/// <summary>y ← y + τ Σ_axes (G - G_next): what drift brings to a cell [m³], G at low faces [m³/s].</summary>
/// <param name="drift">G across each axis.</param>
/// <param name="y">Field to add to.</param>
/// <param name="tau">τ [s].</param>
public readonly struct AddDrift(FaceFields drift, Field<Cell, double> y, double tau) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var inPlane = Net<L>(drift.X, p, 1) + Net<L>(drift.Y, p, y.Layout.StrideY);
        y.Set(p, L.MulAdd(L.Of(tau), inPlane + Net<L>(drift.Z, p, y.Layout.StrideZ), y.At<L>(p)));
    }

    // Along an axis that the domain lacks the next face is the face itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Net<L>(in Field<Face, double> g, in Point<Cell> p, int stride)
        where L : unmanaged, ILane<L, double> =>
        g.At<L>(p.LowFace()) - g.At<L>(p.HighFace(stride));
}
