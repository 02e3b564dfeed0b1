namespace MesoLiMg.Model;

/// <summary>An elastic, inert neighbour of the film.</summary>
/// <param name="Thickness">[m]</param>
/// <param name="YoungsModulus">[Pa]</param>
/// <param name="PoissonRatio">ν</param>
public sealed record ElasticLayer(double Thickness, double YoungsModulus, double PoissonRatio);
