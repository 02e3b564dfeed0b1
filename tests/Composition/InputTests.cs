using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Composition;

/// <summary>
/// Properties that make no sense are refused, and those that end too early are warned of, by name and value.
/// </summary>
public class InputTests
{
    [Theory]
    [InlineData("youngs_modulus: { polynomial: [45 GPa, -60 GPa] }", "youngs_modulus: is -0.0", "GPa at x = 0.75",
        "must be above 0 from x = 0 to saturation at 0.9733")]
    [InlineData("diffusivity: { polynomial: [1e-11 cm^2/s, -2e-11 cm^2/s] }", "diffusivity: is -", "cm^2/s at x = 0.5",
        "must not be negative")]
    [InlineData("thermodynamic_factor: { polynomial: [-1, 4] }", "thermodynamic_factor: is -1 at x = 0;",
        "must be above 0")]
    [InlineData("youngs_modulus: { x: [0, 0.5, 0.5], values: [1 GPa, 2 GPa, 3 GPa] }",
        "youngs_modulus.x.2: x must increase, 0.5 does not")]
    [InlineData("youngs_modulus: { x: [0, 1], values: [1 GPa] }",
        "youngs_modulus.values: expected as many values as x, 2, read 1")]
    [InlineData("youngs_modulus: { x: [0], values: [1 GPa] }", "youngs_modulus.x: expected at least 2 points, read 1")]
    [InlineData("youngs_modulus: { x: [0, 1], values: [1 GPa, -2 GPa] }",
        "youngs_modulus.values.1: must be above 0, read '-2 GPa'")]
    [InlineData("youngs_modulus: { x: [0, 1] }", "youngs_modulus: expected one value such as 4 GPa, ")]
    [InlineData("youngs_modulus: { polynomial: [] }", "youngs_modulus.polynomial: expected at least one coefficient")]
    [InlineData("youngs_modulus: { polynomial: [1 cm] }",
        "youngs_modulus.polynomial.0: 1 cm is no stress; write for example 1 GPa")]
    [InlineData("diffusivity: { value: 1e-11 cm^2/s, polynomial: [1e-11 cm^2/s] }",
        "diffusivity: give one of value, polynomial, mg and li, table, x and values; here are value and also "
        + "polynomial")]
    [InlineData("diffusivity: { value: 1e-11 cm^2/s, reference_temperature: 20 °C }",
        "diffusivity.reference_temperature: goes with activation_energy, which is missing")]
    [InlineData("partial_molar_volume: 1e-5 m^3/mol, eigenstrain: { polynomial: [0, 0.3] }",
        "partial_molar_volume: eigenstrain takes its place; give one of them")]
    [InlineData("thermodynamics: ocv, thermodynamic_factor: 2",
        "thermodynamics: thermodynamic_factor takes its place; give one of them")]
    public void A_property_that_makes_no_sense_is_refused(string material, params string[] expected)
    {
        var message = CaseText.Refused($"{CaseText.Slab}\nmaterial: {{ {material} }}");
        Assert.StartsWith("a.yaml:2: material.", message);
        Assert.All(expected, part => Assert.Contains(part, message));
    }

    [Theory]
    [InlineData("0, 1e-11\n1, 2e-11",
        "d.csv:1: expected a heading with the unit in brackets before the numbers, such as 'x, value [cm^2/s]'")]
    [InlineData("x, D [GPa]\n0, 1\n1, 2", "d.csv:1: 1 GPa is no diffusivity")]
    [InlineData("x, D [cm^2/s]\n0, 1e-11\n0.4, 2e-11\n0.3, 3e-11",
        "d.csv:4: x must increase from line to line, 0.3 does not")]
    [InlineData("x, D [cm^2/s]\n0, 1e-11\n0.4, -2e-11", "d.csv:3: must be at least 0, read '-2e-11'")]
    [InlineData("x, D [cm^2/s]\n0, 1e-11, 3",
        "d.csv:2: expected two numbers, x and the property in cm^2/s, read '0, 1e-11, 3'")]
    [InlineData("x, D [cm^2/s]\n0, 1e-11",
        "d.csv: expected at least two lines of x and the property in cm^2/s, read 1")]
    public void A_table_that_is_none_is_refused_with_its_line(string table, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", table);
        var file = folder.Write("a.yaml", CaseText.Slab + "\nmaterial: { diffusivity: { table: d.csv } }");
        var message = Assert.Throws<InputException>(() => CaseReader.Read(file, [])).Message;
        Assert.StartsWith(Path.Combine(folder.Path, expected), message);
    }

