using System.CommandLine;
using System.Text.Json;
using MesoLiMg.Cli.Commands;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using Xunit;

namespace MesoLiMg.Tests.Files;

public class CommandTests
{
    [Fact]
    public void ProbePrintsFieldsWithUnits()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, (_, _, _, _) => 2e9), folder["s.h5"]);
        var (exit, output, _) = Run(ProbeCommand.Create(), folder["s.h5"], "--points", "0,140;50,70");
        Assert.Equal(0, exit);
        Assert.Contains("r,z = 50, 70 nm", output);
        Assert.Matches(@"von_mises +MPa +2000 +2000", output);
        Assert.Matches(@"stress XZ +MPa +2000 +2000", output);
    }

    [Fact]
    public void ProbePrintsALineAsRowsOfPoints()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Slab, (_, _, z, _) => z), folder["s.h5"]);
        var (exit, output, _) = Run(ProbeCommand.Create(), folder["s.h5"], "--line", "0;0.14;141", "--unit", "um");
        Assert.Equal(0, exit);
        Assert.Matches(@"z \[um\] +x \[-\] +von_mises \[MPa\] +grain \[-\]", output);
        Assert.Matches(@"(?m)^ *0\.07 +7E-08 ", output);
    }

    [Fact]
    public void ProbePrintsJson()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Film), folder["s.h5"]);
        var (exit, output, _) = Run(ProbeCommand.Create(), folder["s.h5"], "--points", "5,5,5", "--json");
        Assert.Equal(0, exit);
        Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("points").EnumerateArray());
    }

    [Fact]
    public void ProbeWithoutPointsIsBadInput()
    {
        var (exit, _, errors) = Run(ProbeCommand.Create(), "s.h5");
        Assert.Equal((2, "nothing to probe: give --points \"0,140;50,70\" or --line \"0,0;0,140;141\""),
            (exit, errors.Trim()));
    }

    [Fact]
    public void ProbeOutsideTheDomainIsBadInput()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Slab), folder["s.h5"]);
        var (exit, output, errors) = Run(ProbeCommand.Create(), folder["s.h5"], "--points", "150", "--json");
        Assert.Equal((2, "", "point (150) nm lies outside the domain: z from 0 to 140 nm"),
            (exit, output, errors.Trim()));
    }

    [Fact]
    public void InfoDescribesASnapshot()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, (_, _, z, _) => 1e9 * z / 140e-9), folder["s.h5"]);
        var (exit, output, _) = Run(InfoCommand.Create(), folder["s.h5"]);
        Assert.Equal(0, exit);
        Assert.Contains("step 42, t = 0.333333 s", output);
        Assert.Contains("axisymmetric, r x z: 5 x 7 cells, 100 x 140 nm", output);
        Assert.Matches(@"stress YY +MPa +71\.4286 +928\.571 +stress", output);
    }

    [Fact]
    public void InfoDescribesARun()
    {
        using var folder = new Scratch();
        Directory.CreateDirectory(folder["snapshots"]);
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: 7, time: 2.5),
            RunFolder.SnapshotPath(folder.Path, 7));
        File.WriteAllText(folder["run.json"], """{ "status": "completed", "timings": { "mechanics": 1.25 } }""");
        var (exit, output, _) = Run(InfoCommand.Create(), folder.Path);
        Assert.Equal(0, exit);
        Assert.Matches(@"timings\.mechanics +1\.25", output);
        Assert.Matches(@"step_00000007\.h5 +7 +2\.5", output);
    }

    [Fact]
    public void ExportSaysWhatItWrote()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        var (exit, output, _) = Run(ExportCommand.Create(), folder["s.h5"]);
        var name = Path.GetFileName(folder.Path);
        Assert.Equal((0, $"1 image, collection {Path.Combine(folder.Path, "vtk", name + ".pvd")}"),
            (exit, output.Trim()));
    }

    [Fact]
    public void ExportToADiskThatIsFullLeavesNothing()
    {
        if (OperatingSystem.IsWindows())
            return; // The limit on the size of files, which stands for the full disk, is one of Unix.
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Film), folder["s.h5"]);
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var program = Path.Combine(AppContext.BaseDirectory, "mesolimg.dll");
        var (exit, output) = Tool.Run(
            "bash", "-c", "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$1\" "
            + "export \"$2\"", dotnet, program, folder["s.h5"]);
        Assert.Equal(1, exit);
        Assert.Matches(@"^cannot write '[^\n]*\.vti': [^\n]*\n$", output);
        Assert.Equal([folder["s.h5"]], folder.Files);
    }

    [Theory]
    [InlineData(typeof(InputException), 2, "no such file")]
    [InlineData(typeof(RunException), 1, "no such file")]
    [InlineData(typeof(InvalidOperationException), 1, "internal error: InvalidOperationException: no such file")]
    public void AnExceptionBecomesOneLineAndAnExitCode(Type exception, int exit, string line)
    {
        var errors = new StringWriter();
        object?[] arguments = exception == typeof(InvalidOperationException) ? ["no such file"]
            : ["no such file", null];
        Assert.Equal(exit, Fail.Guard(errors, () => throw (Exception)Activator.CreateInstance(exception, arguments)!));
        Assert.Equal(line + Environment.NewLine, errors.ToString());
    }

    private static (int Exit, string Output, string Errors) Run(Command command, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = command.Parse(arguments).Invoke(new() { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }
}
