using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>A named array of a snapshot on the host, SI units.</summary>
/// <param name="Name">Dataset name, docs/files.md.</param>
/// <param name="Unit">SI unit; <c>1</c> for a pure number.</param>
/// <param name="Description">One line.</param>
/// <param name="Components">Components per point: 1, 3 (x, y, z) or 6 (XX YY ZZ XY YZ XZ); the last, fastest axis of
/// the array.</param>
/// <param name="Data"><c>double[]</c> or <c>int[]</c>, z slowest, then y, x, component.</param>
public sealed record SnapshotField(string Name, string Unit, string Description, int Components, Array Data);

/// <summary>
/// A state of a run, complete in itself. <see cref="Cells"/> hold values at cell centres, (nz, ny, nx[, components]);
/// <see cref="Nodes"/> at nodes; <see cref="State"/> what a restart needs, one-dimensional. <see cref="Boundary"/>
/// holds the same fields as <see cref="Cells"/> where real, at the points of the boundary, so that a probe on a face
/// reads the value there: the cell array is thought of as closed by one layer of points that lie <i>on</i> the faces
/// (coordinates 0, h/2, 3h/2, ..., L-h/2, L along each axis that the domain has), with edges and corners; each boundary
/// array lists the points of that closed array which are not cells, z slowest, then y, x.
/// </summary>
public sealed class Snapshot
{
    /// <summary>2: sealed, with the whole state in /state.</summary>
    public const int FormatVersion = 2;

    public required GridShape Grid { get; init; }
    public required double Time { get; init; }
    public required long Step { get; init; }

    /// <summary>The case as text, every default filled in.</summary>
    public required string CaseText { get; init; }

    /// <summary>
    /// The entries of the case one by one, for programs that do not read YAML; written, not read back.
    /// </summary>
    public IReadOnlyList<CaseParameter> Parameters { get; init; } = [];
    public required string ProgramVersion { get; init; }
    public required string Commit { get; init; }
    public required string Device { get; init; }
    public required string Host { get; init; }
    public required string Command { get; init; }

    public required IReadOnlyList<SnapshotField> Cells { get; init; }
    public required IReadOnlyList<SnapshotField> Nodes { get; init; }
    public required IReadOnlyList<SnapshotField> Boundary { get; init; }
    public required IReadOnlyList<SnapshotField> State { get; init; }

    /// <summary>The numbers that belong to <see cref="State"/>; null in a snapshot that no run made.</summary>
    public SimulationScalars? Scalars { get; init; }

    /// <summary>What the run has noted so far, one line each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>
    /// SHA-256 of the history.csv that belongs to the snapshot, its heading and the rows up to its step; empty in a
    /// snapshot that no run made.
    /// </summary>
    public string HistoryHash { get; init; } = "";

    /// <summary>
    /// SHA-256 and entry of each file that the run read, a line each; empty where it read none and in snapshots of
    /// earlier versions.
    /// </summary>
    public string Inputs { get; init; } = "";

    /// <summary>How the fields are stored; the state always in double precision.</summary>
    public OutputPrecision Precision { get; init; } = OutputPrecision.Double;
}