    [Fact]
    public void A_table_that_ends_early_is_warned_of_with_the_value_that_is_held() => Assert.Equal(
        [
            "a.yaml:2: material.youngs_modulus: the table begins at x = 0.05; below it 44 GPa is held",
            "a.yaml:2: material.youngs_modulus: the table ends at x = 0.5; beyond it 30 GPa is held, up to saturation "
                + "at 0.9733",
        ],
        CaseText.Parse(CaseText.Slab
            + "\nmaterial: { youngs_modulus: { x: [0.05, 0.5], values: [44 GPa, 30 GPa] } }").Warnings);

    [Fact]
    public void Warnings_are_printed_once_and_kept_with_the_run()
    {
        using var run = new ProgramRun();
        var text = ProgramRun.Plate.Replace("diffusivity: 1e-11 cm^2/s",
            "diffusivity: { x: [0, 0.4], values: [1e-11 cm^2/s, 2e-11 cm^2/s] }");
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"]);
        Assert.Equal(0, exit);
        var warning = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains("the table ends at x = 0.4; beyond it 2E-11 cm^2/s is held", warning);
        var kept = System.Text.Json.JsonDocument.Parse(File.ReadAllText(run["out/run.json"])).RootElement.GetProperty(
            "warnings");
        Assert.Equal(warning.Trim(), $"warning: {Assert.Single(kept.EnumerateArray()).GetString()}");
        Assert.Matches(@"\n\s*warnings\s+" + System.Text.RegularExpressions.Regex.Escape(
            warning.Trim()["warning: ".Length..]) + @"\s*\n", ProgramRun.Call("info", run["out"]).Output);
    }

    [Fact]
    public void A_run_that_leaves_the_thermodynamics_says_so_once_with_the_value()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: slab, height: 140 nm, cells: [20] }
            material: { ocv: { kind: regular-solution } }
            coupling: none
            initial: { x: 0.2 }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 9 s } } ]
            """);
        Assert.Matches("^material.ocv: x comes to 0.30[0-9]* at t = [0-9.]+ s; the regular solution holds below 0.3 "
            + "only$", Assert.Single(run.Simulation.Notices));
    }

    [Fact]
    public void A_case_with_every_form_written_out_reads_back_to_the_same_case()
    {
        using var folder = new TemporaryFolder();
        folder.Write("e.csv", "x;E [GPa]\n0;45\n1;20\n");
        var file = folder.Write("a.yaml", CaseText.Slab + """

            material:
              diffusivity: { mg: 1e-11 cm^2/s, li: 5e-11 cm^2/s, activation_energy: 21.3 kJ/mol,
                reference_temperature: 20 °C }
              youngs_modulus: { table: e.csv }
              eigenstrain: { x: [0, 0.3, 1], values: [0, 0.1, 0.3] }
              thermodynamic_factor: { polynomial: [1, 2.5, -0.3] }
            regions: [ { to: [1 um], grain: 1, diffusivity: 1e-12 cm^2/s,
              partial_molar_volume: { polynomial: [1.3e-5 m^3/mol, 1e-7 m^3/mol] }, thermodynamic_factor: 2 } ]
            """);
        var document = CaseReader.Read(file, []);
        CaseText.AssertSame(document.Case, CaseText.Parse(CaseWriter.Write(document.Case)).Case);
    }
}
