using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The classes of the tangential laws by those of the case: a further one is a line here.</summary>
public static class SideLaws
{
    private static readonly Kind[] All =
    [
        For<Bonded>((_, _) => new BondedSide()),
        For<Spring>((law, side) => new SpringSide(law, side)),
        For<Friction>((law, side) => new FrictionSide(law, side), FrictionSide.ColumnsOf),
        For<Frictionless>((_, _) => new FrictionlessSide()),
        For<Layer>((law, side) => new LayerSide(Of(law.FarSide, side))),
    ];

    /// <summary>The law of a side.</summary>
    public static SideLaw Of(FilmSide side) => Of(side.Case.Tangential, side);

    /// <summary>The columns of history.csv that laws have, for a kind of domain.</summary>
    public static IEnumerable<HistoryColumn> ColumnsOf(DomainKind kind) => All.SelectMany(law => law.ColumnsOf(kind));

    private static SideLaw Of(InterfaceLaw law, FilmSide side) =>
        All.Single(kind => kind.Law == law.GetType()).Create(law, side);

    private static Kind For<TLaw>(
        Func<TLaw, FilmSide, SideLaw> create, Func<DomainKind, IReadOnlyList<HistoryColumn>>? columnsOf = null)
        where TLaw : InterfaceLaw =>
        new(typeof(TLaw), (law, side) => create((TLaw)law, side), columnsOf ?? (_ => []));

    /// <param name="Law">The law of the case.</param>
    /// <param name="Create">What it does to a side.</param>
    /// <param name="ColumnsOf">What it reports, for a kind of domain.</param>
    private sealed record Kind(
        Type Law, Func<InterfaceLaw, FilmSide, SideLaw> Create,
        Func<DomainKind, IReadOnlyList<HistoryColumn>> ColumnsOf);
}
