namespace MesoLiMg.Model;

/// <summary>Files of grain maps.</summary>
internal sealed partial class CaseRules
{
    /// <summary>A format that is said or known by its ending, and entries that go with it.</summary>
    private void CheckMapFile(string path, MicrostructureCase grains)
    {
        if (MapFormats.Of(grains) is not { } format)
        {
            throw Fail($"{path}.file",
                $"{Words.Quote(Path.GetFileName(grains.File!))} has no ending that is known: {MapFormats.Known}; "
                + "say the format in microstructure.format, for raw integers format: raw and their type, such as type: "
                    + "uint16");
        }
        string word = CaseSchema.Word(format);
        if (format != MapFormat.Raw)
        {
            foreach (string key in new[] { "type", "byte_order", "voxels" })
                Refuse($"{path}.{key}", $"goes with format: raw; a file of the format {word} says it itself");
        }
        if (format is not (MapFormat.Hdf5 or MapFormat.Vti))
        {
            Refuse($"{path}.dataset",
                $"goes with the formats hdf5 and vti; a file of the format {word} has no datasets");
            Refuse($"{path}.angle_unit",
                $"goes with the formats hdf5 and vti; a file of the format {word} "
                + $"{(format == MapFormat.Tesr ? "says its descriptor and has degrees" : "has no angles")}");
        }
        if (grains.Voxels is { } voxels) CheckVoxels($"{path}.voxels", voxels);
    }

    private void CheckVoxels(string path, IReadOnlyList<int> voxels)
    {
        IReadOnlyList<int> cells = @case.Domain.Cells;
        if (voxels.Count != cells.Count) throw Fail(path,
            $"expected {cells.Count} number{(cells.Count == 1 ? "" : "s")} ({Axes}), read {voxels.Count}");
        if (voxels.Zip(cells).Any(pair => pair.Second % pair.First != 0))
            throw Fail(path,
                $"domain.cells, {string.Join(" x ", cells)}, are no whole multiples of {string.Join(" x ", voxels)} "
                + "voxels");
    }
}
