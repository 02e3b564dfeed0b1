using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg plot DIR</c>: pictures of a run or a sweep, as SVG and, where a program for it is installed, as PNG.
/// </summary>
public static class PlotCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run, or of a sweep (sweep.csv)." };
        var fields = new Option<string?>("--fields")
        {
            Description = $"Scalar fields to draw, such as x,sigma_h; by default "
            + $"{string.Join(",", RunPlots.DefaultFields)}.",
            HelpName = "FIELDS"
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder to write to; DIR/plots by default.",
            HelpName = "OUTDIR"
        };
        var command = new Command(
            "plot", "Draw profiles, fields, potentials and the history of a run, or the curves of a sweep.") {
            folder, fields, output };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var (run, error) = (parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Error);
            var target = parsed.GetValue(output) ?? Path.Combine(run, "plots");
            return Ending.AtOnce(error, $"interrupted; the pictures in {target} are whole, but not all are new",
                cancel => Run(
                parsed.InvocationConfiguration.Output, error, run, parsed.GetValue(fields), target, cancel));
        }));
        return command;
    }

    /// <summary>The names in a list, each once.</summary>
    /// <param name="folder">The run, for the message.</param>
    /// <param name="fields">The list.</param>
    /// <exception cref="InputException">One is that of ids, of which there are no curves.</exception>
    private static string[] Names(string folder, string? fields)
    {
        string[] asked = [.. (fields?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? []).Distinct()];
        return asked.FirstOrDefault(name => name is "grain" or "phase") is { } ids
            ? throw new InputException(
                $"--fields: '{ids}' holds ids, of which there are no profiles; `{ShellCommand.Of("render", folder)}` "
                + $"draws grains")
            : asked;
    }

    private static int Run(TextWriter output, TextWriter error, string folder, string? fields, string target,
        CancellationToken cancel)
    {
        var pictures = RunPlots.Write(folder, Names(folder, fields), target, line => error.WriteLine($"note: {line}"));
        foreach (var picture in pictures)
            output.WriteLine(picture);
        if (Rasteriser.Find() is { } rasteriser)
            Convert(rasteriser, pictures, output, cancel);
        else
            error.WriteLine(Rasteriser.Missing);
        return 0;
    }

    private static void Convert(Rasteriser rasteriser, IReadOnlyList<string> pictures, TextWriter output,
        CancellationToken cancel)
    {
        foreach (var picture in pictures)
        {
            var image = Path.ChangeExtension(picture, ".png");
            if (rasteriser.Convert(picture, image, cancel) is { } problem)
                throw new RunException(problem);
            output.WriteLine(image);
        }
    }
}
