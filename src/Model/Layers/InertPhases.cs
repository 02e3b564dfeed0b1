using System.Globalization;

namespace MesoLiMg.Model;

/// <summary>
/// Phases of a case that hold no lithium, so that x and potentials do not exist there: meshed layers, and regions
/// without diffusivity.
/// </summary>
public static class InertPhases
{
    /// <summary>
    /// Phase ids of the layers below and above the film, whether there are any or not: those after the film's own and
    /// the regions'.
    /// </summary>
    public static (int Below, int Above) OfLayers(Case @case)
    {
        var last = @case.Regions.Select(region => region.Phase).DefaultIfEmpty(0).Max();
        return (last + 1, last + 2);
    }

    /// <summary>
    /// Inert phases and what people call them, such as <c>layer (411 GPa)</c> and <c>phase 1</c>. A phase of which only
    /// some regions are inert is none of them.
    /// </summary>
    public static IReadOnlyDictionary<int, string> Of(Case @case)
    {
        var found = @case.Regions.GroupBy(region => region.Phase)
            .Where(same => same.Key != 0 && same.All(region => region.Diffusivity is null or { IsZero: true }))
            .ToDictionary(same => same.Key, same => $"phase {same.Key}");
        var (below, above) = OfLayers(@case);
        foreach (var (phase, side) in new[] { (below, @case.Interfaces.Collector), (above, @case.Interfaces.Se) })
            if (side.Layer is { } layer)
                found[phase] = $"layer ({(layer.YoungsModulus * 1e-9).ToString("G4", CultureInfo.InvariantCulture)} "
                    + $"GPa)";
        return found;
    }
}
