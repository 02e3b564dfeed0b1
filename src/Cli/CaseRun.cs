using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Cli;

/// <summary>Runs one case into a folder.</summary>
internal static class CaseRun
{
    /// <summary>Reads a case and refuses what only the end of its run would show.</summary>
    /// <exception cref="InputException">The case is wrong.</exception>
    public static CaseDocument Read(string file, IReadOnlyList<string> overrides)
    {
        var document = CaseReader.Read(file, overrides);
        PublishedTable.Check(document);
        return document;
    }

    /// <summary>The initial profile of a case that fits the device.</summary>
    /// <param name="copies">Cases of this size that the device holds at a time.</param>
    /// <exception cref="InputException">The case does not fit into memory, or its profile does not fit the grid.</exception>
    public static double[] Prepare(Case @case, IDevice device, int copies = 1)
    {
        Memory.Check(@case, device, copies);
        return InitialConcentration.Of(@case);
    }

    /// <summary>Runs a case, shows its progress and its summary, and writes its folder.</summary>
    /// <exception cref="InputException">The folder cannot be used.</exception>
    /// <exception cref="RunException">The run failed or was interrupted.</exception>
    public static void Into(string folder, CaseDocument document, IDevice device, double[] initial, TextWriter output, CancellationToken cancel)
    {
        var @case = document.Case;
        // The simulation first: it refuses what cannot be computed before anything is written.
        var simulation = new Simulation(device, document, initial, GrainFile.Of(@case));
        using var recorder = new RunRecorder(folder, @case, About.Provenance(@case, device.Name));
        try
        {
            using var progress = new RunProgress(output, @case.Title, device.Name);
            simulation.Run(new Observers(recorder, progress), cancel);
        }
        catch (OperationCanceledException)
        {
            recorder.End("interrupted", simulation);
            throw new RunException($"interrupted after step {simulation.Step}; the snapshots in '{folder}' are complete");
        }
        catch (Exception e)
        {
            recorder.End($"failed: {e.Message}", simulation);
            throw;
        }
        recorder.End(RunFolder.Finished, simulation);
        new RunSummary(output).Print(simulation, recorder, folder);
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
