using System.Diagnostics;
using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tests.Support;
using MesoLiMg.Tools;

namespace MesoLiMg.Tests.Files;

/// <summary>An export that is ended on the way leaves whole files only.</summary>
public class InterruptedExportTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatWasBegunIsRemovedAndWhatIsWholeStays(bool compress)
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => VtkExport.Export(run, _ => source.Cancel(), options: new() { Compress = compress },
            cancel: source.Token));
        Assert.Equal(["run.pvd", "run_00000000.vti"], Written(run));
    }

    [Fact]
    public void NoPartOfAVtkHdfIsLeft()
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        Assert.ThrowsAny<OperationCanceledException>(
            () => VtkHdfFile.Export([run], cancel: new CancellationToken(canceled: true)));
        Assert.Empty(Written(run));
    }

    [Fact]
    public void TheNextExportRemovesWhatProcessesThatAreGoneHadBegun()
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        Directory.CreateDirectory(Path.Combine(run, "vtk"));
        // No system numbers its processes so high.
        var alive = Process.GetCurrentProcess().Id == 1 ? 2 : 1;
        foreach (var id in new[] { 999_999_999, Environment.ProcessId, alive })
            File.WriteAllText(Path.Combine(
                run, "vtk", string.Create(CultureInfo.InvariantCulture, $".run_00000000.vts.{id}.tmp")), "");
        VtkExport.Export(run);
        Assert.Equal(OperatingSystem.IsWindows() ? [] : [$".run_00000000.vts.{alive}.tmp"], Written(run)
            .Where(name => name.EndsWith(".tmp", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [InlineData("-HUP")]
    [InlineData("-USR1")]
    public async Task ASignalEndsTheProgramWithTheCodeOfAnInterruption(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        File.WriteAllText(RunFolder.SummaryPath(run), """{ "status": "running" }""");
        using var claim = RunFolder.Claim(run);
        using var process = ProgramProcess.Start("export", run, "--watch");
        // Within a minute, or the check below fails.
        var collection = Path.Combine(run, "vtk", "run.pvd");
        for (var i = 0; i < 600
            && !(File.Exists(collection) && File.ReadAllText(collection).Contains("run_00000001.vti")); i++)
            await Task.Delay(100);
        Process.Start("kill", [signal, $"{process.Id}"])!.WaitForExit();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((3, $"interrupted; 2 files are whole in {Path.Combine(run, "vtk")}"),
            (process.ExitCode, errors.Trim()));
        Assert.Equal(["run.pvd", "run_00000000.vti", "run_00000001.vti"], Written(run));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(1.0, null)]
    [InlineData(null, 12)]
    public void TheSizeOfAFileIsKnownBeforeItIsWritten(double? warp, int? revolve)
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        var options = new VtkOptions { Warp = warp, Revolve = revolve };
        using var snapshot = SnapshotFile.Open(folder["s.h5"]);
        VtkFile.Write(snapshot, folder["s.vt"], options);
        // Beside the data there are the header and the lengths of the arrays.
        Assert.InRange(new FileInfo(folder["s.vt"]).Length - VtkFile.Bytes(snapshot, options), 0, 10_000);
    }

    [Fact]
    public void FilesThatTheDiskCannotHoldAreRefusedWithBothNumbers()
    {
        DiskSpace.Require(1000, 1000, "vtk");
        DiskSpace.Require(1000, null, "vtk");
        Assert.StartsWith("the files to write are 2,500.0 GB, and the disk of 'vtk' has 1.5 GB free; ",
            Assert.Throws<InputException>(() => DiskSpace.Require(2_500_000_000_000, 1_500_000_000, "vtk")).Message);
        Assert.True(DiskSpace.Free(Path.GetTempPath()) > 0);
    }

    private static string[] Written(string run) =>
        Directory.Exists(Path.Combine(run, "vtk"))
            ? [.. Directory.GetFiles(Path.Combine(run, "vtk")).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)] : [];
}
