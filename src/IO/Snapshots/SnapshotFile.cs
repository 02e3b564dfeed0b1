using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>What a snapshot says of a field, without its values.</summary>
public sealed record SnapshotFieldInfo(string Name, string Unit, string Description, int Components,
    Hdf5Dataset Dataset)
{
    public bool IsInteger => Dataset.IsInteger;
}

/// <summary>A snapshot that a newer program wrote.</summary>
public sealed class NewerFormatException(string message) : InputException(message);

/// <summary>A snapshot on the disk, of which single fields or planes of fields are read when they are needed.</summary>
public sealed class SnapshotFile : IDisposable
{
    private readonly Hdf5File _file;
    private readonly (long Length, DateTime Changed) _stamp;

    private SnapshotFile(Hdf5File file, (long Length, DateTime Changed) stamp)
    {
        _file = file;
        _stamp = stamp;
        CheckFormat();
        Grid = ReadGrid();
        var boundary = new ClosedGrid(Grid.Film).BoundaryCount;
        Cells = Fields(SnapshotLayout.Cells, components => SnapshotLayout.Shape(Grid.Cells, components));
        Nodes = Fields(SnapshotLayout.Nodes, components => SnapshotLayout.Shape(Grid.Nodes, components));
        Boundary = Fields(SnapshotLayout.Boundary, components => SnapshotLayout.Shape(boundary, components));
        State = Fields(SnapshotLayout.State, shape: null);
        Time = file.GetDouble("/", "time");
        Step = file.GetLong("/", "step");
    }

    /// <summary>The numbers of the state; null in a snapshot that no run made.</summary>
    public SimulationScalars? Scalars => SnapshotState.ReadScalars(_file);

    /// <summary>What the run had noted.</summary>
    public IReadOnlyList<string> Notices => SnapshotState.ReadNotices(_file);

    /// <summary>SHA-256 of the history up to the snapshot.</summary>
    public string HistoryHash => SnapshotState.ReadHistoryHash(_file);

    /// <summary>
    /// SHA-256 and entry of each file that the run read, a line each; empty where nothing is said of them.
    /// </summary>
    public string Inputs => _file.HasAttribute("/", SnapshotLayout.Inputs) ? _file.GetText("/", SnapshotLayout.Inputs)
        : "";

    public string Path => _file.Path;
    public GridShape Grid { get; }
    public double Time { get; }
    public long Step { get; }
    public string CaseText => _file.GetText("/", "case");
    public string ProgramVersion => _file.GetText("/", "program_version");
    public string Commit => _file.GetText("/", "commit");
    public string Device => _file.GetText("/", "device");
    public string Host => _file.GetText("/", "host");
    public string Command => _file.GetText("/", "command");
    public IReadOnlyList<SnapshotFieldInfo> Cells { get; }
    public IReadOnlyList<SnapshotFieldInfo> Nodes { get; }
    public IReadOnlyList<SnapshotFieldInfo> Boundary { get; }
    public IReadOnlyList<SnapshotFieldInfo> State { get; }

    /// <summary>
    /// Opens a snapshot and checks that it is one, whole to the last bit, and of a format that is known.
    /// </summary>
    /// <exception cref="InputException">It is not.</exception>
    public static SnapshotFile Open(string path) => Open(path, checkedAt: null);

    /// <summary>
    /// Opens it once more after it was disposed. Its checksum was found right before, and is looked at again only where
    /// the file's size or time of change is another.
    /// </summary>
    /// <inheritdoc cref="Open(string)"/>
    public SnapshotFile Reopen() => Open(Path, _stamp);

