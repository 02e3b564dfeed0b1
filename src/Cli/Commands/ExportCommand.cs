using MesoLiMg.Studies.Runs;
using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Tools;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg export DIR|SNAPSHOT...</c>: VTK files for ParaView.</summary>
public static class ExportCommand
{
    private const int UsualSectors = 48, FewestSectors = 3, MostSectors = 3600;

    private const string Xml = "xml", VtkHdf = "vtkhdf";

    private static readonly char[] Wildcards = ['*', '?'];

    public static Command Create()
    {
        var paths = new Argument<string[]>("DIR|SNAPSHOT")
        {
            Description = "Folder of a run, or snapshots, also as a pattern such as 'DIR/snapshots/*.h5'.",
            Arity = ArgumentArity.OneOrMore
        };
        var fields = new Option<string?>("--fields")
        {
            Description = "Fields to write, such as x,stress; all by default.",
            HelpName = "FIELDS"
        };
        var unit = new Option<string>("--unit")
        {
            Description = "Unit of coordinates and displacement: m, mm, um or nm.",
            DefaultValueFactory = _ => "m",
            HelpName = "UNIT"
        };
        var warp = new Option<double?>("--warp")
        {
            Description = "Displace the points by so many times the displacement (.vts).",
            HelpName = "FACTOR"
        };
        var revolve = new Option<int?>("--revolve")
        {
            Description = $"Turn an axisymmetric domain to three dimensions, with {UsualSectors} or so many cells "
            + $"round the axis (.vts).",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "CELLS"
        };
        revolve.CustomParser = result => result.Tokens is [] ? UsualSectors
            : int.TryParse(result.Tokens[0].Value, out var sectors) ? sectors : 0;
        var compress = new Option<bool>("--compress") { Description = "Compress the data by zlib." };
        var format = new Option<string>("--format")
        {
            Description = "xml: an image or grid a snapshot and a collection of them (.vti, .vts, .pvd); vtkhdf: one "
            + "file of all (.vtkhdf, for ParaView 5.12 and later).",
            DefaultValueFactory = _ => Xml,
            HelpName = "FORMAT"
        };
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "Folder to write to; DIR/vtk by default.",
            HelpName = "OUTDIR",
        };
        var watch = new Option<bool>("--watch") { Description = "Go on while the run in DIR goes on." };
        var command = new Command(
            "export", "Convert snapshots to VTK files and a collection (DIR/vtk/NAME.pvd) for ParaView.") {
            paths, folder, format, fields, unit, warp, revolve, compress, watch };
        command.SetAction((parsed, cancel) =>
            Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () => Run(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetRequiredValue(paths),
                parsed.GetRequiredValue(format), parsed.GetValue(watch), new()
                {
                    Folder = parsed.GetValue(folder),
                    Fields = parsed.GetValue(fields)?.Split(
                    ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                    Unit = LengthUnit.Parse(parsed.GetRequiredValue(unit)),
                    Warp = parsed.GetValue(warp),
                    Revolve = parsed.GetValue(revolve),
                    Compress = parsed.GetValue(compress),
                }, cancel))));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error, string[] paths, string format, bool watch,
        VtkOptions options, CancellationToken cancel)
    {
        if (format is not (Xml or VtkHdf))
            throw new InputException($"--format {Words.OneLine(format)}: expected xml or vtkhdf");
        if (options.Revolve is < FewestSectors or > MostSectors)
            throw new InputException(
                $"--revolve: expected a number of cells round the axis from {FewestSectors} to {MostSectors}");
        if (options.Warp is { } factor && !double.IsFinite(factor))
            throw new InputException($"--warp {factor}: expected a finite factor");
        if (paths is [var only] && only.IndexOfAny(Wildcards) < 0)
            RunFolder.RequireFolderOrSnapshot(only);
        if (watch && (paths.Length > 1 || !Directory.Exists(paths[0])))
            throw new InputException("--watch: expected the folder of one run");
        if (options.Folder is { } target)
        {
            OutputPath.RequireFolder(target);
            VtkExport.RunOf([.. paths.SelectMany(Found)], "folder of --output");
        }
        using var interruption = new Interruption(cancel);
        if (format == VtkHdf)
            return RunVtkHdf(output, error, paths, watch, options, interruption.Token);
        var files = 0;
        string collection = "";
        foreach (var path in paths.SelectMany(Found))
        {
            try
            {
                Func<string, Action<string>?, Action<string>?, VtkOptions?, CancellationToken, string> convert = watch
                    ? VtkExport.Watch : VtkExport.Export;
                collection = convert(path, _ => files++, line => error.WriteLine($"note: {line}"), options,
                    interruption.Token);
            }
            catch (OperationCanceledException)
            {
                throw new InterruptedException(
                    $"interrupted; {files} file{(files == 1 ? " is" : "s are")} whole in "
                    + $"{VtkExport.Folder(path, options)}");
            }
        }
        People.Say(output, $"{files} {(options.Warp is null && options.Revolve is null ? "image" : "grid")}{(files == 1 ? "" : "s")}, collection {collection}");
        return 0;
    }

    private static int RunVtkHdf(TextWriter output, TextWriter error, string[] paths, bool watch, VtkOptions options,
        CancellationToken cancel)
    {
        if (watch)
            throw new InputException(
                "--watch: a .vtkhdf is written when all its steps are there; --format xml adds them one by one");
        try
        {
            var (path, steps) = VtkHdfFile.Export([.. paths.SelectMany(Found)], line =>
                error.WriteLine($"note: {line}"), options, cancel);
            People.Say(output, $"{steps} step{(steps == 1 ? "" : "s")}, {path}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(
                $"interrupted; the .vtkhdf in {VtkExport.Folder(paths[0], options)} was not written");
        }
    }

    /// <summary>The files that a pattern names, where the shell has not put them in its place.</summary>
    private static IEnumerable<string> Found(string path)
    {
        if (path.IndexOfAny(Wildcards) < 0 || File.Exists(path) || Directory.Exists(path))
            return [path];
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] found = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
        return found.Length > 0 ? found : throw new InputException($"no file is called '{path}'");
    }
}
