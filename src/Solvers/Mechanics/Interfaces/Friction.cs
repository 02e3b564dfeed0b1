using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Friction with its memory, the slip of the nodes. Where τ_max follows a normal traction that is not given (the
/// collector, a punch) it is held during Newton's iteration, which so stays symmetric and convex, and moved after it.
/// </summary>
public sealed class FrictionSide : TractionSide<FrictionTraction>
{
    private readonly Friction law;
    private (double Stick, double Slip)? areas;

    /// <summary>A side that has not slipped yet.</summary>
    public FrictionSide(Friction law, FilmSide side) : base(side)
    {
        this.law = law;
        Follows = law.Coefficient > 0 && !side.HasGivenPressure;
        (Slip, Bound) = (side.NewField(2), side.NewField(1));
        var bound = law.Cohesion + law.Coefficient * Math.Max(0, side.Case.Pressure);
        side.Device.Upload<double>(Enumerable.Repeat(bound, Bound.Layout.Length).ToArray(), Bound);
        State =
        [
            new($"slip_{side.Name}", "m", "slip of the interface's nodes, x then y", Slip),
            .. Follows ? (StateField[])[BoundState] : [],
        ];
        Columns =
        [
            .. side.High ? (TermValue[])[new("slip_fraction_se", () => Areas.Slip / (Areas.Slip + Areas.Stick))] : [],
            new($"stick_area_{side.Name}", () => Areas.Stick),
            new($"slip_area_{side.Name}", () => Areas.Slip),
        ];
    }

    /// <summary>Slip of the nodes, components x, y [m].</summary>
    public Field<Side, double> Slip { get; }

    /// <summary>τ_max of the nodes [Pa].</summary>
    public Field<Side, double> Bound { get; }

    /// <inheritdoc/>
    public override bool Follows { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<StateField> State { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<TermValue> Columns { get; }

    /// <inheritdoc/>
    protected override FrictionTraction Law => new(Slip, Bound, law.Stiffness);

    private StateField BoundState =>
        new($"friction_bound_{Side.Name}", "Pa", "largest tangential traction of the interface's nodes", Bound);

    /// <summary>The areas that stick and slip.</summary>
    private (double Stick, double Slip) Areas => areas ??= Measure();

    /// <summary>The columns of all sides with friction.</summary>
    public static IReadOnlyList<HistoryColumn> ColumnsOf(DomainKind kind)
    {
        // Per metre of the strip, and a share of the slab.
        var unit = kind switch { DomainKind.Slab => "-", DomainKind.PlaneStrain => "m", _ => "m^2" };
        return
        [
            new("slip_fraction_se", "-", "share of the SE side that slips"),
            new("stick_area_se", unit, "area of the SE side that friction holds"),
            new("slip_area_se", unit, "area of the SE side that slips"),
            new("stick_area_collector", unit, "area of the collector side that friction holds"),
            new("slip_area_collector", unit, "area of the collector side that slips"),
        ];
    }

    /// <inheritdoc/>
    public override void AddResidual(Field<Node, double> u, Field<Node, double> r)
    {
        areas = null;
        base.AddResidual(u, r);
    }

    /// <inheritdoc/>
    public override void Follow(in NodalForces forces)
    {
        var (sign, areasOfNodes) = (Side.High ? -1.0 : 1.0, Side.Areas);
        Side.Device.Launch(
            new CoulombBound(forces.Internal, forces.Eigen, Bound, areasOfNodes, sign, law.Cohesion, law.Coefficient),
            Side.Nodes);
    }

    /// <inheritdoc/>
    public override void Accept(Field<Node, double> u) =>
        Side.Device.Launch(new UpdateSlip(u, Slip, Traction, Side.Free, law.Stiffness), Side.Nodes);

    private (double Stick, double Slip) Measure()
    {
        var grid = Side.Grid;
        // A slab is computed as a column of some width.
        var extent = grid.Kind == DomainKind.Slab ? grid.Widths[0][0] : 1;
        var unit = (grid.Kind == DomainKind.Axisymmetric ? 2 * Math.PI : 1) / extent;
        var slips = Side.Device.Sum(new SlippingArea(Traction, Bound, Side.Areas), Side.Nodes);
        return ((Side.Device.Sum(new NodeArea(Side.Areas), Side.Nodes) - slips) * unit, slips * unit);
    }
}
