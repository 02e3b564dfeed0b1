using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Cases;

/// <summary>
/// x at the start that no alloy can have is refused with its largest value and the cell, whichever way it is given.
/// </summary>
public sealed class InitialFieldTests : IDisposable
{
    private const string Text = """
        domain: { kind: plane-strain, size: [20 nm, 30 nm], cells: [2, 3] }
        initial:
          x: 0
        coupling: none
        """;

    private readonly ProgramRun run = new();

    [Theory]
    [InlineData("1.2", "x = 1.2 in the cell at x = 5 nm, z = 5 nm, the largest of 6 cells, is above saturation, "
        + "0.9733 Li per Mg;")]
    [InlineData("{ linear: { axis: x, from: 0, to: 1.6 } }",
        "x = 1.2 in the cell at x = 15 nm, z = 5 nm, the largest of 3 cells, is above saturation")]
    [InlineData("{ linear: { from: 0, to: 1.2 } }",
        "x = 1 in the cell at x = 5 nm, z = 25 nm, the largest of 2 cells, is above saturation")]
    [InlineData("{ table: { at: [0 nm, 15 nm, 30 nm], values: [0, 60, 0] } }",
        "x = 60 in the cell at x = 5 nm, z = 15 nm, the largest of 6 cells, is above saturation, 0.9733 Li per Mg (in "
        + "per cent? that is x = 0.6);")]
    public void A_profile_above_saturation_is_refused(string profile, string expected)
    {
        Assert.Contains($"a.yaml:3: initial.x: {expected}", Refused(Text.Replace("x: 0", $"x: {profile}")));
        Assert.Contains("is above saturation",
            Assert.Single(CaseText.Parse(Text.Replace("x: 0", $"x: {profile}"), "on_saturation=plate").Warnings));
        Assert.NotEmpty(InitialConcentration.Of(
            CaseText.Parse(Text.Replace("x: 0", $"x: {profile}"), "on_saturation=plate").Case));
    }

    [Fact]
    public void A_profile_that_is_above_saturation_beyond_its_cells_alone_is_taken() =>
        Assert.Equal(0.9, InitialConcentration.Of(
            CaseText.Parse(Text.Replace("x: 0", "x: { linear: { from: 0, to: 1.08 } }")).Case).Max(), 12);

    [Theory]
    [InlineData(new[] { 0.1, 5363, 0.2, 0.3, 0.4, 8000 },
        "x = 8000 at /x[2, 0, 1], the largest of 2 cells, is above saturation, 0.9733 Li per Mg (in mol/m^3? that is "
        + "x = 0.1119, over magnesium_concentration)")]
    [InlineData(new[] { 0.1, 0.2, 0.98, 0.3, 0.4, 0.5 },
        "x = 0.98 at /x[1, 0, 0] is above saturation, 0.9733 Li per Mg; only")]
    [InlineData(new[] { 0.1, 0.2, 0.3, -0.001, 0.4, 0.5 },
        "x = -0.001 at /x[1, 0, 1], expected numbers not below zero")]
    [InlineData(new[] { 0.1, 0.2, 0.3, 0.4, double.NaN, 0.5 },
        "x = NaN at /x[2, 0, 0], expected numbers not below zero")]
    [InlineData(new[] { 0.1, 0.2, 0.3, 0.4, double.PositiveInfinity, 0.5 },
        "at /x[2, 0, 0], expected numbers not below zero")]
    public void Numbers_of_a_file_that_no_alloy_has_are_refused(double[] values, string expected)
    {
        var file = Write(values);
        Assert.Contains($"a.yaml:3: initial.x.file: {file}: {(expected.StartsWith('x') ? expected : "x = ")}",
            Refused(FromFile(file)));
        Assert.Contains(expected, Refused(FromFile(file)));
    }

    [Fact]
    public void Metal_may_stand_in_a_field_from_a_file_where_it_may_plate_and_is_warned_of()
    {
        var document = CaseReader.Parse(FromFile(Write(new[] { 0.1, 0.2, 0.3, 1.5, 0.4, 0.5 })), run["a.yaml"],
            ["on_saturation=plate"]);
        var x = InitialConcentration.Of(document.Case);
        Assert.Equal(1.5, x[3]);
        Assert.EndsWith("x = 1.5 in the cell at x = 15 nm, z = 15 nm is above saturation, 0.9733 Li per Mg",
            InitialConcentration.Warning(document.Case, x));
        Assert.Null(InitialConcentration.Warning(document.Case, new double[6]));
    }

    [Fact]
    public void Whole_numbers_are_numbers()
    {
        var document = CaseReader.Parse(FromFile(Write(new[] { 0, 0, 0, 0, 0, 0 })), run["a.yaml"], []);
        Assert.Equal(new double[6], InitialConcentration.Of(document.Case));
        Assert.Contains("x = 3 at /x[1, 0, 0], the largest of 3 cells, is above saturation",
            Refused(FromFile(Write(new[] { 0, 1, 3, 1, 0, 0 }))));
    }

    [Theory]
    [InlineData("%", 0.5)]
    [InlineData("1", 50.0)]
    [InlineData("mol/m^3", null)]
    public void The_unit_of_a_dataset_counts(string unit, double? x)
    {
        var text = FromFile(Write(Enumerable.Repeat(50.0, 6).ToArray(), unit));
        if (x is null)
            Assert.Contains("/x is in 'mol/m^3', expected x, lithium per magnesium, a pure number (1, - or %)",
                Refused(text));
        else
            Assert.Equal(x, InitialConcentration.Of(
                CaseReader.Parse(text, run["a.yaml"], ["on_saturation=plate"]).Case)[0]);
    }

    [Fact]
    public void A_state_above_the_saturation_of_the_new_case_is_refused()
    {
        var first = run.Write("first.yaml", Text.Replace("x: 0", "x: 0.5"));
        Assert.Equal(0, ProgramRun.Call("run", first, "-o", run["first"]).Exit);
        var snapshot = RunFolder.Snapshots(run["first"])[^1];
        var (exit, _, errors) = ProgramRun.Call("run", "--from", snapshot, "-o", run["second"], "--set",
            "material.saturation_concentration=20000 mol/m^3");
        Assert.Equal(2, exit);
        Assert.Contains("the state's x = 0.5 in the cell at x = 5 nm, z = 5 nm, the largest of 6 cells, is above "
            + "saturation, 0.2797 Li per Mg", errors);
        Assert.False(Directory.Exists(run["second"]));
    }

    private static string FromFile(string file) => Text.Replace("x: 0", $"x: {{ file: {file}, dataset: /x }}");

    private string Write(Array values, string? unit = null)
    {
        using var file = Hdf5File.Create(run["field.h5"]);
        file.Write("/x", values, [3, 1, 2], 0);
        if (unit is not null)
            file.SetAttribute("/x", "unit", unit);
        file.Close();
        return run["field.h5"];
    }

    private string Refused(string text)
    {
        var document = CaseReader.Parse(text, run["a.yaml"], []);
        return Assert.Throws<InputException>(() => InitialConcentration.Of(document.Case, document.Where)).Message;
    }

    public void Dispose() => run.Dispose();
}
