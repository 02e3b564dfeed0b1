namespace MesoLiMg.Kernels;

/// <summary>V x where lithium can be: summed, the lithium content per c_Mg [m³].</summary>
/// <param name="x">Li per Mg.</param>
/// <param name="conducts">1 where lithium can be, else 0.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
public readonly struct Content(Field<Cell, double> x, Field<Closed, double> conducts, View<double> volume)
    : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        x.At<L>(p) * conducts.At<L>(p.Centre()) * L.Load(volume, p.X + 1);
}

/// <summary>b where lithium can be, else 0.</summary>
/// <param name="b">Field of cells.</param>
/// <param name="conducts">1 where lithium can be, else 0.</param>
public readonly struct ConductingPart(Field<Cell, double> b, Field<Closed, double> conducts) : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        b.At<L>(p) * conducts.At<L>(p.Centre());
}

/// <summary>
/// 1 where lithium can be, at cells and on the body's surface, else 0: where D of the material is above 0.
/// </summary>
/// <param name="table">The largest D by material [m²/s].</param>
/// <param name="group">Material of cells and points on the surface.</param>
/// <param name="conducts">Result.</param>
public readonly struct Conducting(View<double> table, View<int> group, Field<Closed, double> conducts)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double> =>
        conducts.Set(p, L.IfGreater(L.Gather(table, 0, group, p.Index), L.Of(0), L.Of(1), L.Of(0)));
}

/// <summary>D of a cell from its material's.</summary>
/// <param name="table">The largest D by material [m²/s].</param>
/// <param name="group">Material of cells.</param>
/// <param name="diffusivity">Result [m²/s].</param>
public readonly struct DiffusivityOfMaterial(View<double> table, View<int> group, Field<Cell, double> diffusivity)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        diffusivity.Set(p, L.Gather(table, 0, group, p.Index));
}
