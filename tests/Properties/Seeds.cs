using FsCheck;
using FsCheck.Fluent;

namespace MesoLiMg.Tests.Properties;

/// <summary>Properties over random numbers, the same ones in every run.</summary>
internal static class Seeds
{
    /// <summary>Checks a property for some seeds; a failure names the seed.</summary>
    public static void ForEach(int count, Action<Random> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20, 7),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => property(new Random(seed))));

    /// <summary>A number between bounds.</summary>
    public static double Between(this Random random, double low, double high) =>
        low + (high - low) * random.NextDouble();

    /// <summary>So many numbers between bounds.</summary>
    public static double[] Many(this Random random, int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Between(low, high))];
}
