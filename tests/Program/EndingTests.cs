using System.Diagnostics;
using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Support;
using Xunit;

namespace MesoLiMg.Tests.Program;

/// <summary>Commands that can simply be given again end at once when a signal comes, whatever they are doing.</summary>
public class EndingTests
{
    private const int Interrupted = 3;

    /// <summary>The commands wait for a file that does not come: a pipe into which nobody writes.</summary>
    [Theory]
    [InlineData("-HUP", "case.yaml", "interrupted; '{0}/report.html' was not written", "report", "{0}")]
    [InlineData("-USR1", "slab-flux.yaml", "interrupted; no page was written", "verify", "--quick", "--only",
        "slab-flux", "--cases", "{0}")]
    [InlineData("-INT", "case.yaml", "interrupted; '{0}/report.html' was not written", "report", "{0}")]
    [InlineData("-TERM", "history.csv", "interrupted; the pictures in {0}/plots are whole, but not all are new",
        "plot", "{0}")]
    [InlineData("-TERM", "grains.yaml", "interrupted", "microstructure", "{0}/grains.yaml")]
    [InlineData("-INT", "slab-flux.yaml", "interrupted; no page was written", "verify", "--quick", "--only",
        "slab-flux", "--cases", "{0}")]
    public async Task ASignalEndsACommandThatWaits(string signal, string pipe, string message,
        params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        Process.Start("mkfifo", [Path.Combine(run, pipe)])!.WaitForExit();
        using var process = ProgramProcess.Start(
            [.. arguments.Select(argument => string.Format(CultureInfo.InvariantCulture, argument, run))]);
        // It opens when the program reads it.
        using var opened = await Task.Run(
            () => new FileStream(Path.Combine(run, pipe), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            .WaitAsync(TimeSpan.FromMinutes(1));
        await AssertEnds(process, signal, string.Format(CultureInfo.InvariantCulture, message, run));
        Assert.Equal(["snapshots", pipe], Names(run).Order(StringComparer.Ordinal).Reverse());
    }

    [Theory]
    [InlineData("-INT", "interrupted; the pictures in {0}/plots are whole, but not all are new", "plot", "{0}")]
    [InlineData("-TERM", "interrupted; the files in {0}/plots are whole, but not all are new", "microstructure",
        "{0}/grains.yaml", "-o", "{0}/plots")]
    public async Task ASignalEndsTheProgramThatMakesAPictureAndLeavesNoPartOfIt(string signal, string message,
        params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        File.WriteAllText(Path.Combine(run, "grains.yaml"), """
            domain: { kind: plane-strain, size: [200 nm, 140 nm], cells: [20, 14] }
            microstructure: { kind: columnar, grains: 3, seed: 1 }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 1 s } } ]
            """);
        // It stands in for the converter, begins its file and comes to no end.
        File.WriteAllText(folder["rsvg-convert"],
            $"#!/bin/sh\necho begun > \"$6\"\necho $$ > '{folder["id"]}.new'\nmv '{folder["id"]}.new' "
            + $"'{folder["id"]}'\nexec sleep 600\n");
        Process.Start("chmod", ["+x", folder["rsvg-convert"]])!.WaitForExit();
        using var process = ProgramProcess.StartAfter($"PATH='{folder.Path}':$PATH",
            [.. arguments.Select(argument => string.Format(CultureInfo.InvariantCulture, argument, run))]);
        for (var i = 0; i < 600 && !File.Exists(folder["id"]); i++)
            await Task.Delay(100);
        var converter = int.Parse(File.ReadAllText(folder["id"]), CultureInfo.InvariantCulture);
        var plots = Path.Combine(run, "plots");
        Assert.Contains(Names(plots), name => name.StartsWith('.')
            && name.EndsWith(".tmp.png", StringComparison.Ordinal));
        await AssertEnds(process, signal, string.Format(CultureInfo.InvariantCulture, message, run));
        Assert.DoesNotContain(Names(plots), name => name.StartsWith('.')
            || name.EndsWith(".png", StringComparison.Ordinal));
        Assert.Contains(Names(plots), name => name.EndsWith(".svg", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(converter));
    }

    private static async Task AssertEnds(Process process, string signal, string message)
    {
        Process.Start("kill", [signal, $"{process.Id}"])!.WaitForExit();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((Interrupted, message), (process.ExitCode, errors.Trim()));
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
}
