using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tools;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Program;

public class RenderTests(ITestOutputHelper log)
{
    [Fact]
    public void WhatIsMissingIsSaid()
    {
        using var folder = new Scratch();
        Assert.StartsWith("pvbatch is not on the PATH", Assert.Throws<InputException>(() => ParaView.Find([folder.Path], hasDisplay: true)).Message);
        File.WriteAllText(folder[OperatingSystem.IsWindows() ? "pvbatch.exe" : "pvbatch"], "");
        ParaView.Find([folder.Path], hasDisplay: true);
        Assert.StartsWith("there is no display, and xvfb-run is not on the PATH", Assert.Throws<InputException>(() => ParaView.Find([folder.Path], hasDisplay: false)).Message);
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData("plate", "x,von_mises")]
    [InlineData("film", "x,grain")]
    public void ParaViewMakesThePictureOfARun(string grid, string fields)
    {
        try
        {
            ParaView.Find();
        }
        catch (InputException e)
        {
            log.WriteLine($"not checked: {e.Message}");
            return;
        }
        using var run = new ProgramRun();
        Directory.CreateDirectory(run["out/snapshots"]);
        SnapshotWriter.Write(Samples.Snapshot(Samples.Grid(grid)), RunFolder.SnapshotPath(run["out"], 42));
        var (exit, output, errors) = ProgramRun.Call("render", run["out"], "--fields", fields);
        Assert.Equal((0, run["out/picture.png"], ""), (exit, output.Trim(), errors.Trim()));
        Assert.Equal("\x89PNG", string.Concat(File.ReadAllBytes(run["out/picture.png"])[..4].Select(b => (char)b)));
        Assert.Equal(["picture.png", "snapshots", "vtk"], Directory.EnumerateFileSystemEntries(run["out"]).Select(Path.GetFileName).Order());
    }
}