    private static SnapshotFile Open(string path, (long, DateTime)? checkedAt)
    {
        Seal.Require(path);
        var stamp = (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        var file = Hdf5File.OpenRead(path, isChecked: stamp == checkedAt);
        try
        {
            return new(file, stamp);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the snapshots of a run one after the other, each to be closed by the caller, and passes over damaged ones.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="notice">Told of those passed over, one line each.</param>
    /// <exception cref="InputException">There are no snapshots, or none that can be read.</exception>
    public static IEnumerable<SnapshotFile> OpenAll(string folder, Action<string> notice)
    {
        var opened = 0;
        foreach (var file in RunFolder.Snapshots(folder).Select(path => TryOpen(path, notice)).OfType<SnapshotFile>())
        {
            opened++;
            yield return file;
        }
        if (opened == 0)
            throw NoneCanBeRead(folder);
    }

    /// <summary>Opens the last snapshot of a run, or the one before it where that is damaged.</summary>
    /// <inheritdoc cref="OpenAll"/>
    public static SnapshotFile OpenLast(string folder, Action<string> notice) =>
        RunFolder.Snapshots(folder).Reverse().Select(path => TryOpen(path, notice))
            .FirstOrDefault(file => file is not null) ?? throw NoneCanBeRead(folder);

    /// <summary>Opens a snapshot; null when it is damaged.</summary>
    /// <param name="notice">Told of it then, in one line.</param>
    public static SnapshotFile? TryOpen(string path, Action<string> notice)
    {
        try
        {
            return Open(path);
        }
        catch (InputException e)
        {
            notice($"{e.Message}; passed over");
            return null;
        }
    }

    private static InputException NoneCanBeRead(string folder) =>
        new($"none of the snapshots in the folder '{folder}' can be read");

    /// <summary>A whole field.</summary>
    public SnapshotField Read(SnapshotFieldInfo field) =>
        new(field.Name, field.Unit, field.Description, field.Components, _file.Read(field.Dataset));

    /// <summary>Planes of constant z of a field over cells or nodes, into the start of an array of its type.</summary>
    public void ReadPlanes(SnapshotFieldInfo field, long first, long count, Array data) =>
        _file.Read(field.Dataset, first, count, data);

    public Snapshot ReadAll() => new()
    {
        Grid = Grid,
        Time = Time,
        Step = Step,
        CaseText = CaseText,
        ProgramVersion = ProgramVersion,
        Commit = Commit,
        Device = Device,
        Host = Host,
        Command = Command,
        Cells = [.. Cells.Select(Read)],
        Nodes = [.. Nodes.Select(Read)],
        Boundary = [.. Boundary.Select(Read)],
        State = [.. State.Select(Read)],
        Scalars = Scalars,
        Notices = Notices,
        HistoryHash = HistoryHash,
        Inputs = Inputs,
    };

    public void Dispose() => _file.Dispose();

    private void CheckFormat()
    {
        if (!_file.HasAttribute("/", "format") || _file.GetText("/", "format") != SnapshotLayout.Format)
            throw new InputException($"'{Path}' is an HDF5 file, but not a snapshot of mesolimg");
        var version = _file.GetLong("/", "format_version");
        if (version > Snapshot.FormatVersion)
            throw new NewerFormatException(
                $"'{Path}' has snapshot format {version}; this program knows formats up to {Snapshot.FormatVersion}: "
                + $"use a newer one");
        if (!_file.HasAttribute("/", "completed"))
            throw new InputException($"'{Path}' was not completed when it was written");
    }

    private GridShape ReadGrid()
    {
        var word = _file.GetText(SnapshotLayout.Grid, "kind");
        var kind = SnapshotLayout.Kind(word)
            ?? throw new InputException($"'{Path}': the grid's kind '{word}' is not known");
        var cells = _file.GetLongs(SnapshotLayout.Grid, "cells", 3);
        var spacing = _file.GetDoubles(SnapshotLayout.Grid, "spacing", 3);
        if (cells.Any(n => n is < 1 or > int.MaxValue - 2)
            || spacing.Any(h => h is not (> 0 and < double.PositiveInfinity)))
            throw new InputException(
                $"'{Path}': a grid of {string.Join(" x ", cells)} cells with edges of {string.Join(", ", spacing)} m "
                + $"is none");
        var layers = _file.HasAttribute(SnapshotLayout.Grid, SnapshotLayout.Layers)
            ? _file.GetLongs(SnapshotLayout.Grid, SnapshotLayout.Layers, 2) : [0, 0];
        if (layers.Any(n => n < 0) || layers[0] + layers[1] >= cells[2])
            throw new InputException(
                $"'{Path}': layers of {layers[0]} and {layers[1]} planes leave no film of {cells[2]}");
        return new(kind, ((int)cells[0], (int)cells[1], (int)cells[2]), (spacing[0], spacing[1], spacing[2]))
        {
            Layers = ((int)layers[0], (int)layers[1])
        };
    }

    /// <param name="group">Its fields are listed.</param>
    /// <param name="shape">The shape that a field of so many components must have; any list of points when
    /// null.</param>
    private SnapshotFieldInfo[] Fields(string group, Func<int, long[]>? shape)
    {
        if (!_file.Exists(group))
            return [];
        return [.. _file.List(group).Select(name =>
        {
            var path = $"{group}/{name}";
            var dataset = _file.Describe(path);
            var rank = shape is null ? 1 : shape(1).Length;
            var components = dataset.Shape.Length > rank ? (int)dataset.Shape[^1] : 1;
            if (shape is not null && !dataset.Shape.SequenceEqual(shape(components)))
                throw new InputException(
                    $"'{Path}': {path} has shape ({string.Join(", ", dataset.Shape)}), which does not fit the grid");
            return new SnapshotFieldInfo(name, _file.GetText(path, "unit"), _file.GetText(path, "description"),
                components, dataset);
        })];
    }
}
