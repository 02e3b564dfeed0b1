using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Tools.Plots;
using MesoLiMg.Tools;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg microstructure CASE [-o DIR]</c>: makes or reads the grains of a case, prints their figures and writes
/// them for looking at.
/// </summary>
public static class MicrostructureCommand
{
    /// <summary>The word that calls it, and the name of its files.</summary>
    internal const string Name = "microstructure";

    public static Command Create()
    {
        var file = new Argument<string>("CASE") { Description = "Case file with a section microstructure." };
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "Folder to write: microstructure.h5, .vti, .svg and, where rsvg-convert, Inkscape or a "
            + "browser is installed, .png; without it only the figures are printed.",
            HelpName = "DIR"
        };
        var set = CommonOptions.Set();
        var command = new Command(Name, "Make or read the grains of a case, print their figures and draw them.") {
            file, folder, set };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var (target, error) = (parsed.GetValue(folder), parsed.InvocationConfiguration.Error);
            return Ending.AtOnce(error, target is null ? "interrupted"
                : $"interrupted; the files in {target} are whole, but not all are new", cancel => Run(
                parsed.InvocationConfiguration.Output, error, parsed.GetRequiredValue(file), target,
                    parsed.GetRequiredValue(set), cancel));
        }));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error, string file, string? folder, string[] overrides,
        CancellationToken cancel)
    {
        if (folder is not null)
            RunFolder.RequireNoRun(folder, "the grains");
        var document = CaseReader.Read(file, overrides);
        foreach (var line in document.Warnings)
            error.WriteLine($"warning: {line}");
        var grains = GrainFile.Of(document.Case, document.Where) ?? GrainMap.Plate(document.Case)
            ?? throw new InputException($"{file}: has neither a section microstructure nor a domain.hexagon");
        // Crystals that cannot lie so and lists that are longer than the number of grains are refused here as in a run.
        grains.RequirePlanar(document.Case, document.Where);
        foreach (var warning in grains.Warnings)
            error.WriteLine($"warning: {warning}");
        Print(output, grains, GrainMap.IsCut(document.Case) ? "void" : "in none");
        GrainSources.Print(output, grains, document.Case);
        if (folder is null)
            return 0;
        RequireOwn(folder, document.Case);
        OutputPath.MakeFolder(folder);
        AtomicFile.RemoveLeftovers(folder);
        foreach (var path in Write(folder, document.Case, grains, error, cancel))
            output.WriteLine(path);
        return 0;
    }

    /// <summary>Refuses to write over what the case reads, or what somebody else has written.</summary>
    private static void RequireOwn(string folder, Case @case)
    {
        var path = Path.Combine(folder, Name + ".h5");
        string[] inputs = [.. CaseFiles.Of(@case).Select(file => file.Path)];
        OwnFiles.Require(path, inputs: inputs);
        OwnFiles.Require(Path.ChangeExtension(path, ".vti"), inputs: inputs);
        RunPlots.RequireOwn(Path.ChangeExtension(path, ".svg"));
    }

    private static void Print(TextWriter output, GrainMap grains, string outside)
    {
        var statistics = new GrainStatistics(grains);
        var table = People.Table("grains", "unit", "");
        void Row(string name, string unit, double value) => table.Add(name, unit, People.Number(value));
        People.Say(output, People.Grid(grains.Grid));
        Row("number", "-", grains.Count);
        Row($"cells {outside}", "-", grains.Grain.Count(grain => grain == 0));
        Row($"mean width ({statistics.Measure})", "nm", statistics.Mean * 1e9);
        Row("standard deviation", "nm", statistics.Deviation * 1e9);
        Row("standard deviation of ln(width)", "-", statistics.LogDeviation);
        Row("smallest width", "nm", statistics.Widths.Min() * 1e9);
        Row("largest width", "nm", statistics.Widths.Max() * 1e9);
        Row("boundary area per volume", "1/um", statistics.BoundaryDensity * 1e-6);
        if (grains.Grid.Kind == DomainKind.ThreeD)
            Row("boundary area", "um^2", statistics.BoundaryArea * 1e12);
        People.Print(output, table);
    }

    private static IEnumerable<string> Write(string folder, Case @case, GrainMap grains, TextWriter error,
        CancellationToken cancel)
    {
        var path = Path.Combine(folder, Name + ".h5");
        SnapshotWriter.Write(GrainSnapshot.Of(grains, @case, About.Provenance(@case, "")), path,
            @case.Output.Compression);
        yield return path;
        var image = Path.ChangeExtension(path, ".vti");
        using (var snapshot = SnapshotFile.Open(path))
            VtkFile.Write(snapshot, image, cancel: cancel);
        yield return image;
        var picture = RunPlots.Save(new GrainPicture(grains, GrainMap.IsCut(@case)).Draw(),
            Path.ChangeExtension(path, ".svg"));
        yield return picture;
        if (Rasteriser.Find() is not { } rasteriser)
        {
            error.WriteLine(Rasteriser.Missing);
            yield break;
        }
        if (rasteriser.Convert(picture, Path.ChangeExtension(path, ".png"), cancel) is { } problem)
            throw new RunException(problem);
        yield return Path.ChangeExtension(path, ".png");
    }
}
