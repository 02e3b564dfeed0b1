using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Convergence;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg converge CASE -o DIR</c>: runs a case on refined grids and steps and says how far its results can be
/// relied on.
/// </summary>
public static class ConvergeCommand
{
    private const int FewestLevels = 3, MostLevels = 8, LargestRatio = 8;

    public static Command Create()
    {
        var file = new Argument<string>("CASE") { Description = "Case file; it is the coarsest level." };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "Folder to write: converge.csv, converge.txt, converge.svg, and a run in level_1, level_2, "
            + "... Levels that have finished there are not run again.",
            Required = true,
            HelpName = "DIR"
        };
        var levels = new Option<int>("--levels")
        {
            Description = $"Levels, the case itself included; {FewestLevels} to {MostLevels}.",
            HelpName = "N",
            DefaultValueFactory = _ => FewestLevels
        };
        var ratio = new Option<int>("--ratio")
        {
            Description = "Refinement from one level to the next.",
            HelpName = "R",
            DefaultValueFactory = _ => 2
        };
        var space = new Option<bool>("--space")
        {
            Description = "Refine the grid (the default). One of --space, --time and --both can be given."
        };
        var time = new Option<bool>("--time")
        {
            Description = "Refine the time step, or the error that an adaptive one may make."
        };
        var both = new Option<bool>("--both") { Description = "Refine both together." };
        var (set, device, threads) = (CommonOptions.Set(), CommonOptions.Device(), CommonOptions.Threads());
        var command = new Command(
            "converge", "Run a case on refined grids and time steps: orders, limits and error bars.")
        {
            file, folder, levels, ratio, space, time, both, set, device, threads, CommonOptions.Quiet(),
            CommonOptions.Log(),
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            using var interruption = new Interruption(cancel);
            RunFolder.RequireNoRun(parsed.GetRequiredValue(folder), "the study");
            var refinement = new Refinement(What(parsed.GetValue(space), parsed.GetValue(time), parsed.GetValue(both)),
                Within("--ratio", parsed.GetValue(ratio), 2, LargestRatio));
            var study = new Study(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set), refinement,
                Within("--levels", parsed.GetValue(levels), FewestLevels, MostLevels));
            foreach (var file in StudyReport.Files)
                OwnFiles.Require(Path.Combine(parsed.GetRequiredValue(folder), file));
            return Run(parsed.InvocationConfiguration.Output, study, parsed.GetRequiredValue(folder),
                parsed.GetRequiredValue(device), parsed.GetValue(threads), interruption.Token);
        })));
        return command;
    }

    private static int Run(TextWriter output, Study study, string folder, string device, int threads,
        CancellationToken cancel)
    {
        study.Run(folder, device, threads, output, cancel);
        var rows = study.Compare(folder);
        // All quantities at once would be a thicket: fields, and what the case compares with published figures.
        var published = study.Cases[0].Published.Select(figure => figure.Quantity).ToHashSet();
        var report = new StudyReport(study, rows);
        report.Write(folder);
        RunPlots.Save(ConvergencePicture.Of(
            [.. rows.Where(row => row.Result.Order is not null && (row.IsField || published.Contains(row.Name)))
                .Select(row => (row.Name, (IReadOnlyList<double>)[.. row.Changes.Select(change => change / row.Scale)],
                row.IsField))],
            study.Refinement.Ratio).Draw(), Path.Combine(folder, "converge.svg"));
        report.Print(output);
        People.Say(output, $"written to {folder}: converge.csv, converge.txt (a paragraph for a paper), converge.svg, "
            + $"and the runs");
        return 0;
    }

    private static Refined What(bool space, bool time, bool both) => (space, time, both) switch
    {
        (_, false, false) => Refined.Space,
        (false, true, false) => Refined.Time,
        (false, false, true) => Refined.Space | Refined.Time,
        _ => throw new InputException("give one of --space, --time and --both"),
    };

    private static int Within(string option, int value, int least, int most) =>
        value >= least && value <= most ? value
            : throw new InputException($"{option} {value}: expected a number from {least} to {most}");
}
