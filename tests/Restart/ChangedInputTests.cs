using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// Files that a case reads belong to its run: other contents are not mixed with what was computed before.
/// </summary>
public class ChangedInputTests
{
    /// <summary>Six cells of two grains from a raw file, D(x) from a table, a profile from an HDF5 file.</summary>
    private const string Film = """
        domain: { kind: plane-strain, size: [30 nm, 20 nm], cells: [3, 2] }
        coupling: none
        material: { diffusivity: { table: d.csv } }
        microstructure: { kind: file, file: grains.raw }
        initial: { x: { file: x.h5, dataset: /x } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.02 s } } ]
        output: { every: 0.01 s }
        """;

    public static TheoryData<string, string> Files => new()
    {
        { "grains.raw", "microstructure.file" }, { "d.csv", "material.diffusivity.table" },
            { "x.h5", "initial.x.file" },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_file_that_has_changed_under_a_run_is_refused_by_its_name(string file, string entry)
    {
        using var run = Prepared();
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"]).Exit);
        CutBack(run["out"]);
        var history = File.ReadAllText(run["out/history.csv"]);
        Change(run, file);
        foreach (string[] arguments in (string[][])[
            ["run", run["film.yaml"], "-o", run["out"]], ["run", "--resume", run["out"]]])
        {
            AssertRefused(Call(arguments), run[file], entry);
            // Also where only the snapshot knows: run.json was damaged.
            File.WriteAllText(run["out/run.json"], "{");
        }
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"], "--fresh").Exit);
    }

    [Fact]
    public void A_finished_run_of_other_contents_is_not_called_finished()
    {
        using var run = Prepared();
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"]).Exit);
        Assert.Contains("is finished", Call("run", run["film.yaml"], "-o", run["out"]).Output);
        Change(run, "d.csv");
        AssertRefused(Call("run", run["film.yaml"], "-o", run["out"]), run["d.csv"], "material.diffusivity.table");
    }

    [Fact]
    public void The_same_contents_written_again_are_gone_on_with_to_the_same_bits()
    {
        using var run = Prepared();
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"]).Exit);
        var history = File.ReadAllText(run["out/history.csv"]);
        CutBack(run["out"]);
        foreach (var file in new[] { "grains.raw", "d.csv", "x.h5" })
            File.WriteAllBytes(run[file], File.ReadAllBytes(run[file]));
        Assert.Equal((0, ""), Call("run", run["film.yaml"], "-o", run["out"]) is var (exit, _, errors) ? (exit, errors)
            : default);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
    }

    [Fact]
    public void The_run_and_its_snapshots_tell_what_the_files_held()
    {
        using var run = Prepared();
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"]).Exit);
        var expected = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(run["grains.raw"])));
        using var json = JsonDocument.Parse(File.ReadAllText(run["out/run.json"]));
        var entry = json.RootElement.GetProperty("inputs").GetProperty("microstructure.file");
        Assert.Equal((run["grains.raw"], expected),
            (entry.GetProperty("file").GetString(), entry.GetProperty("sha256").GetString()));
        Assert.Contains($"{expected}  microstructure.file",
            SnapshotReader.Read(RunFolder.Snapshots(run["out"])[^1]).Inputs.Split('\n'));
        Assert.Contains(expected, Call("info", run["out"]).Output);
    }

    [Fact]
    public void A_snapshot_of_an_earlier_version_is_gone_on_with_and_the_run_says_what_it_takes_for_granted()
    {
        using var run = Prepared();
        Assert.Equal(0, Call("run", run["film.yaml"], "-o", run["out"]).Exit);
        var history = File.ReadAllText(run["out/history.csv"]);
        CutBack(run["out"]);
        File.Delete(run["out/run.json"]);
        foreach (var path in RunFolder.Snapshots(run["out"]))
            WriteAsBefore(path);
        var (exit, output, errors) = Call("run", run["film.yaml"], "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("does not say what", output);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
    }

    [Fact]
    public void A_sweep_does_not_mix_points_of_two_contents()
    {
        using var run = Prepared();
        string[] sweep = ["sweep", run["film.yaml"], "-o", run["sweep"], "--vary",
            "protocol.0.plate.current=0.5mA/cm^2"];
        Assert.Equal(0, Call(sweep).Exit);
        var table = File.ReadAllText(run["sweep/sweep.csv"]);
        Change(run, "grains.raw");
        var refused = Call([.. sweep[..^1], "protocol.0.plate.current=0.5mA/cm^2,1mA/cm^2"]);
        Assert.Equal(2, refused.Exit);
        Assert.Contains($"'{run["grains.raw"]}' (microstructure.file) has changed since the run in '",
            Assert.Single(refused.Errors.Trim().Split('\n')));
        Assert.Equal(table, File.ReadAllText(run["sweep/sweep.csv"]));
        Assert.Single(Directory.GetDirectories(run["sweep/runs"]));
    }

    [Fact]
    public void A_study_does_not_mix_levels_of_two_contents()
    {
        using var run = Prepared();
        string[] study = ["converge", run["film.yaml"], "--time", "-o", run["study"], "--set", "solver.time_step=0.01s",
            "--set", "output.every=0.02s"];
        Assert.Equal(0, Call(study).Exit);
        Directory.Delete(run["study/level_3"], recursive: true);
        Change(run, "d.csv");
        var refused = Call(study);
        Assert.Equal(2, refused.Exit);
        Assert.Contains($"'{run["d.csv"]}' (material.diffusivity.table) has changed since the run in "
            + $"'{run["study/level_1"]}' read it", Assert.Single(refused.Errors.Trim().Split('\n')));
        Assert.False(Directory.Exists(run["study/level_3"]));
    }

    private static (int Exit, string Output, string Errors) Call(params string[] arguments) =>
        ProgramRun.Call([.. arguments, .. arguments[0] is "info" ? Array.Empty<string>() : ["--threads", "1"]]);

    private static void AssertRefused((int Exit, string Output, string Errors) call, string file, string entry)
    {
        Assert.Equal(2, call.Exit);
        var line = Assert.Single(call.Errors.Trim().Split('\n'));
        Assert.StartsWith($"'{file}' ({entry}) has changed since ", line);
        Assert.Contains("--fresh", line);
        Assert.Contains("another folder", line);
    }

    private static ProgramRun Prepared()
    {
        var run = new ProgramRun();
        run.Write("film.yaml", Film);
        run.Write("d.csv", "x, D [cm^2/s]\n0, 1e-11\n1, 2e-11\n");
        File.WriteAllBytes(run["grains.raw"], [1, 1, 2, 2, 2, 2]);
        WriteProfile(run, 0.01);
        return run;
    }

    private static void WriteProfile(ProgramRun run, double x)
    {
        using var file = Hdf5File.Create(run["x.h5"]);
        file.Write("/x", Enumerable.Repeat(x, 6).ToArray(), [2, 1, 3], compression: 0);
        file.Close();
    }

    /// <summary>Another content of the same length where that is possible.</summary>
    private static void Change(ProgramRun run, string file)
    {
        if (file == "grains.raw")
            File.WriteAllBytes(run[file], [1, 2, 2, 2, 2, 2]);
        else if (file == "d.csv")
            run.Write(file, File.ReadAllText(run[file]).Replace("2e-11", "3e-11"));
        else
            WriteProfile(run, 0.02);
    }

    private static void CutBack(string folder)
    {
        File.Delete(RunFolder.Snapshots(folder)[^1]);
        File.WriteAllText(RunFolder.SummaryPath(folder),
            File.ReadAllText(RunFolder.SummaryPath(folder)).Replace("finished", "running"));
    }

    /// <summary>Writes a snapshot without what this version has added.</summary>
    private static void WriteAsBefore(string path)
    {
        var now = SnapshotReader.Read(path);
        SnapshotWriter.Write(
            new()
            {
                Grid = now.Grid,
                Time = now.Time,
                Step = now.Step,
                CaseText = now.CaseText,
                ProgramVersion = now.ProgramVersion,
                Commit = now.Commit,
                Device = now.Device,
                Host = now.Host,
                Command = now.Command,
                Cells = now.Cells,
                Nodes = now.Nodes,
                Boundary = now.Boundary,
                State = now.State,
                Scalars = now.Scalars,
                Notices = now.Notices,
                HistoryHash = now.HistoryHash,
            }, path);
    }
}
