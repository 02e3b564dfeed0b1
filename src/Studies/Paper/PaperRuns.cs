using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Studies.Sweeps;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Paper;

/// <summary>A run of the paper and what is read from it.</summary>
/// <param name="Case">As run.</param>
/// <param name="Folder">Folder of the run.</param>
internal sealed record PaperRun(Case Case, string Folder)
{
    /// <summary>The history.</summary>
    public Table History { get; } = Table.Read(Path.Combine(Folder, "history.csv"));

    /// <summary>The published figures beside those at the end of the run.</summary>
    public IReadOnlyList<PublishedRow> Published
    {
        get
        {
            using var last = OpenLast();
            return [.. PublishedTable.Rows(Case, entry => entry.Quantity is { } quantity
                ? AtEnd(quantity) : PublishedTable.AtPoint(
                    entry, SnapshotProbe.Read(last, [[.. entry.At!]], LengthUnit.Nanometre)))];
        }
    }

    /// <summary>A scalar at the end [SI].</summary>
    public double AtEnd(string column) => History.Number(History.Count - 1, column) ?? double.NaN;

    /// <summary>The last snapshot, to be disposed of.</summary>
    public SnapshotFile OpenLast() => SnapshotFile.Open(RunFolder.Snapshots(Folder)[^1]);
}

/// <summary>
/// Runs the cases of Figure 4; a run that this version of the program has finished before is taken as it is.
/// </summary>
/// <param name="cases">Folder with the case files.</param>
/// <param name="folder">Folder for the runs.</param>
/// <param name="threads">Threads of the host device.</param>
/// <param name="output">Told what is run.</param>
/// <param name="error">Told warnings.</param>
internal sealed class PaperRuns(string cases, string folder, int threads, TextWriter output, TextWriter error,
    CancellationToken cancel)
{
    /// <summary>Diffusivities and currents of Figure 4c, as typed in a case.</summary>
    private const string
        Diffusivities = "3e-12 cm^2/s, 1e-11 cm^2/s, 3e-11 cm^2/s, 6e-11 cm^2/s, 1e-10 cm^2/s, 3e-10 cm^2/s, 1e-9 "
            + "cm^2/s",
        Currents = "0.1 mA/cm^2, 0.5 mA/cm^2, 1 mA/cm^2, 2 mA/cm^2";

    /// <summary>Runs a case, or finds it finished.</summary>
    /// <param name="name">Folder of the run within that of all runs.</param>
    /// <param name="file">Case file.</param>
    /// <param name="overrides">As of <c>--set</c>.</param>
    public PaperRun Get(string name, string file, params string[] overrides)
    {
        var path = Path.Combine(cases, file);
        var document = CaseReader.Read(path, overrides);
        PublishedTable.Check(document);
        var target = Path.Combine(folder, name);
        if (IsFinished(target, CaseWriter.Write(document.Case)) && InputFiles.Of(document.Case).AreThoseOf(target))
        {
            People.Say(output, $"{name}: as run before, in {target}");
            return new(document.Case, target);
        }
        People.Say(output, $"{name}: running {path} {string.Join(' ', overrides)}");
        if (File.Exists(Path.Combine(target, "case.yaml")))
            Directory.Delete(target, recursive: true);
        CaseRun.Run(TextWriter.Null, error, CaseRun.Read(path, overrides), target, "host", threads, cancel, new());
        return new(document.Case, target);
    }

    /// <summary>Runs slabs up to saturation over diffusivity and current, as <c>mesolimg sweep</c> does.</summary>
    /// <returns>The table of the sweep.</returns>
    /// <exception cref="RunException">A slab failed.</exception>
    public string Utilisation(string file)
    {
        var target = Path.Combine(folder, "theta");
        var plan = SweepPlan.Read(Path.Combine(cases, file), ["domain.cells=[100]"],
            [Variation.Parse($"material.diffusivity={Diffusivities}"),
                Variation.Parse($"protocol.0.plate.current={Currents}")]);
        // A sweep keeps what has finished; here that must be of this version.
        if (Directory.Exists(Sweep.RunsPath(target)) && Directory.EnumerateDirectories(Sweep.RunsPath(target))
            .Any(run => !IsOfThisVersion(run)))
            Directory.Delete(target, recursive: true);
        new Sweep(target, plan, new SweepTable(plan, null)).Run(output, ["host"], threads, cancel).GetAwaiter()
            .GetResult();
        return plan.Points.FirstOrDefault(point => point.Status != PointStatus.Finished) is { } failed
            ? throw new RunException($"{failed.Name}: {failed.Reason}")
            : RunFolder.SweepPath(target);
    }

    private static bool IsFinished(string run, string caseText) =>
        File.Exists(RunFolder.CasePath(run)) && File.ReadAllText(RunFolder.CasePath(run)) == caseText
            && IsOfThisVersion(run);

    /// <summary>Whether this version of the program has finished the run of a folder.</summary>
    private static bool IsOfThisVersion(string run)
    {
        if (!File.Exists(RunFolder.SummaryPath(run)))
            return false;
        using var json = JsonDocument.Parse(File.ReadAllText(RunFolder.SummaryPath(run)));
        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return (Text("status"), Text("program_version"), Text("commit")) == (RunFolder.Finished, About.Version,
            About.Commit);
    }
}
