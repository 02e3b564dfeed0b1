using MesoLiMg.IO;

namespace MesoLiMg.Tools;

/// <summary>What is written of a snapshot, and how.</summary>
public sealed record VtkOptions
{
    /// <summary>Names of the fields; all of them when empty.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The unit of coordinates and displacement.</summary>
    public LengthUnit Unit { get; init; } = LengthUnit.Metre;

    /// <summary>Displacements added to the coordinates, times this factor; none when null.</summary>
    public double? Warp { get; init; }

    /// <summary>
    /// Cells round the axis of an axisymmetric domain, which is turned to three dimensions; null leaves it in its
    /// plane.
    /// </summary>
    public int? Revolve { get; init; }

    /// <summary>Whether data are compressed by zlib.</summary>
    public bool Compress { get; init; }

    /// <summary>The folder of the files; <c>vtk</c> in that of the run when null.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether points are written one by one, which image data cannot.</summary>
    internal bool IsStructuredGrid => Warp is not null || Revolve is not null;

    /// <summary>The ending of the files.</summary>
    internal string Extension => IsStructuredGrid ? ".vts" : ".vti";
}
