using System.Globalization;

namespace MesoLiMg.Model;

/// <summary>Which grain each cell of a grid belongs to, and how the grains lie.</summary>
/// <param name="Grid">Grid.</param>
/// <param name="Grain">Number of the grain of each cell, 1 to the number of grains, x fastest; 0 where there is
/// none.</param>
/// <param name="Orientations">Orientation of grain 1, 2, ...</param>
/// <param name="Axes">The axes along which grains differ from each other (0 = x, 1 = y, 2 = z).</param>
/// <param name="Periodic">Per axis, whether grains go on through the domain's faces.</param>
public sealed record GrainMap(GridShape Grid, int[] Grain, IReadOnlyList<Orientation> Orientations,
    IReadOnlyList<int> Axes, IReadOnlyList<bool> Periodic)
{
    /// <summary>
    /// The plate that is cut out of a case without grains as one grain, its crystal lying along the axes; null where
    /// nothing is cut out.
    /// </summary>
    public static GrainMap? Plate(Case @case)
    {
        if (Hexagon.Of(@case.Domain) is not { } plate)
            return null;
        var (grid, lateral) = (GridShape.Of(@case.Domain), LateralFaces.Of(@case.Domain));
        int[] grain = [.. Enumerable.Repeat(1, checked((int)grid.CellCount))];
        plate.Cut(grain);
        return new(grid, grain, [Orientation.Identity], [0, 1, 2],
            [lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic, false]);
    }

    /// <summary>Whether a case cuts cells out of its box.</summary>
    public static bool IsCut(Case @case) => @case.Domain.Hexagon is not null
        || @case.Microstructure?.Outside == OutsideKind.Void;

    /// <summary>How many grains were asked for and fell between the cells' centres.</summary>
    public int WithoutCells { get; init; }

    /// <summary>Where grains were read from, for people; null where they were made.</summary>
    public string? MapSource { get; init; }

    /// <summary>Where orientations are from, for people; null where nothing was drawn, read or given.</summary>
    public string? OrientationSource { get; init; }

    /// <summary>What a file has that is allowed but probably not meant, each one line with file and line of the
    /// case.</summary>
    public IReadOnlyList<string> FileWarnings { get; init; } = [];

    /// <summary>All that the grains are warned of, each one line.</summary>
    public IReadOnlyList<string> Warnings => Warning is { } lost ? [.. FileWarnings, lost] : FileWarnings;

    /// <summary>Says in one line that grains have no cell; null where all have.</summary>
    public string? Warning => WithoutCells == 0 ? null
        : $"microstructure: {WithoutCells} of {Count + WithoutCells} grains got no cell and are left out: "
            + $"{(Count == 1 ? "1 has some" : $"{Count} have some")}; fewer grains or finer domain.cells keep them";

    /// <summary>Checks that every crystal of a microstructure can stay as flat or round as the domain has it.</summary>
    /// <param name="case">The case that the grains belong to.</param>
    /// <param name="where">Where an entry of the case stands.</param>
    /// <exception cref="InputException">One cannot; the message names it and how it lies. Or a list of the case has
    /// more entries than there are grains.</exception>
    public void RequirePlanar(Case @case, Func<string, string> where)
    {
        if (@case.Microstructure is not { } microstructure)
            return;
        foreach (var (i, grain) in Properties(microstructure, where).Index())
        {
            if (StiffnessTensor.Of(grain, @case.Material) is not { } tensor)
                continue;
            var given = microstructure.Orientations.Count;
            var path = given > 0 ? $"microstructure.orientations.{i % given}" : "microstructure";
            var (phi1, phi, phi2) = Orientations[i].Euler();
            string Degrees(double angle) => (Math.Round(angle * 180 / Math.PI, 3) % 360)
                .ToString("0.###", CultureInfo.InvariantCulture);
            tensor.Turned(Orientations[i])
                .RequirePlanar(@case.Domain.Kind,
                $"{where(path)}: {path}: grain {i + 1}, turned by the Euler angles {Degrees(phi1)}, {Degrees(phi)}, "
                + $"{Degrees(phi2)} deg");
        }
    }

    /// <summary>Number of grains.</summary>
    public int Count => Orientations.Count;

    /// <summary>The properties of grains that differ from the film's, as regions have them.</summary>
    /// <param name="where">Where an entry of the case stands, for messages.</param>
    /// <exception cref="InputException">A list of the case has more entries than there are grains.</exception>
    public IReadOnlyList<RegionCase> Properties(MicrostructureCase microstructure, Func<string, string>? where = null)
    {
        void Check(string list, int entries) => Require(list, entries, where);
        Check("youngs_modulus", microstructure.YoungsModulus.Count);
        Check("poisson_ratio", microstructure.PoissonRatio.Count);
        Check("stiffness", microstructure.Stiffness.Count);
        Check("diffusivity", microstructure.Diffusivity.Count);
        Check("partial_molar_volume", microstructure.PartialMolarVolume.Count);
        Check("diffusivity_ratio", microstructure.DiffusivityRatio.Count);
        Check("classes", microstructure.Classes.Count);
        Check("orientations", microstructure.Orientations.Count);
        return [.. Enumerable.Range(0, Count).Select(grain => new RegionCase
        {
            Grain = grain + 1,
            Orientation = Orientations[grain].AsCase(),
            DiffusivityRatio = InTurn(microstructure.DiffusivityRatio, grain),
            Stiffness = InTurn(microstructure.Stiffness, grain),
            YoungsModulus = InTurn(microstructure.YoungsModulus, grain),
            PoissonRatio = InTurn(microstructure.PoissonRatio.Cast<double?>().ToList(), grain),
            Diffusivity = InTurn(microstructure.Diffusivity, grain),
            PartialMolarVolume = InTurn(microstructure.PartialMolarVolume, grain),
        })];
    }

    private static T? InTurn<T>(IReadOnlyList<T> list, int grain) => list.Count == 0 ? default
        : list[grain % list.Count];

    private void Require(string list, int entries, Func<string, string>? where)
    {
        var path = $"microstructure.{list}";
        if (entries > Count)
            throw new InputException(
                $"{(where is null ? "" : $"{where(path)}: ")}{path}: has {entries} entries, but there "
                + $"{(Count == 1 ? "is 1 grain" : $"are {Count} grains")}");
    }
}
