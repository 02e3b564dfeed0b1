using MesoLiMg.Studies.Runs;
using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tools;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg render DIR</c>: a picture of a run's last state by ParaView.</summary>
public static class RenderCommand
{
    private const string Ending = ".png";

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The picture; DIR/picture.png by default.",
            HelpName = "FILE.png"
        };
        var fields = new Option<string?>("--fields")
        {
            Description = $"Fields side by side, of {string.Join(", ", ParaView.Fields)}; by default x,von_mises and "
                + $"grain where there are grains, potential where there are none.",
            HelpName = "FIELDS",
        };
        var command = new Command(
            "render", "Let ParaView, where it is installed, make a picture of the last state of a run.") {
            folder, output, fields };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var run = parsed.GetRequiredValue(folder);
            return Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, run,
                parsed.GetValue(output) ?? Path.Combine(run, "picture" + Ending),
                parsed.GetValue(fields)?.Split(
                    ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], cancel);
        })));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error, string run, string picture, string[] fields,
        CancellationToken cancel)
    {
        RunFolder.RequireFolder(run);
        OutputPath.RequireFile(picture);
        if (!Path.GetExtension(picture).Equals(Ending, StringComparison.OrdinalIgnoreCase))
            throw new InputException(
                $"--output {picture}: expected a name that ends in {Ending}, the only kind of picture that is made");
        OwnFiles.Require(picture);
        if (fields.FirstOrDefault(name => !ParaView.Fields.Contains(name)) is { } unknown)
            throw new InputException(
                $"--fields: no field that can be shown is called {Words.Quote(unknown)}; "
                + $"{(Words.Nearest(unknown, ParaView.Fields) is { } near ? $"did you mean '{near}'? Known are" : "known are")} {string.Join(", ", ParaView.Fields)}");
        var last = Last(run, fields, line => error.WriteLine($"note: {line}"));
        var paraView = ParaView.Find();
        using var interruption = new Interruption(cancel);
        try
        {
            paraView.Render(VtkExport.Export(last.Path, cancel: interruption.Token), picture, fields, last.Kind,
                last.Inert, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; '{picture}' was not written");
        }
        output.WriteLine(picture);
        return 0;
    }

    /// <summary>The last snapshot that is whole, its domain, and the phases of it that hold no lithium.</summary>
    private static (string Path, DomainKind Kind, IReadOnlyDictionary<int, string> Inert) Last(
        string run, string[] fields, Action<string> notice)
    {
        using var last = SnapshotFile.OpenLast(run, notice);
        if (last.Grid.Kind == DomainKind.Slab)
            throw new InputException(
                $"'{run}' is a slab, of which there is no picture; `{ShellCommand.Of("plot", run)}` draws its profiles");
        var known = last.Cells.Select(field => field.Name).ToList();
        if (fields.FirstOrDefault(name => !known.Contains(name)) is { } missing)
            throw new InputException(
                $"--fields: '{last.Path}' has no field {Words.Quote(missing)}; it has "
                + $"{string.Join(", ", ParaView.Fields.Where(known.Contains))}");
        return (last.Path, last.Grid.Kind, SnapshotPhases.Inert(last));
    }
}
