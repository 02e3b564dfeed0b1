using System.CommandLine;
using System.Globalization;
using MesoLiMg.Cli.Process;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Verification;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg verify</c>: runs problems whose answers are known and writes the page of errors and orders.
/// </summary>
public static class VerifyCommand
{
    private const string Page = "verification.md";

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for verification.md.",
            DefaultValueFactory = _ => "docs",
            HelpName = "DIR"
        };
        var cases = new Option<string>("--cases")
        {
            Description = "Folder with the case files.",
            DefaultValueFactory = _ => Path.Combine("cases", "verification"),
            HelpName = "DIR"
        };
        var references = new Option<string>("--references")
        {
            Description = "Folder with the reference solutions.",
            DefaultValueFactory = _ => Path.Combine("tests", "Reference", "data"),
            HelpName = "DIR"
        };
        var mutations = new Option<string>("--mutations")
        {
            Description = "Table of mutations to put into the page.",
            DefaultValueFactory = _ => Path.Combine("tests", "mutations", "results.md"),
            HelpName = "FILE"
        };
        var quick = new Option<bool>("--quick")
        {
            Description = "Only the coarse half, printed and not written: half a minute."
        };
        var only = new Option<string>("--only")
        {
            Description = "Only problems with these words in their title or the name of their case file; the page is "
            + "written if a folder is given.",
            HelpName = "WORDS"
        };
        var threads = CommonOptions.Threads();
        var command = new Command(
            "verify", "Run problems whose answers are known; write errors and observed orders; fail when one moves "
            + "beyond its bound.")
        {
            output, cases, references, mutations, quick, only, threads, CommonOptions.Quiet(), CommonOptions.Log(),
        };
        command.SetAction(parsed =>
            Fail.Guard(parsed.InvocationConfiguration.Error, () =>
            Ending.AtOnce(parsed.InvocationConfiguration.Error, "interrupted; no page was written", cancel =>
        {
            var console = parsed.InvocationConfiguration;
            var isQuick = parsed.GetValue(quick);
            var words = parsed.GetValue(only);
            var problems = Chosen(words, isQuick, new(parsed.GetRequiredValue(references)));
            var isWritten = !isQuick && (words is null || parsed.GetResult(output) is { Implicit: false });
            if (isWritten)
            {
                OutputPath.MakeFolder(parsed.GetRequiredValue(output));
                VerificationBook.RequireOwn(Path.Combine(parsed.GetRequiredValue(output), Page), problems);
            }
            var results = new List<ProblemResult>();
            foreach (var problem in problems)
            {
                results.Add(problem.Run(parsed.GetRequiredValue(cases), isQuick, parsed.GetValue(threads), cancel));
                Print(console.Output, results[^1]);
            }
            if (isWritten)
            {
                var page = Path.Combine(parsed.GetRequiredValue(output), Page);
                var table = parsed.GetRequiredValue(mutations);
                VerificationBook.Write(page, results, File.Exists(table) ? File.ReadAllText(table) : null);
                console.Output.WriteLine(page);
            }
            foreach (var failure in results.SelectMany(
                result => result.Failures.Select(failure => $"{result.Problem.Title}: {failure}")))
                console.Error.WriteLine(failure);
            return results.Any(result => result.Failures.Count > 0) ? 1 : 0;
        })));
        return command;
    }

    /// <summary>
    /// The problems that are asked for. Those with a finite-element reference have no quick form; a slow one with an
    /// exact answer is run quickly only by its name.
    /// </summary>
    /// <exception cref="InputException">There are none.</exception>
    private static IReadOnlyList<Problem> Chosen(string? words, bool isQuick, ReferenceProblems references)
    {
        if (words is null)
            return [.. ExactProblems.All.Where(problem => problem.IsQuick || !isQuick), .. isQuick ? []
                : references.All];
        bool Fits(Problem problem) => problem.Title.Contains(words, StringComparison.OrdinalIgnoreCase)
            || problem.File.Contains(words, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<Problem> exact = [.. ExactProblems.All.Where(Fits)];
        if (isQuick && exact.Count > 0)
            return exact;
        IReadOnlyList<Problem> others = [.. references.All.Where(Fits)];
        if (isQuick && others.Count > 0)
            throw new InputException(
                $"--only {Words.OneLine(words)}: '{others[0].Title}' has no quick form; give it without --quick");
        if (exact.Count + others.Count > 0)
            return [.. exact, .. others];
        IReadOnlyList<Problem> all = [.. ExactProblems.All, .. references.All];
        IReadOnlyList<string> titles = [.. all.Select(problem => problem.Title)],
            files = [.. all.Select(problem => Path.GetFileNameWithoutExtension(problem.File))];
        throw new InputException(
            $"--only: no problem has {Words.Quote(words)} in its title or the name of its case "
            + $"file{(Words.Nearest(words, [.. titles, .. files]) is { } near ? $"; did you mean '{near}'?" : $"; the titles are: {string.Join("; ", titles)}")}");
    }

    private static void Print(TextWriter output, ProblemResult result)
    {
        People.Say(output, $"{result.Problem.Title}: {string.Join("; ", result.Levels.Select(level => level.Name))}");
        foreach (var measure in result.Measures)
        {
            var errors = string.Join(", ", measure.Errors.Select(error => error.ToString("G3", CultureInfo.InvariantCulture)));
            var orders = string.Join(", ", measure.Orders.Select(order => order?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-"));
            People.Say(output, $"  {measure.Measure.Name}: {errors}; orders {orders}", indent: 4);
        }
    }
}
