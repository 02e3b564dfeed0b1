using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Values at the points of a place: one number, a vector or a tensor at each, component after component.
/// </summary>
/// <typeparam name="TPlace">Where the values live.</typeparam>
/// <typeparam name="T">Type of the numbers.</typeparam>
/// <param name="values">The numbers.</param>
/// <param name="layout">Where a point lies among those of one component.</param>
/// <param name="components">Numbers a point: 1, 2 or 3 (<see cref="Component"/>), 6 (<see cref="Pair"/>), ...</param>
public readonly struct Field<TPlace, T>(View<T> values, Layout layout, int components)
    where TPlace : struct, IPlace where T : unmanaged
{
    /// <summary>The numbers: component c of the point with index i is element <c>i + c Layout.Length</c>.</summary>
    public readonly View<T> Values = values;

    /// <summary>Where a point lies among those of one component.</summary>
    public readonly Layout Layout = layout;

    /// <summary>Numbers a point.</summary>
    public readonly int Components = components;

    /// <summary>The value at a point, of a field with one component or of the first one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> => L.Load(Values, p.Index);

    /// <summary>A component at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(in Point<TPlace> p, int component) where L : unmanaged, ILane<L, T> =>
        L.Load(Values, p.Index + component * Layout.Length);

    /// <summary>Writes the value at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<L>(in Point<TPlace> p, L value) where L : unmanaged, ILane<L, T> =>
        L.Store(Values, p.Index, value);

    /// <summary>Writes a component at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<L>(in Point<TPlace> p, int component, L value) where L : unmanaged, ILane<L, T> =>
        L.Store(Values, p.Index + component * Layout.Length, value);

    /// <summary>All numbers, for pointwise kernels.</summary>
    public Field<Flat, T> AsFlat => new(Values, Layout, Components);

    /// <summary>The numbers without their place, for host code that only copies them.</summary>
    public static implicit operator View<T>(Field<TPlace, T> field) => field.Values;
}
