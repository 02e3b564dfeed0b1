using MesoLiMg.Studies.Sweeps;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Sweeps;

public class SweepPlanTests
{
    [Fact]
    public void PointsAreTheProductOfTheVariations()
    {
        using var folder = new TemporaryFolder();
        var plan = Plan(folder, "initial.x=0.1,0.2", "protocol.0.plate.time=1s,2s,3s");
        Assert.Equal(["0.1 1s", "0.1 2s", "0.1 3s", "0.2 1s", "0.2 2s", "0.2 3s"],
            plan.Points.Select(point => string.Join(' ', point.Values)));
        Assert.Equal([1.0, 2, 3, 1, 2, 3], plan.Points.Select(point => point.Case.Protocol[0].Plate!.Time!.Value));
    }

    [Fact]
    public void NamesAreReadableAndSafeForFileSystems()
    {
        using var folder = new TemporaryFolder();
        var plan = Plan(folder, "protocol.0.plate.current=0.5 mA/cm^2,1mA/cm^2", "interfaces.se={ law: slide }");
        plan.Resume(Path.Combine(folder.Path, "runs"));
        Assert.Equal(
            ["0001_protocol.0.plate.current=0.5mA_cm^2,interfaces.se=law_slide",
                "0002_protocol.0.plate.current=1mA_cm^2,interfaces.se=law_slide"],
            plan.Points.Select(point => point.Name));
    }

    [Fact]
    public void LongNamesAreCutAndStayDifferent()
    {
        using var folder = new TemporaryFolder();
        var title = new string('t', 200);
        string[] labels = [.. Plan(folder, $"title={title}a,{title}b").Points.Select(point => point.Label)];
        Assert.All(labels, label => Assert.Equal(100, label.Length));
        Assert.NotEqual(labels[0], labels[1]);
    }

    [Fact]
    public void PointsKeepTheirFoldersWhenValuesAreAdded()
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, "runs");
        Write(runs, Plan(folder, "initial.x=0.1,0.3"));
        var longer = Plan(folder, "initial.x=0.1,0.2,0.3");
        longer.Resume(runs);
        Assert.Equal(["0001_initial.x=0.1", "0003_initial.x=0.2", "0002_initial.x=0.3"],
            longer.Points.Select(point => point.Name));
    }

    [Fact]
    public void AChangedCaseIsRefused()
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, "runs");
        Write(runs, Plan(folder, "initial.x=0.1,0.3"));
        var changed = SweepPlan.Read(folder.Write("case.yaml", CaseText.Plate), ["temperature=300 K"],
            [Variation.Parse("initial.x=0.1,0.3")]);
        Assert.Contains("holds the run of another case",
            Assert.Throws<InputException>(() => changed.Resume(runs)).Message);
    }

    [Fact]
    public void AChangedCaseIsRefusedAlsoWhenAllItsValuesAreNew()
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, "runs");
        Write(runs, Plan(folder, "initial.x=0.1,0.3"));
        var changed = SweepPlan.Read(folder.Write("case.yaml", CaseText.Plate), ["temperature=300 K"],
            [Variation.Parse("initial.x=0.2")]);
        Assert.Contains("holds runs of another case",
            Assert.Throws<InputException>(() => changed.Resume(runs)).Message);
        Plan(folder, "initial.x=0.2").Resume(runs);
    }

    [Theory]
    [InlineData("finished", "Finished")]
    [InlineData("running", "Waiting")]
    [InlineData("interrupted", "Waiting")]
    [InlineData("failed: no convergence", "Waiting")]
    public void OnlyFinishedPointsAreNotRunAgain(string status, string expected)
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, "runs");
        Write(runs, Plan(folder, "initial.x=0.1"), status);
        var plan = Plan(folder, "initial.x=0.1");
        plan.Resume(runs);
        Assert.Equal(expected, plan.Points[0].Status.ToString());
    }

    [Fact]
    public void TwoPointsOfTheSameCaseAreRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("the points initial.x=0.1 and initial.x=1e-1 are the same case",
            Refused(folder, "initial.x=0.1,1e-1"));
    }

    [Fact]
    public void AKeyThatIsVariedTwiceIsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith("--vary initial.x: given twice", Refused(folder, "initial.x=0.1", "initial.x=0.2"));
    }

    [Fact]
    public void TooManyPointsAreRefused()
    {
        using var folder = new TemporaryFolder();
        var values = string.Join(',', Enumerable.Range(1, 101));
        Assert.Equal("the variations make 10201 points, a sweep has at most 9999",
            Refused(folder, $"temperature={values}", $"initial.x={values}"));
    }

    [Fact]
    public void AMistakeInAnyPointNamesThePoint()
    {
        using var folder = new TemporaryFolder();
        var message = Refused(folder, "initial.x=0.1,0.2", "protocol.0.plate.time=1 s,-1 s");
        Assert.EndsWith("(point initial.x=0.1, protocol.0.plate.time=-1 s)", message);
    }

    private static SweepPlan Plan(TemporaryFolder folder, params string[] variations) =>
        SweepPlan.Read(folder.Write("case.yaml", CaseText.Plate), [], [.. variations.Select(Variation.Parse)]);

    private static string Refused(TemporaryFolder folder, params string[] variations) =>
        Assert.Throws<InputException>(() => Plan(folder, variations)).Message;

    /// <summary>Folders as the runs of a plan's points leave them.</summary>
    private static void Write(string runs, SweepPlan plan, string status = RunFolder.Finished)
    {
        plan.Resume(runs);
        foreach (var point in plan.Points)
        {
            var run = Directory.CreateDirectory(Path.Combine(runs, point.Name)).FullName;
            File.WriteAllText(RunFolder.CasePath(run), point.CaseText);
            File.WriteAllText(RunFolder.HistoryPath(run), "step [-],theta [-]\n0,\n1,0.5\n");
            File.WriteAllText(RunFolder.SummaryPath(run), $$"""{ "status": "{{status}}" }""");
        }
    }
}
