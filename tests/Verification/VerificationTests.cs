using MesoLiMg.Studies.Verification;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Verification;

/// <summary>
/// The coarse half of the verification book: errors and observed orders over three refinements of every problem with an
/// exact answer stay within their bounds.
/// </summary>
public class VerificationTests
{
    private static readonly string Folder = Path.Combine(CaseText.Root(), "cases", "verification");

    public static TheoryData<string> Quick =>
        [.. ExactProblems.All.Where(problem => problem.IsQuick).Select(problem => problem.Title)];

    public static TheoryData<string> Long =>
        [.. ExactProblems.All.Where(problem => !problem.IsQuick).Select(problem => problem.Title)];

    [Theory]
    [MemberData(nameof(Quick))]
    public void Errors_and_orders_stay_within_their_bounds(string title) => AssertWithinBounds(title);

    [Theory]
    [MemberData(nameof(Long))]
    [Trait("Category", "Slow")]
    public void Errors_and_orders_of_longer_problems_stay_within_their_bounds(string title) =>
        AssertWithinBounds(title);

    [Fact]
    public void Every_problem_has_three_levels_and_a_name_of_its_own_for_its_pictures()
    {
        Assert.All(ExactProblems.All, problem =>
            Assert.True(problem.Levels.Count >= Problem.QuickLevels, problem.Title));
        Assert.Equal(ExactProblems.All.Count, ExactProblems.All.Select(problem => problem.Slug).Distinct().Count());
    }

    [Theory]
    [InlineData(1.0, 0.25, 0.0625, "")]
    [InlineData(1.0, 0.5, 0.25, "order 1.00 is below its bound 1.80")]
    [InlineData(8.0, 2.0, 0.5, "error 0.5 is above its bound 0.3")]
    [InlineData(1.0, 0.25, double.NaN, "error NaN is above its bound 0.3")]
    public void An_error_or_an_order_beyond_its_bound_is_told(double coarse, double middle, double fine,
        string expected) =>
        Assert.EndsWith(expected, new MeasureResult(new("x", _ => 0, 1.8, 0.3), [coarse, middle, fine]).Failure);

    [Fact]
    public void Every_reference_file_is_in_the_book()
    {
        var references = Path.Combine(CaseText.Root(), "tests", "Reference", "data");
        var accounts = string.Concat(new ReferenceProblems(references).All.Select(problem => problem.Account));
        Assert.All(Directory.GetFiles(references, "*.json"), file => Assert.Contains(Path.GetFileName(file), accounts));
    }

    private static void AssertWithinBounds(string title)
    {
        var result = ExactProblems.All.Single(problem => problem.Title == title).Run(Folder, quick: true, threads: 1);
        Assert.True(result.Failures.Count == 0, string.Join("; ", result.Failures));
    }

    [Fact]
    public void A_missing_folder_is_answered_in_one_line()
    {
        using var run = new ProgramRun();
        var (exit, _, errors) = ProgramRun.Call("verify", "--quick", "--cases", run["nowhere"]);
        Assert.Equal(2, exit);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
