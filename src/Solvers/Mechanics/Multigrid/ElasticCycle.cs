using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Multigrid as the preconditioner of the operator on the finest grid.</summary>
internal interface IElasticCycle : IPreconditioner<Node>
{
    /// <summary>Takes over new moduli of the finest grid.</summary>
    void UpdateStiffness();

    /// <summary>Takes over new springs of the finest grid (and moduli, see <see cref="UpdateStiffness"/>).</summary>
    void UpdateSprings();
}

/// <summary>The cycle in double precision.</summary>
internal sealed class DoubleCycle(IDevice device, ElasticLevel<double> finest, HeldFaces held) : IElasticCycle
{
    private readonly Multigrid<double> multigrid = new(device, finest, held);

    public void UpdateStiffness() => multigrid.UpdateStiffness();

    public void UpdateSprings() => multigrid.UpdateSprings();

    public Correction<Node> Apply(Field<Node, double> r)
    {
        multigrid.Apply(r, multigrid.Finest.X);
        return new(multigrid.Finest.X);
    }
}

/// <summary>
/// The cycle in single precision, on numbers without units: lengths over the narrowest cell's width L, moduli over the
/// largest one E, so that neither nanometres nor gigapascals come near the limits of single precision. Conjugate
/// gradients in double precision around it take a few percent more iterations at most.
/// </summary>
internal sealed class SingleCycle : IElasticCycle
{
    private readonly IDevice device;
    private readonly ElasticLevel<double> finest;
    private readonly ElasticLevel<float> single;
    private readonly Multigrid<float> multigrid;
    private readonly double length;
    private double modulus = 1;

    public SingleCycle(IDevice device, ElasticLevel<double> finest, HeldFaces held)
    {
        (this.device, this.finest) = (device, finest);
        var grid = finest.Grid;
        length = grid.Widths.Min(widths => widths.Min());
        var widths = grid.Widths.Select(axis => axis.Select(h => h / length).ToArray()).ToArray();
        single = ElasticLevels.Create<float>(
            device, new GridLevel(device, grid.Kind, widths[0], widths[1], widths[2], grid.Periodic[0],
            grid.Periodic[1]), held);
        single.Punch = finest.Punch;
        multigrid = new Multigrid<float>(device, single, held);
    }

    /// <summary>
    /// Stiffness of springs: E L in three dimensions and in r-z, E for a length of one metre in plane strain.
    /// </summary>
    private double SpringUnit => finest.Grid.Kind is DomainKind.ThreeD or DomainKind.Axisymmetric
        ? modulus * length : modulus;

    public void UpdateStiffness()
    {
        var largest = Math.Max(device.Max(new Element<Cell>(finest.Lame.Lambda), finest.Grid.Cells),
            device.Max(new Element<Cell>(finest.Lame.Mu), finest.Grid.Cells));
        modulus = largest > 0 ? largest : 1;
        device.Convert(finest.Lame.Lambda.AsFlat, single.Lame.Lambda.AsFlat, finest.Grid.Flat(1), 1 / modulus);
        device.Convert(finest.Lame.Mu.AsFlat, single.Lame.Mu.AsFlat, finest.Grid.Flat(1), 1 / modulus);
        multigrid.UpdateStiffness();
    }

    public void UpdateSprings()
    {
        for (var side = 0; side < 2; side++)
        {
            single.HasSprings[side] = finest.HasSprings[side];
            device.Convert(finest.Springs[side].AsFlat, single.Springs[side].AsFlat, FlatBox.Of(finest.SpringsLength),
                1 / SpringUnit);
        }
        multigrid.UpdateSprings();
    }

    public Correction<Node> Apply(Field<Node, double> r)
    {
        var (b, x) = multigrid.Finest;
        device.Convert(r.AsFlat, b.AsFlat, finest.Grid.Flat(finest.Grid.Components), 1 / (SpringUnit * length));
        multigrid.Apply(b, x);
        return new(x, length);
    }
}
