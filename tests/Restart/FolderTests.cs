using System.Diagnostics;
using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// Disks that are full, folders that go, and two runs in one folder: one line, the right exit code, and what was there
/// before is intact.
/// </summary>
public class FolderTests
{
    private const string Plate = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14] }
        interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 20 s } } ]
        output: { every_steps: 2 }
        solver: { time_step: 0.01 s }
        """;

    private const string EveryTwo = "output: { every_steps: 2 }";

    [Fact]
    public void A_file_that_may_not_grow_ends_the_run_with_its_reason_and_keeps_the_snapshots_before()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        var sizes = Whole(folder);
        // The first snapshot fits, the second, with lithium in it, does not. Signals of the limit are ignored, as .NET
        // has it where it can.
        Assert.True(sizes[1] > sizes[0] + 2048, $"{sizes[0]} and {sizes[1]} bytes");
        AssertFull(folder, folder["out"],
            $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f {(sizes[0] + sizes[1]) / 2 / 512}");
    }

    [Fact]
    public void A_disk_that_is_full_ends_the_run_with_its_reason_and_keeps_the_snapshots_before()
    {
        using var folder = new Scratch();
        // Two snapshots only, which the estimate before the run lets pass: they might be just small enough.
        var (sizes, disk) = (Whole(folder, "output: { at_end_of: run }"),
            Directory.CreateDirectory(folder["disk"]).FullName);
        if (Tool.Run("mount", "-t", "tmpfs", "-o", $"size={sizes[0] + sizes[1] / 2 + 40_000}", "tmpfs", disk).Exit != 0)
            return; // Only the administrator of a Linux machine can make a small disk.
        try
        {
            AssertFull(folder, Path.Combine(disk, "out"), ":", then: $"mount -o remount,size=100m '{disk}'");
        }
        finally
        {
            Tool.Run("umount", "-l", disk);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("snapshots")]
    public void A_folder_that_goes_under_a_run_ends_it_in_one_line(string part)
    {
        using var folder = new Scratch();
        using var process = Running(folder);
        Directory.Move(Path.Combine(folder["out"], part), folder["gone"]);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("cannot write", Assert.Single(errors.Trim().Split('\n')));
        Assert.All(RunFolder.SnapshotsOrNone(folder["gone"]), path => SnapshotReader.Read(path));
    }

    [Fact]
    public void A_second_run_in_the_folder_is_refused_and_the_first_goes_on()
    {
        using var folder = new Scratch();
        using var process = Running(folder);
        foreach (string[] arguments in (string[][])[["run", folder["case.yaml"], "-o", folder["out"]],
            ["run", "--resume", folder["out"]], ["run", folder["case.yaml"], "-o", folder["out"], "--fresh"]])
        {
            var (exit, _, errors) = ProgramRun.Call(arguments);
            Assert.Equal(2, exit);
            Assert.Contains("another run or sweep is at work in it", errors);
        }
        var rows = File.ReadAllLines(RunFolder.HistoryPath(folder["out"])).Length;
        while (!process.HasExited && File.ReadAllLines(RunFolder.HistoryPath(folder["out"])).Length < rows + 3)
            Thread.Sleep(10);
        Assert.False(process.HasExited);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sizes of the snapshots of the whole run.</summary>
    private static long[] Whole(Scratch folder, string output = EveryTwo)
    {
        File.WriteAllText(folder["case.yaml"], Plate.Replace("20 s", "0.1 s").Replace(EveryTwo, output));
        Assert.Equal(0, ProgramRun.Call("run", folder["case.yaml"], "-o", folder["whole"], "--threads", "1").Exit);
        return [.. RunFolder.Snapshots(folder["whole"]).Select(path => new FileInfo(path).Length)];
    }

    private static void AssertFull(Scratch folder, string target, string first, string? then = null)
    {
        using var process = ProgramProcess.StartAfter(first, "run", folder["case.yaml"], "-o", target,
            "--threads", "1");
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("cannot write", Assert.Single(errors.Trim().Split('\n')));
        Assert.Equal(0, SnapshotReader.Read(Assert.Single(RunFolder.Snapshots(target))).Step);
        Assert.Empty(Directory.GetFiles(target, ".*.tmp", SearchOption.AllDirectories));

        // With room again the same command goes on.
        if (then is not null)
            Assert.Equal(0, Tool.Run("sh", "-c", then).Exit);
        var (again, _, reason) = ProgramRun.Call("run", folder["case.yaml"], "-o", target);
        Assert.Equal((0, ""), (again, reason));
        Assert.Equal(File.ReadAllText(RunFolder.HistoryPath(folder["whole"])),
            File.ReadAllText(RunFolder.HistoryPath(target)));
    }

    /// <summary>A long run in <c>out</c> that has written some steps.</summary>
    private static Process Running(Scratch folder)
    {
        File.WriteAllText(folder["case.yaml"], Plate);
        var process = ProgramProcess.Start("run", folder["case.yaml"], "-o", folder["out"], "--threads", "1");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!process.HasExited && RunFolder.SnapshotsOrNone(folder["out"]).Count < 3)
            Thread.Sleep(10);
        Assert.False(process.HasExited);
        return process;
    }
}
