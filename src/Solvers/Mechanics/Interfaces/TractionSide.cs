using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// A law by which the side takes a tangential traction that follows from the displacement of its nodes.
/// </summary>
/// <param name="side">The side.</param>
public abstract class TractionSide<TLaw>(FilmSide side) : SideLaw, INonlinearTerm
    where TLaw : struct, ITangentialLaw
{
    /// <summary>t of the nodes at the displacement last looked at, components x, y [Pa].</summary>
    public Field<Side, double> Traction { get; } = side.NewField(2);

    /// <inheritdoc/>
    public override INonlinearTerm Term => this;

    /// <inheritdoc/>
    public virtual Tangent Tangent => Tangent.Symmetric;

    /// <inheritdoc/>
    public virtual bool Follows => false;

    /// <inheritdoc/>
    public virtual IReadOnlyList<StateField> State => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<TermValue> Columns => [];

    /// <summary>The side.</summary>
    protected FilmSide Side { get; } = side;

    /// <summary>The traction of a node, for kernels.</summary>
    protected abstract TLaw Law { get; }

    /// <inheritdoc/>
    public virtual void AddResidual(Field<Node, double> u, Field<Node, double> r) =>
        Side.Device.Launch(new AddInterfaceForce<TLaw>(Law, u, Traction, r, Side.Areas, Side.Free), Side.Nodes);

    /// <inheritdoc/>
    public void Linearise(Field<Node, double> u, ElasticLevel<double> tangent)
    {
        var springs = tangent.Springs[Side.High ? 1 : 0];
        Side.Device.Launch(new LineariseInterface<TLaw>(Law, u, springs, Side.Areas, Side.Free), Side.Nodes);
        tangent.HasSprings[Side.High ? 1 : 0] = true;
    }

    /// <inheritdoc/>
    public virtual void Follow(in NodalForces forces)
    {
    }

    /// <inheritdoc/>
    public virtual void Accept(Field<Node, double> u)
    {
    }

    /// <inheritdoc/>
    public override void Close(IFaceStress face)
    {
        face.SetPressure();
        face.SetShear(Traction);
    }
}
