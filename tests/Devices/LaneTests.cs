using System.Numerics;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// Every operation of a host lane gives, element by element and bit by bit, what plain arithmetic gives.
/// </summary>
public abstract class LaneTests<L, T> : IDisposable where L : unmanaged, ILane<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostDevice device = new(1);
    private readonly T[] a = Values(1), b = Values(2), c = Values(3);

    public void Dispose() => device.Dispose();

    [Fact]
    public void Loads_and_stores_are_of_neighbours()
    {
        var view = device.Allocate<T>(40);
        L.Store(view, 3, L.Load(device.Allocate<T>(a), 1));
        Assert.Equal(new T[40].Select((_, k) => k >= 3 && k < 3 + L.Width ? a[k - 2] : T.Zero), device.Download(view));
    }

    [Fact]
    public void Fields_in_single_precision_are_widened_and_rounded()
    {
        var single = Array.ConvertAll(a, value => float.CreateChecked(value));
        AssertEach(L.LoadSingle(device.Allocate<float>(single), 1), k => T.CreateChecked(single[k + 1]));
        var view = device.Allocate<float>(40);
        L.StoreSingle(view, 3, L.Load(device.Allocate<T>(a), 1));
        Assert.Equal(new float[40].Select((_, k) => k >= 3 && k < 3 + L.Width ? single[k - 2] : 0),
            device.Download(view));
    }

    [Fact]
    public void Gathers_go_through_the_map()
    {
        var map = device.Allocate<int>([9, .. Enumerable.Range(0, 16).Select(k => k * 5 % 16)]);
        AssertEach(L.Gather(device.Allocate<T>(a), 2, map, 1), k => a[2 + k * 5 % 16]);
    }

    public static TheoryData<string> Maps =>
        ["halves", "same", "neighbours", "doubles", "triples in the middle", "triples", "falls", "wraps",
        "jumps", "ends"];

    /// <summary>
    /// Maps that rise slowly are read by whole registers, all others element by element, up to the last element of the
    /// array and no matter where the first point is.
    /// </summary>
    [Theory]
    [MemberData(nameof(Maps))]
    public void Gathers_are_the_same_however_fast_the_map_rises(string kind)
    {
        int Entry(int k) => kind switch
        {
            "halves" => k / 2,
            "same" => 3,
            "neighbours" => k,
            "doubles" => 2 * k,
            "triples in the middle" => 2 * k + (k > L.Width / 2 ? 1 : 0),
            "triples" => 3 * k,
            "falls" => 20 - k,
            "wraps" => k == 0 ? 30 : 2 * k - 1,
            "jumps" => k < L.Width - 1 ? k : 2 * L.Width,
            _ => Math.Min(k, 2)
        };
        var map = device.Allocate<int>([5, .. Enumerable.Range(0, L.Width).Select(Entry)]);
        for (var offset = 0; offset < 3; offset++)
        {
            // The array ends with the last element that is needed.
            var last = offset + Enumerable.Range(0, L.Width).Max(Entry);
            T[] values = [.. Enumerable.Range(0, last + 1).Select(k => T.CreateChecked(Math.Sin(k + 1)))];
            var view = device.Allocate<T>(values);
            AssertEach(L.Gather(view, offset, map, 1), k => values[offset + Entry(k)]);
            var (low, high) = (T.CreateChecked(0.3), T.CreateChecked(0.7));
            AssertEach(L.GatherBetween(view, 0, offset, L.Of(0.3), L.Of(0.7), map, 1), k =>
                T.FusedMultiplyAdd(high, values[offset + Entry(k)], low * values[Entry(k)]));
        }
    }

    [Fact]
    public void Lookups_take_the_element_of_each_points_number() =>
        AssertEach(L.Lookup(device.Allocate<T>(a), L.Of(30) - L.Ramp(0)), k => a[30 - k]);

    [Fact]
    public void Integers_become_numbers() =>
        AssertEach(L.LoadInteger(device.Allocate<int>([.. Enumerable.Range(-3, 20)]), 1), k => T.CreateChecked(k - 2));

    [Fact]
    public void Uniform_numbers_are_the_same_at_all_points()
    {
        AssertEach(L.Of(0.1), _ => T.CreateChecked(0.1));
        AssertEach(L.Uniform(device.Allocate<T>(a), 5), _ => a[5]);
    }

    [Fact]
    public void An_entry_of_a_map_is_an_integer() => Assert.Equal(7, L.Integer(device.Allocate<int>([5, 7]), 1));

    [Fact]
    public void Ramps_count_up() => AssertEach(L.Ramp(4), k => T.CreateChecked(4 + k));

    [Fact]
    public void Arithmetic_is_plain()
    {
        AssertEach((x, y, _) => x + y, (x, y, _) => x + y);
        AssertEach((x, y, _) => x - y, (x, y, _) => x - y);
        AssertEach((x, y, _) => x * y, (x, y, _) => x * y);
        AssertEach((x, y, _) => x / y, (x, y, _) => x / y);
        AssertEach((x, _, _) => -x, (x, _, _) => -x);
    }

    [Fact]
    public void MulAdd_rounds_once() => AssertEach(L.MulAdd, T.FusedMultiplyAdd);

    [Fact]
    public void Functions_are_those_of_the_library()
    {
        AssertEach((x, _, _) => L.Sqrt(L.Abs(x)), (x, _, _) => T.Sqrt(T.Abs(x)));
        AssertEach((x, _, _) => L.Floor(x), (x, _, _) => T.Floor(x));
        AssertEach((x, _, _) => L.Exp(x), (x, _, _) => T.CreateChecked(Math.Exp(double.CreateChecked(x))));
        AssertEach((x, _, _) => L.Log(L.Abs(x)), (x, _, _) =>
            T.CreateChecked(Math.Log(double.CreateChecked(T.Abs(x)))));
    }

    [Fact]
    public void Comparisons_choose_point_by_point()
    {
        AssertEach((x, y, _) => L.Min(x, y), (x, y, _) => T.Min(x, y));
        AssertEach((x, y, _) => L.Max(x, y), (x, y, _) => T.Max(x, y));
        AssertEach((x, y, z) => L.IfGreater(x, y, z, x), (x, y, z) => x > y ? z : x);
        AssertEach((x, y, z) => L.IfGreater(x, x, y, z), (_, _, z) => z);
    }

    private static T[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 32).Select(_ => T.CreateChecked(4 * random.NextDouble() - 2))];
    }

    private void AssertEach(Func<L, L, L, L> lane, Func<T, T, T, T> plain)
    {
        L Load(T[] values) => L.Load(device.Allocate<T>(values), 0);
        AssertEach(lane(Load(a), Load(b), Load(c)), k => plain(a[k], b[k], c[k]));
    }

    private void AssertEach(L lane, Func<int, T> expected)
    {
        var view = device.Allocate<T>(L.Width);
        L.Store(view, 0, lane);
        Assert.Equal(Enumerable.Range(0, L.Width).Select(expected), device.Download(view));
    }
}

public sealed class Lane1DoubleTests : LaneTests<Lane1<double>, double>;

public sealed class Lane1SingleTests : LaneTests<Lane1<float>, float>;

public sealed class Lane128DoubleTests : LaneTests<Lane128<double>, double>;

public sealed class Lane128SingleTests : LaneTests<Lane128<float>, float>;

public sealed class Lane256DoubleTests : LaneTests<Lane256<double>, double>;

public sealed class Lane256SingleTests : LaneTests<Lane256<float>, float>;

public sealed class Lane512DoubleTests : LaneTests<Lane512<double>, double>;

public sealed class Lane512SingleTests : LaneTests<Lane512<float>, float>;
