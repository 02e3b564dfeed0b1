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

    [Fact, Trait("Category", "Slow")]
    public void ParaViewMakesThePictureOfAPlate()
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
        Directory.CreateDirectory(run["plate/snapshots"]);
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), RunFolder.SnapshotPath(run["plate"], 42));
        var (exit, output, errors) = ProgramRun.Call("render", run["plate"], "--fields", "x,von_mises");
        Assert.Equal((0, run["plate/picture.png"], ""), (exit, output.Trim(), errors.Trim()));
        Assert.Equal("\x89PNG", string.Concat(File.ReadAllBytes(run["plate/picture.png"])[..4].Select(b => (char)b)));
    }
}
