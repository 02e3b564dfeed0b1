using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;
using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Program;

public sealed class ReportTests(ITestOutputHelper log) : IDisposable
{
    private readonly ProgramRun run = new();

    [Fact]
    public void ThePageHoldsTheCaseThePublishedTableAndNamesNothingOutsideOfItself()
    {
        var page = Report(ProgramRun.Plate.Replace("Small plate", "Plate <b> & more"));
        Assert.Contains("<title>Plate &lt;b&gt; &amp; more</title>", page);
        Assert.Contains("<td>x_se</td><td>-</td><td>0.17</td>", page);
        Assert.Contains("<td>status</td><td>finished</td>", page);
        Assert.Contains("<td>time steps</td>", page);
        Assert.Contains("default-src &#39;none&#39;".Replace("&#39;", "'"), page);
        Assert.DoesNotMatch(@"(src|href)\s*=\s*[""']?(https?:|//|file:)", page);
        Assert.DoesNotContain("{{", page);
    }

    [Fact]
    public void CellsAreKeptToSixteenBitsOfTheirRange()
    {
        var data = Data(Report(ProgramRun.Plate));
        using var last = SnapshotFile.Open(RunFolder.Snapshots(run["out"])[^1]);
        foreach (var field in data.GetProperty("fields").EnumerateArray()
            .Where(f => f.GetProperty("name").GetString() is "x" or "von_mises"))
        {
            var factor = field.GetProperty("name").GetString() == "x" ? 1 : 1e-6;
            var expected = (double[])last.Read(
                last.Cells.Single(f => f.Name == field.GetProperty("name").GetString())).Data;
            var bytes = field.GetProperty("values")[0].EnumerateArray().Last().GetBytesFromBase64();
            var (low, high) = (field.GetProperty("low").GetDouble(), field.GetProperty("high").GetDouble());
            Assert.Equal(2 * expected.Length, bytes.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i] * factor, low + (high - low) / 65535 * BinaryPrimitives.ReadUInt16LittleEndian(
                    bytes.AsSpan(2 * i)), 0.51 * (high - low) / 65535);
        }
        Assert.Equal(RunFolder.Snapshots(run["out"]).Count, data.GetProperty("times").GetArrayLength());
    }

    [Theory]
    [InlineData("domain: { kind: slab, height: 20 nm, cells: [4] }", "along z")]
    [InlineData("domain: { kind: 3d, size: [20 nm, 20 nm, 20 nm], cells: [4, 3, 4] }",
        "x-z, in the middle of y|x-y, cells next to the collector|x-y, cells next to the electrolyte")]
    public void ADomainHasItsSections(string domain, string sections)
    {
        var data = Data(Report($$"""
            {{domain}}
            coupling: none
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]
            """));
        Assert.Equal(sections.Split('|'), data.GetProperty("sections").EnumerateArray()
            .Select(section => section.GetProperty("name").GetString()));
    }

    [Fact]
    public void VoidsCountInNoRangeAndAreMarkedByTheirPhase()
    {
        var data = Data(Report("""
            domain: { kind: 3d, size: [60 nm, 60 nm, 20 nm], cells: [6, 6, 2], hexagon: 80 nm }
            coupling: none
            initial: { x: 0.05 }
            protocol: [ { rest: { time: 0.1 s } } ]
            """));
        double Low(string name) => data.GetProperty("fields").EnumerateArray()
            .Single(field => field.GetProperty("name").GetString() == name).GetProperty("low").GetDouble();
        Assert.Equal(0.05, Low("x"), 1e-9);
        Assert.Equal(-1, Low("phase"));
    }

    [Fact]
    public void InertPhasesCountInNoRangeOfWhatBelongsToLithium()
    {
        var data = Data(Report("""
            domain: { kind: plane-strain, size: [60 nm, 60 nm], cells: [6, 6] }
            initial: { x: 0.05 }
            regions: [ { from: [0, 20 nm], to: [20 nm, 40 nm], phase: 2 } ]
            protocol: [ { rest: { time: 0.1 s } } ]
            """));
        System.Text.Json.JsonElement Field(string name) => data.GetProperty("fields").EnumerateArray()
            .Single(field => field.GetProperty("name").GetString() == name);
        Assert.Equal([2], data.GetProperty("inert").EnumerateArray().Select(phase => phase.GetInt32()));
        Assert.Equal(0.05, Field("x").GetProperty("low").GetDouble(), 1e-6);
        Assert.True(Field("x").GetProperty("ofLithium").GetBoolean());
        Assert.False(Field("von_mises").GetProperty("ofLithium").GetBoolean());
    }

    [Fact]
    public void ADamagedLastSnapshotIsLeftOutWithOneNote()
    {
        Report(ProgramRun.Plate);
        var snapshots = RunFolder.Snapshots(run["out"]);
        using (var stream = File.OpenWrite(snapshots[^1]))
            stream.SetLength(5000);
        var (exit, output, errors) = ProgramRun.Call("report", run["out"]);
        Assert.Equal(0, exit);
        Assert.StartsWith($"note: '{snapshots[^1]}' ", Assert.Single(errors.Trim().Split('\n')));
        Assert.Equal(snapshots.Count - 1, Data(File.ReadAllText(output.Trim())).GetProperty("times").GetArrayLength());
    }

    [Fact]
    public void AFolderWithoutARunIsBadInput()
    {
        var (exit, _, errors) = ProgramRun.Call("report", run.Folder);
        Assert.Equal((2, $"the folder '{run.Folder}' holds no snapshots"), (exit, errors.Trim()));
        Assert.Empty(run.Contents);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("report")]
    public void AFolderOfManyRunsIsNamedAsWhatItIs(string command)
    {
        foreach (var folder in new[] { "sweep/runs/0002_b", "sweep/runs/0001_a", "study/level_2", "study/level_1" })
        {
            Directory.CreateDirectory(run[folder]);
            run.Write($"{folder}/case.yaml", "");
        }
        run.Write("sweep/sweep.csv", "");
        void Says(string folder, string what, string first) => Assert.Equal(
            (2, $"the folder '{run[folder]}' holds {what}, whose runs are folders of their own; name one of them, "
                + $"such as '{run[first]}'"),
            ProgramRun.Call(command, run[folder]) is var (exit, _, errors) ? (exit, errors.Trim()) : default);
        Says("sweep", "a sweep", Path.Combine("sweep", "runs", "0001_a"));
        Says("study", "a convergence study", Path.Combine("study", "level_1"));
    }

    /// <summary>
    /// What a person does with the page, done by a script at its end; what it finds stands in the page's text.
    /// </summary>
    [Fact]
    public void InABrowserSlidersListsAndPointingWork()
    {
        var page = Report(ProgramRun.Plate);
        run.Write("tried.html", page.Replace("</body>", """
            <pre id="found"></pre><script>
            const lines = [], say = (...all) => lines.push(all.join(" | "));
            const all = (selector, root = document) => [...root.querySelectorAll(selector)];
            const point = (svg, x, y) => { const b = svg.getBoundingClientRect(); svg.dispatchEvent(new MouseEvent("mousemove", { clientX: b.left + x * b.width, clientY: b.top + y * b.height })); };
            const shown = () => document.getElementById("time-shown").textContent;
            const picture = () => document.querySelector("figure.field image").getAttribute("href");
            say("curves", all("figure.chart .curve").length > 3, all("figure.field image").length);
            const before = picture();
            say("last", shown());
            document.getElementById("time").value = 0;
            document.getElementById("time").dispatchEvent(new Event("input"));
            say("first", shown(), before !== picture());
            const field = document.querySelector("figure.field");
            point(all(".drawing svg", field)[1], 0.5, 0.5);
            say("cell", /^r = \S+ nm, z = \S+ nm: x = \S+/.test(field.querySelector(":scope > .readout").textContent));
            const select = field.querySelector("select");
            select.value = "sigma_h";
            select.dispatchEvent(new Event("change"));
            say("bar", field.querySelector(".bar text").textContent);
            const chart = document.querySelector("figure.chart");
            point(chart.querySelector(".drawing svg"), 0.6, 0.5);
            say("row", /^time = \S+ s: x_mean = \S+, x_se = /.test(chart.querySelector(":scope > .readout").textContent));
            document.getElementById("found").textContent = "ready " + document.body.dataset.ready + "\n" + lines.join("\n") + "\nend";
            </script></body>
            """));
        var (exit, dom) = Tool.Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            new Uri(run["tried.html"]).AbsoluteUri);
        if (exit == Tool.Missing)
        {
            log.WriteLine("not checked: there is no chromium (apt-get install chromium)");
            return;
        }
        var found = Regex.Match(dom, "<pre id=\"found\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value.Split(
            '\n');
        Assert.Equal(
            ["ready yes", "curves | true | 2", "last | t = 2 s (3 of 3)", "first | t = 0 s (1 of 3) | true",
                "cell | true", "bar | sigma_h (MPa)", "row | true", "end"],
            found);
    }

    public void Dispose() => run.Dispose();

    private string Report(string text)
    {
        Assert.Equal(0, ProgramRun.Call("run", run.Write("case.yaml", text), "-o", run["out"], "--threads", "1").Exit);
        var (exit, output, errors) = ProgramRun.Call("report", run["out"]);
        Assert.Equal((0, "", Path.Combine(run["out"], "report.html")), (exit, errors, output.Trim()));
        return File.ReadAllText(output.Trim());
    }

    private static JsonElement Data(string page) =>
        JsonDocument.Parse(Regex.Match(page, "<script type=\"application/json\" id=\"data\">(.*?)</script>",
            RegexOptions.Singleline).Groups[1].Value).RootElement;
}
