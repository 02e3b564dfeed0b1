using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MesoLiMg.Cli.Process;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Studies.Verification;
using MesoLiMg.Tools.Bench;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg bench WHAT</c>: measures speed as ratios to the memory's bandwidth in the same run.</summary>
public static class BenchCommand
{
    private static readonly string[] Kinds = ["stream", "apply", "elasticity", "diffusion", "step"];

    public static Command Create()
    {
        var what = new Argument<string>("WHAT")
        {
            Description = "stream (memory), apply (elastic operator), elasticity (solution), diffusion or step "
            + "(coupled time steps)."
        };
        var cells = new Option<int>("--cells")
        {
            Description = "Cells along an edge.",
            DefaultValueFactory = _ => 64,
            HelpName = "N"
        };
        var grains = new Option<int>("--grains")
        {
            Description = "Grains of the cube.",
            DefaultValueFactory = _ => 64,
            HelpName = "N"
        };
        var contrast = new Option<double>("--contrast")
        {
            Description = "Largest modulus over the smallest.",
            DefaultValueFactory = _ => 10,
            HelpName = "RATIO"
        };
        var tolerance = new Option<double>("--rtol")
        {
            Description = "Relative residual of the solution.",
            DefaultValueFactory = _ => 1e-8,
            HelpName = "RTOL"
        };
        var (device, threads) = (CommonOptions.Device(), CommonOptions.Threads());
        var append = new Option<string>("--append")
        {
            Description = "Table to which the rows are added.",
            HelpName = "FILE.csv"
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var command = new Command("bench", "Measure speed.") { what, cells, grains, contrast, tolerance, device,
            threads, append, json };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var size = parsed.GetValue(cells);
            if (size is < 2 or > 1024)
                throw new InputException($"--cells {size}: expected 2 to 1024");
            if (parsed.GetValue(grains) < 1)
                throw new InputException($"--grains {parsed.GetValue(grains)}: expected 1 or more");
            if (!(parsed.GetValue(contrast) > 0 && double.IsFinite(parsed.GetValue(contrast))))
                throw new InputException(
                    $"--contrast {parsed.GetValue(contrast).ToString(CultureInfo.InvariantCulture)}: expected more "
                    + $"than 0");
            if (!(parsed.GetValue(tolerance) is > 0 and < 1))
                throw new InputException(
                    $"--rtol {parsed.GetValue(tolerance).ToString(CultureInfo.InvariantCulture)}: expected between 0 "
                    + $"and 1");
            var (name, count) = (parsed.GetRequiredValue(device), parsed.GetValue(threads));
            var benchmarks = new Benchmarks(() => DeviceFactory.Open(name, count), count > 0 ? count
                : Environment.ProcessorCount, About.Commit);
            var rows = parsed.GetRequiredValue(what) switch
            {
                "stream" => benchmarks.Stream(),
                "apply" => benchmarks.Apply(size, parsed.GetValue(grains), parsed.GetValue(contrast)),
                "elasticity" => benchmarks.Elasticity(size, parsed.GetValue(grains), parsed.GetValue(contrast),
                    parsed.GetValue(tolerance)),
                "diffusion" => benchmarks.Steps("diffusion", Film(size, "none")),
                "step" => benchmarks.Steps("step", Film(size, "two-way")),
                var other => throw new InputException($"there is no benchmark '{other}'{Words.Suggest(other, Kinds)}"),
            };
            if (parsed.GetValue(append) is { } table)
                RequireTable(table);
            // Here they are measured.
            var results = rows.ToList();
            Print(parsed.InvocationConfiguration.Output, results, parsed.GetValue(json));
            if (parsed.GetValue(append) is { } file)
                Append(file, results);
            return 0;
        }));
        return command;
    }

    /// <summary>
    /// Some steps of a film with as many cells along an edge, for which the protocol's time is short.
    /// </summary>
    private static CaseDocument Film(int cells, string coupling) => CaseReader.Parse($$"""
        domain: { kind: 3d, size: [100 nm, 100 nm, 100 nm], cells: [{{cells}}, {{cells}}, {{cells}}] }
        interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 9 MPa } }
        coupling: {{coupling}}
        initial: { x: 0.05 }
        solver: { time_step: 0.1 s }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.5 s } } ]
        """, "bench", []);

    private static void Print(TextWriter output, List<BenchmarkResult> results, bool json)
    {
        foreach (var result in json ? results : [])
            output.WriteLine(JsonSerializer.Serialize(
                result.Entries.ToDictionary(e => e.Key, e => e.Value is double d && !double.IsFinite(d) ? null
                : e.Value)));
        if (json)
            return;
        var table = People.Table(["figure", .. results.Select(r => r.Name)]);
        // Figures that a benchmark does not have stay away.
        foreach (var (key, i) in results[0].Entries.Select((e, i) => (e.Key, i)).Skip(1)
            .Where(figure => results.Any(r => Text(r.Entries[figure.i].Value).Length > 0)))
            table.Add([key, .. results.Select(r => Text(r.Entries[i].Value))]);
        People.Print(output, table);
    }

    private static string Heading => string.Join(",", BenchmarkResult.Keys);

    /// <summary>
    /// Refuses, before anything is measured, a table to which no rows could be added. A file that was not there is not
    /// there afterwards.
    /// </summary>
    private static void RequireTable(string file)
    {
        OutputPath.RequireFile(file);
        try
        {
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite,
                4096, File.Exists(file) ? FileOptions.None : FileOptions.DeleteOnClose);
            using var reader = new StreamReader(stream);
            if (reader.ReadLine() is { Length: > 0 } found && found != Heading)
                throw new InputException(
                    $"--append: '{file}' is no table of this version's benchmarks (its first line is "
                    + $"{Words.Quote(found)}); give another file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be written: {e.Message}", e);
        }
    }

    private static void Append(string file, List<BenchmarkResult> results)
    {
        try
        {
            if (!File.Exists(file) || new FileInfo(file).Length == 0)
                File.AppendAllText(file, Heading + "\n");
            File.AppendAllLines(file,
                results.Select(r => string.Join(",", r.Entries.Select(e => Text(e.Value).Replace(',', ';')))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be written: {e.Message}", e);
        }
    }

    private static string Text(object? value) => value switch
    {
        null or double.NaN => "",
        double d => d.ToString("G5", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
