namespace MesoLiMg.Tests.Lithium;

/// <summary>
/// A slab 0 &lt; z &lt; H, empty at first, with a constant flux through z = H and none through z = 0 (Carslaw and
/// Jaeger, Conduction of Heat in Solids, section 3.8). Lithium per magnesium.
/// </summary>
/// <param name="Inflow">i/(F c_Mg) [m/s].</param>
internal sealed record CarslawJaeger(double Height, double Diffusivity, double Inflow)
{
    private const double Faraday = 96485.33212331001, Magnesium = 71508;

    public static CarslawJaeger Of(double height, double diffusivity, double current) =>
        new(height, diffusivity, current / (Faraday * Magnesium));

    public double At(double z, double time)
    {
        var (rate, s) = (Diffusivity * Math.PI * Math.PI / (Height * Height), z / Height);
        // Terms beyond exp(-40) are below rounding.
        var terms = (int)Math.Sqrt(40 / (rate * time)) + 1;
        var series = 0.0;
        for (var n = terms; n >= 1; n--)
            series += (n % 2 == 0 ? 1 : -1) / (double)((long)n * n) * Math.Exp(-rate * n * n * time) * Math.Cos(
                n * Math.PI * s);
        return Inflow * (time / Height
            + Height / Diffusivity * ((3 * s * s - 1) / 6 - 2 / (Math.PI * Math.PI) * series));
    }

    /// <summary>When x at z = H reaches a value.</summary>
    public double TimeToReach(double surface)
    {
        var (low, high) = (1e-12, surface * Height / Inflow);
        while (high - low > 1e-14 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = At(Height, middle) < surface ? (middle, high) : (low, middle);
        }
        return high;
    }
}
