using System.Globalization;
using System.Text;
using MesoLiMg.IO;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Verification;

/// <summary>The page that shows each problem with its known answer, errors and orders.</summary>
internal static class VerificationBook
{
    private const string Head = """
        # Verification

        Written by `mesolimg verify`, from runs of the cases in [cases/verification](../cases/verification). Each table
        has the error on every level, relative to the size of the quantity, and the observed order
        log2(error before/error) between the two finest. Errors below 1e-9 are rounding and have no order. The bounds
        are what the command and the tests hold: the error on the third level, and the order.
        Times are of the processor, all levels together.

        Pictures show the errors over the refinement (cells along an edge, or steps, over those of the first level) on
        logarithmic axes beside the slopes of first and second order, and where it tells something, known and computed
        profiles.
        """;

    /// <summary>Folder of the pictures, beside the page.</summary>
    private const string Pictures = "verification", Profile = "-profile";

    /// <summary>Refuses to write over a page or pictures that this program has not written.</summary>
    /// <exception cref="Model.InputException">There is one.</exception>
    public static void RequireOwn(string path, IEnumerable<Problem> problems)
    {
        OwnFiles.Require(path);
        foreach (var problem in problems)
        {
            foreach (var ending in new[] { "", Profile })
                OwnFiles.Require(Path.Combine(
                    Path.GetDirectoryName(path) ?? "", Pictures, $"{problem.Slug}{ending}.svg"));
        }
    }

    /// <summary>Writes the page, whole or not at all, and its pictures.</summary>
    /// <param name="mutations">Table of mutations in Markdown; null for none.</param>
    public static void Write(string path, IReadOnlyList<ProblemResult> results, string? mutations)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n")).Append("\n\n");
        foreach (var result in results)
            Append(text, result, Path.Combine(Path.GetDirectoryName(path) ?? "", Pictures));
        if (mutations is not null)
            text.Append("## Mutations of the kernels\n\n").Append(mutations.ReplaceLineEndings("\n").TrimEnd())
                .Append('\n');
        AtomicFile.WriteText(path, text.ToString().TrimEnd() + "\n");
    }

    private static void Append(StringBuilder text, ProblemResult result, string pictures)
    {
        text.Append($"## {result.Problem.Title}\n\n{result.Problem.Account.ReplaceLineEndings("\n")}\n\n");
        var sourced = result.Measures.Any(measure => measure.Measure.Uncertainty is not null);
        text.Append($"| error of | {string.Join(" | ", result.Levels.Select(level => level.Name))} | order "
            + $"|{(sourced ? " uncertainty of the answer |" : "")} bounds: error, order |\n");
        text.Append($"|---|{string.Concat(Enumerable.Repeat("---:|", result.Levels.Count + (sourced ? 3 : 2)))}\n");
        foreach (var measure in result.Measures)
        {
            var order = measure.Order?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
            var uncertainty = sourced ? $" {(measure.Measure.Uncertainty is { } own ? Short(own) : "-")} |" : "";
            text.Append($"| {measure.Measure.Name} | {string.Join(" | ", measure.Errors.Select(Short))} | {order} "
                + $"|{uncertainty} {Short(measure.Measure.Bound)}, "
                + $"{measure.Measure.Order?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-"} |\n");
        }
        AppendPictures(text, result, pictures);
        text.Append(CultureInfo.InvariantCulture,
            $"\n`cases/verification/{result.Problem.File}`, {result.Seconds:0.0} s\n\n");
    }

    private static void AppendPictures(StringBuilder text, ProblemResult result, string folder)
    {
        OutputPath.MakeFolder(folder);
        void Add(string name, string what, Drawing drawing)
        {
            AtomicFile.WriteText(Path.Combine(folder, name), drawing.ToString());
            text.Append($"{(what == "Errors" ? "\n" : " ")}![{what}]({Pictures}/{name})");
        }
        var falling = result.Measures.Where(measure => measure.Orders[^1] is not null)
            .Select(measure => (measure.Measure.Name, measure.Errors)).ToList();
        if (falling.Count > 0)
            Add($"{result.Problem.Slug}.svg", "Errors", ConvergencePicture.OfErrors(falling).Draw());
        if (result.Profile is { } profile)
            Add($"{result.Problem.Slug}{Profile}.svg", profile.Title, profile.Draw());
        text.Append('\n');
    }

    private static string Short(double value) => value.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
