namespace MesoLiMg.Kernels;

/// <summary>β(x) at a cell: the linear strain of taken-up lithium.</summary>
public readonly struct ChemicalStrain(View<double> x, SwellingLaw swelling, View<double> strain) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(strain, p.Index, swelling.Strain(L.Load(x, p.Index), p.Index));
}
