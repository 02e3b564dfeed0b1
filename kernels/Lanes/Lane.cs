namespace MesoLiMg.Kernels;

/// <summary>
/// One or several neighbouring points along x computed together: a SIMD vector on the host, one number on a GPU.
/// Kernels are written against this interface alone.
/// </summary>
/// <typeparam name="TSelf">The lane type.</typeparam>
/// <typeparam name="T">Type of the numbers in memory and in arithmetic.</typeparam>
public interface ILane<TSelf, T>
    where TSelf : unmanaged, ILane<TSelf, T>
    where T : unmanaged
{
    /// <summary>Points in the lane.</summary>
    static abstract int Width { get; }

    /// <summary>Elements i, i+1, ...</summary>
    static abstract TSelf Load(View<T> view, int i);

    /// <summary>Writes elements i, i+1, ...</summary>
    static abstract void Store(View<T> view, int i, TSelf value);

    /// <summary>Elements i, i+1, ... of a field in single precision, whatever the lane's own is.</summary>
    static abstract TSelf LoadSingle(View<float> view, int i);

    /// <summary>Writes elements i, i+1, ... of a field in single precision, rounded to nearest.</summary>
    static abstract void StoreSingle(View<float> view, int i, TSelf value);

    /// <summary>
    /// Elements <c>offset + map[i], offset + map[i+1], ...</c> (parents, children, tables per grain).
    /// </summary>
    static abstract TSelf Gather(View<T> view, int offset, View<int> map, int i);

    /// <summary>
    /// The sum of lowShare times <c>low + map[i]</c> and highShare times <c>high + map[i]</c>, ...: between two rows.
    /// The shares are the same at all points.
    /// </summary>
    static virtual TSelf GatherBetween(View<T> view, int low, int high, TSelf lowShare, TSelf highShare,
        View<int> map, int i) =>
        TSelf.MulAdd(highShare, TSelf.Gather(view, high, map, i), lowShare * TSelf.Gather(view, low, map, i));

    /// <summary>
    /// For each point the element whose number is <paramref name="index"/>, a whole number (tables in a variable).
    /// </summary>
    static abstract TSelf Lookup(View<T> table, TSelf index);

    /// <summary>Elements i, i+1, ... of an integer field, as numbers.</summary>
    static abstract TSelf LoadInteger(View<int> view, int i);

    /// <summary>The same number at all points.</summary>
    static abstract TSelf Of(double value);

    /// <summary>Element k at all points.</summary>
    static abstract TSelf Uniform(View<T> table, int k);

    /// <summary>Element k of a map that is the same for all points of the lane (rows, planes).</summary>
    static abstract int Integer(View<int> map, int k);

    /// <summary>i, i+1, ... as numbers.</summary>
    static abstract TSelf Ramp(int i);

    static abstract TSelf operator +(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a, TSelf b);
    static abstract TSelf operator *(TSelf a, TSelf b);
    static abstract TSelf operator /(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a);

    /// <summary>a b + c, rounded once on the host at every width.</summary>
    static abstract TSelf MulAdd(TSelf a, TSelf b, TSelf c);
    static abstract TSelf Sqrt(TSelf a);
    static abstract TSelf Abs(TSelf a);

    /// <summary>The largest whole number not above a.</summary>
    static abstract TSelf Floor(TSelf a);
    static abstract TSelf Min(TSelf a, TSelf b);
    static abstract TSelf Max(TSelf a, TSelf b);
    static abstract TSelf Exp(TSelf a);
    static abstract TSelf Log(TSelf a);

    /// <summary><paramref name="yes"/> where a &gt; b, else <paramref name="no"/>.</summary>
    static abstract TSelf IfGreater(TSelf a, TSelf b, TSelf yes, TSelf no);
}
