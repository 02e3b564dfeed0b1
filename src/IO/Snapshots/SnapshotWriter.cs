using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

public static class SnapshotWriter
{
    /// <summary>Writes a snapshot under its name, whole or not at all.</summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="path">Its file, replaced when it is there.</param>
    /// <param name="compression">Deflate level, 0 to 9.</param>
    /// <exception cref="InputException">Nothing can be written into the folder, or the HDF5 library is
    /// missing.</exception>
    /// <exception cref="RunException">The writing failed on the way.</exception>
    public static void Write(Snapshot snapshot, string path, int compression = 4) => AtomicFile.Write(path, temporary =>
    {
        using var file = Hdf5File.Create(temporary);
        WriteHeader(file, snapshot);
        WriteGrid(file, snapshot.Grid);
        WriteParameters(file, snapshot.Parameters);
        var grid = snapshot.Grid;
        var single = snapshot.Precision == OutputPrecision.Single;
        WriteFields(file, SnapshotLayout.Cells, snapshot.Cells, field =>
            SnapshotLayout.Shape(grid.Cells, field.Components), compression, single);
        WriteFields(file, SnapshotLayout.Nodes, snapshot.Nodes, field =>
            SnapshotLayout.Shape(grid.Nodes, field.Components), compression, single);
        var boundary = new ClosedGrid(grid.Film).BoundaryCount;
        WriteFields(file, SnapshotLayout.Boundary, snapshot.Boundary, field =>
            SnapshotLayout.Shape(boundary, field.Components), compression, single);
        WriteFields(file, SnapshotLayout.State, snapshot.State,
            field => SnapshotLayout.Shape(field.Data.LongLength / field.Components, field.Components), compression,
                single: false);
        if (snapshot.Scalars is { } scalars)
            SnapshotState.Write(file, scalars, snapshot.Notices, snapshot.HistoryHash);
        file.SetAttribute("/", "completed", 1);
        file.Close();
        Seal.Put(temporary);
    });

    private static void WriteHeader(Hdf5File file, Snapshot snapshot)
    {
        file.SetAttribute("/", "format", SnapshotLayout.Format);
        file.SetAttribute("/", "format_version", Snapshot.FormatVersion);
        file.SetAttribute("/", "time", snapshot.Time);
        file.SetAttribute("/", "step", snapshot.Step);
        file.SetAttribute("/", "case", snapshot.CaseText);
        file.SetAttribute("/", "program_version", snapshot.ProgramVersion);
        file.SetAttribute("/", "commit", snapshot.Commit);
        file.SetAttribute("/", "device", snapshot.Device);
        file.SetAttribute("/", "host", snapshot.Host);
        file.SetAttribute("/", "command", snapshot.Command);
        if (snapshot.Inputs.Length > 0)
            file.SetAttribute("/", SnapshotLayout.Inputs, snapshot.Inputs);
    }

    private static void WriteParameters(Hdf5File file, IReadOnlyList<CaseParameter> parameters)
    {
        file.CreateGroup(SnapshotLayout.Case);
        foreach (var parameter in parameters)
        {
            switch (parameter.Value)
            {
                case double number: file.SetAttribute(SnapshotLayout.Case, parameter.Heading, number); break;
                case long number: file.SetAttribute(SnapshotLayout.Case, parameter.Heading, number); break;
                case double[] { Length: > 0 } numbers:
                    file.SetAttribute(SnapshotLayout.Case, parameter.Heading,
                    numbers); break;
                case string text: file.SetAttribute(SnapshotLayout.Case, parameter.Heading, text); break;
            }
        }
    }

    private static void WriteGrid(Hdf5File file, GridShape grid)
    {
        file.CreateGroup(SnapshotLayout.Grid);
        file.SetAttribute(SnapshotLayout.Grid, "kind", SnapshotLayout.Word(grid.Kind));
        file.SetAttribute(SnapshotLayout.Grid, "origin", [grid.Origin.X, grid.Origin.Y, grid.Origin.Z]);
        file.SetAttribute(SnapshotLayout.Grid, "spacing", [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z]);
        file.SetAttribute(SnapshotLayout.Grid, "cells", [(long)grid.Cells.X, grid.Cells.Y, grid.Cells.Z]);
        if (grid.HasLayers)
            file.SetAttribute(SnapshotLayout.Grid, SnapshotLayout.Layers, [(long)grid.Layers.Below, grid.Layers.Above]);
    }

    private static void WriteFields(
        Hdf5File file, string group, IReadOnlyList<SnapshotField> fields, Func<SnapshotField, long[]> shape,
            int compression, bool single)
    {
        file.CreateGroup(group);
        foreach (var field in fields)
        {
            var path = $"{group}/{field.Name}";
            file.Write(path, field.Data, shape(field), compression, single);
            file.SetAttribute(path, "unit", field.Unit);
            file.SetAttribute(path, "description", field.Description);
        }
    }
}
