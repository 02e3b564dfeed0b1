using System.CommandLine;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg run CASE -o DIR</c>: runs a case and writes its folder.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("CASE") { Description = "Case file; `mesolimg help-case` lists its entries." };
        var folder = new Option<string>("--output", "-o") { Description = "Folder to write: case.yaml, history.csv, snapshots, run.json.", Required = true, HelpName = "DIR" };
        var set = new Option<string[]>("--set") { Description = "Override an entry, such as interfaces.se.strength=0.5GPa; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        var device = new Option<string>("--device") { Description = "Where to compute; `mesolimg devices` lists them.", DefaultValueFactory = _ => "host", HelpName = "DEVICE" };
        var threads = new Option<int>("--threads") { Description = "Threads of the host device; 0: one per core.", HelpName = "N" };
        var command = new Command("run", "Run a case.") { file, folder, set, device, threads };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () => Run(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetRequiredValue(file), parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(set), parsed.GetRequiredValue(device), parsed.GetValue(threads), cancel))));
        return command;
    }

    /// <summary>Runs a case file with overrides into a folder.</summary>
    /// <returns>The exit code, 0.</returns>
    internal static int Run(TextWriter output, TextWriter error, string file, string folder, string[] overrides, string deviceName, int threads, CancellationToken cancel)
    {
        var document = CaseReader.Read(file, overrides);
        foreach (var warning in document.Warnings)
            error.WriteLine($"warning: {warning}");
        var @case = document.Case;
        PublishedTable.Check(document);
        using var device = DeviceFactory.Open(deviceName, threads);
        Memory.Check(@case, device);
        var initial = InitialConcentration.Of(@case);
        using var recorder = new RunRecorder(folder, @case, About.Provenance(@case, device.Name));
        Simulation? simulation = null;
        try
        {
            using var progress = new RunProgress(output, @case.Title, device.Name);
            simulation = new Simulation(device, document, initial, new Observers(recorder, progress));
            simulation.Run(cancel);
        }
        catch (OperationCanceledException)
        {
            recorder.End("interrupted", simulation);
            throw new RunException($"interrupted after step {simulation?.Step ?? 0}; the snapshots in '{folder}' are complete");
        }
        catch (Exception e)
        {
            recorder.End($"failed: {e.Message}", simulation);
            throw;
        }
        recorder.End("finished", simulation);
        new RunSummary(output).Print(simulation, recorder, folder);
        return 0;
    }

    private sealed class Observers(params ISimulationObserver[] observers) : ISimulationObserver
    {
        public void Stepped(Simulation simulation, double?[] row)
        {
            foreach (var observer in observers)
                observer.Stepped(simulation, row);
        }

        public void Reached(Simulation simulation)
        {
            foreach (var observer in observers)
                observer.Reached(simulation);
        }
    }
}
