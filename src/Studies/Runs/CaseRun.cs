using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Runs;

/// <summary>Runs one case into a folder.</summary>
internal static class CaseRun
{
    /// <summary>Reads a case and refuses what only the end of its run would show.</summary>
    /// <exception cref="InputException">The case is wrong.</exception>
    public static CaseDocument Read(string file, IReadOnlyList<string> overrides)
    {
        return Check(CaseReader.Read(file, overrides));
    }

    /// <summary>Refuses a case whose run would fail at its end.</summary>
    /// <exception cref="InputException">The case is wrong.</exception>
    public static CaseDocument Check(CaseDocument document)
    {
        CheckFields(document);
        PublishedTable.Check(document);
        return document;
    }

    private static void CheckFields(CaseDocument document)
    {
        var known = SnapshotBuilder.FieldsOf(document.Case);
        foreach (var (i, name) in document.Case.Output.Fields.Index())
        {
            if (!known.Contains(name))
                throw new InputException(
                    $"{document.Where($"output.fields.{i}")}: output.fields.{i}: no field is called "
                    + $"'{Words.OneLine(name)}'{Words.Suggest(name, known)}");
        }
    }

    /// <summary>The initial profile of a case that fits the device.</summary>
    /// <param name="copies">Cases of this size that the device holds at a time.</param>
    /// <param name="where">Where an entry of the case stands, for messages.</param>
    /// <exception cref="InputException">The case does not fit into memory, or its profile does not fit the
    /// grid.</exception>
    public static double[] Prepare(Case @case, IDevice device, int copies = 1, Func<string, string>? where = null)
    {
        Memory.Check(@case, device, copies);
        return InitialConcentration.Of(@case, where);
    }

    /// <summary>Runs a case into a folder.</summary>
    /// <returns>The exit code, 0.</returns>
    public static int Run(TextWriter output, TextWriter error, CaseDocument document, string folder,
        string deviceName, int threads, CancellationToken cancel, RunOptions options)
    {
        foreach (var warning in document.Warnings)
            error.WriteLine($"warning: {warning}");
        var inputs = InputFiles.Of(document.Case);
        using var device = DeviceFactory.Open(deviceName, threads, Memory.Needed(document.Case));
        var initial = Prepare(document.Case, device, where: document.Where);
        Into(folder, document, device, initial, output, cancel, options with { Inputs = inputs });
        return 0;
    }

    /// <summary>
    /// Runs a case, or what is left of it, shows its progress and its summary, and writes its folder.
    /// </summary>
    /// <exception cref="InputException">The folder cannot be used.</exception>
    /// <exception cref="RunException">The run failed or was interrupted.</exception>
    public static void Into(string folder, CaseDocument document, IDevice device, double[] initial, TextWriter output,
        CancellationToken cancel, RunOptions options)
    {
        var inputs = options.Inputs ?? InputFiles.Of(document.Case);
        if (!options.Fresh)
            inputs.RequireSame(folder, InputFiles.Advice);
        var provenance = About.Provenance(document.Case, device.Name) with { Inputs = inputs.Files };
        if (!options.Fresh && EarlierRun.IsFinished(folder, provenance.CaseText))
        {
            People.Say(output, $"the run in {folder} is finished; --fresh runs it again");
            return;
        }
        var grains = GrainFile.Of(document.Case, document.Where);
        void Warn(string line)
        {
            People.Say(output, $"warning: {line}");
            provenance = provenance with { Warnings = [.. provenance.Warnings, line] };
        }
        foreach (var line in grains?.Warnings ?? [])
            Warn(line);
        if (grains is not null)
            GrainSources.Print(output, grains, document.Case);
        var plan = new RunPlan(document.Case);
        if (plan.Warning(folder, plan.RequireRoom(folder)) is { } tight)
            Warn(tight);
        if (InitialConcentration.Warning(document.Case, initial) is { } full)
            Warn(full);
        // The simulation first: it refuses what cannot be computed before anything is written.
        var simulation = SetUp(document, device, initial, grains, cancel);
        if (document.Case.Initial.State is { } state)
            RestartPoint.Read(state).Start(simulation);
        foreach (var line in simulation.Body.Warnings)
            Warn(line);
        inputs.RequireUntouched();
        if (simulation.Materials.HasVoids)
        {
            var (all, voids) = (simulation.Materials.Phase.Length,
                simulation.Materials.Phase.Count(phase => phase == Materials.VoidPhase));
            var pieces = simulation.Body.Count > 1 ? $"; the body is in {simulation.Body.Count:N0} pieces" : "";
            People.Say(output, $"{all - voids} of {all} cells are film, {voids} are void{pieces}");
        }
        using var recorder = new RunRecorder(folder, document.Case,
            provenance with { Warnings = [.. document.Warnings, .. provenance.Warnings] });
        People.Say(output, $"{People.Grid(simulation.Shape)}; memory: {Memory.Describe(document.Case, device)}");
        People.Say(output, $"time: {plan.Time}; time steps: {plan.Steps}");
        People.Say(output, $"snapshots: {plan.Output}");
        recorder.Start(simulation, options.Fresh, line => People.Say(output, $"note: {line}"), options.Another);
        try
        {
            using (var progress = options.Shown ?? new RunProgress(output, document.Case.Title, device.Name))
                simulation.Run(new Observers(recorder, progress), cancel);
            recorder.End(RunFolder.Finished, simulation);
        }
        catch (OperationCanceledException)
        {
            recorder.End("interrupted", simulation);
            throw new InterruptedException(recorder.HasSnapshot
                ? $"interrupted after step {simulation.Step}, t = {simulation.Time:g6} s; its state is written, and "
                    + $"`{ShellCommand.Of("run", "--resume", folder)}` goes on from there"
                : $"interrupted before the first equilibrium was found; there is no state yet, and "
                    + $"`{ShellCommand.Of("run", "--resume", folder)}` begins again");
        }
        catch (Exception e)
        {
            recorder.Fail(e.Message, simulation);
            throw;
        }
        new RunSummary(output).Print(simulation, recorder, folder);
    }

    private static Simulation SetUp(CaseDocument document, IDevice device, double[] initial, GrainMap? grains,
        CancellationToken cancel)
    {
        try
        {
            return new Simulation(device, document, initial, grains, cancel);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(
                "interrupted while the run was set up; nothing has been written, and the same command begins again");
        }
    }

    private sealed class Observers(params ISimulationObserver[] observers) : ISimulationObserver
    {
        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
            foreach (var observer in observers)
                observer.Stepped(simulation, row);
        }

        public void Reached(Simulation simulation)
        {
            foreach (var observer in observers)
                observer.Reached(simulation);
        }

        public void StepEnded(Simulation simulation)
        {
            foreach (var observer in observers)
                observer.StepEnded(simulation);
        }
    }
}
