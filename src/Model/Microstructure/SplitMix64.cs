namespace MesoLiMg.Model;

/// <summary>
/// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood, Proc. OOPSLA 2014, p. 453).
/// Integer arithmetic, and what is made of it uses only operations that IEEE 754 rounds exactly.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private const int UniformsOfNormal = 12;
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Mean 0, variance 1: the sum of twelve uniform numbers, within six of zero and near to normal without a
    /// logarithm.
    /// </summary>
    public double Normal()
    {
        var sum = -UniformsOfNormal / 2.0;
        for (var i = 0; i < UniformsOfNormal; i++)
            sum += Uniform();
        return sum;
    }

    /// <summary>A point on the circle.</summary>
    public (double X, double Y) OnCircle()
    {
        while (true)
        {
            var (x, y) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            var square = x * x + y * y;
            if (square is > 1e-4 and <= 1)
                return (x / Math.Sqrt(square), y / Math.Sqrt(square));
        }
    }

    /// <summary>
    /// e^x from multiplications and additions alone, |x| ≤ 20: the series of x/1024, squared ten times.
    /// </summary>
    public static double Exp(double x)
    {
        var (small, result) = (x / 1024, 1.0);
        for (var k = 8; k > 0; k--)
            result = 1 + result * small / k;
        for (var i = 0; i < 10; i++)
            result *= result;
        return result;
    }
}
