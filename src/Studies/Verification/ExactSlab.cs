using MesoLiMg.Model;

namespace MesoLiMg.Studies.Verification;

/// <summary>Exact diffusion into an empty slab by a constant current, up to the saturation of its surface.</summary>
internal static class ExactSlab
{
    private const int Terms = 2000;

    /// <summary>θ, the mean concentration over that of the full alloy, when the surface becomes full.</summary>
    /// <param name="current">[A/m²]</param>
    /// <param name="height">[m]</param>
    /// <param name="diffusivity">[m²/s]</param>
    /// <param name="saturation">Concentration of the full alloy [mol/m³].</param>
    public static double Utilisation(double current, double height, double diffusivity, double saturation)
    {
        // The surface has c/c_max = load (τ + g(τ)) and the mean load τ, with τ = D t/H²; g lies between 0 and 1/3.
        var load = current * height / (PhysicalConstants.Faraday * diffusivity * saturation);
        var (low, high) = (Math.Max(0, 1 / load - 1.0 / 3), 1 / load);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = load * (middle + SurfaceExcess(middle)) < 1 ? (middle, high) : (low, middle);
        }
        return load * low;
    }

    /// <summary>
    /// Concentration [mol/m³] at a height and a time (Carslaw and Jaeger, Conduction of Heat in Solids, section 3.8).
    /// </summary>
    /// <param name="current">[A/m²]</param>
    /// <param name="height">[m]</param>
    /// <param name="diffusivity">[m²/s]</param>
    /// <param name="z">Height above the closed face [m].</param>
    /// <param name="time">[s]</param>
    public static double Concentration(double current, double height, double diffusivity, double z, double time)
    {
        var (tau, s) = (diffusivity * time / (height * height), z / height);
        var sum = 0.0;
        for (var n = 1; n <= Terms; n++)
            sum += (n % 2 == 0 ? 1 : -1) * Math.Exp(-Math.Pow(n * Math.PI, 2) * tau) / ((double)n * n) * Math.Cos(
                n * Math.PI * s);
        return current * height / (PhysicalConstants.Faraday * diffusivity)
            * (tau + (3 * s * s - 1) / 6 - 2 / Math.Pow(Math.PI, 2) * sum);
    }

    private static double SurfaceExcess(double tau)
    {
        var sum = 0.0;
        for (var n = 1; n <= Terms; n++)
            sum += Math.Exp(-Math.Pow(n * Math.PI, 2) * tau) / ((double)n * n);
        return 1.0 / 3 - 2 / Math.Pow(Math.PI, 2) * sum;
    }
}
