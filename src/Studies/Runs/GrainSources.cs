using MesoLiMg.Studies.Printing;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Runs;

/// <summary>Says where grains and their orientations are from.</summary>
internal static class GrainSources
{
    /// <summary>A line for a map that was read, and one for orientations.</summary>
    public static void Print(TextWriter output, GrainMap grains, Case @case)
    {
        if (grains.MapSource is { } map)
            People.Say(output, $"grains: {map}");
        if (grains.OrientationSource is { } source)
            People.Say(output,
                $"orientations: {source}{(OrientationEffect.OnGrains(@case) ? "" : " (no property depends on them)")}");
    }
}
