using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Composition;

/// <summary>
/// Both columns of a table have the units of its heading; units that are unknown, do not suit, or would be passed over
/// are refused.
/// </summary>
public class TableUnitTests
{
    [Theory]
    [InlineData("x [%], D [cm^2/s]\n0, 1e-11\n50, 3e-11")]
    [InlineData("x [%]; D [cm^2/s]\n0; 1e-11\n50; 3e-11")]
    [InlineData("x [%] D [cm^2/s]\n0 1e-11\n50 3e-11")]
    [InlineData("# x [%], D [cm^2/s]\n0, 1e-11\n50, 3e-11")]
    [InlineData("# measured [12]\n#x [%] D [cm^2/s]\n0 1e-11\n50 3e-11")]
    [InlineData("x, D [cm^2/s]\n0, 1e-11\n0.5, 3e-11")]
    [InlineData("x [-], D [m^2/s]\n0, 1e-15\n0.5, 3e-15")]
    [InlineData("Li per Mg x [mol/mol], Diffusivity D [um^2/s]\n0, 1e-3\n0.5, 3e-3")]
    public void A_property_has_the_units_of_both_columns(string text)
    {
        var table = Read(text, new QuantityAttribute("m^2/s") { Display = "cm^2/s" });
        Assert.Equal([0, 0.5], table.X);
        Assert.Equal([1, 3], table.Y.Select(d => Math.Round(d * 1e15, 12)));
    }

    [Theory]
    [InlineData("x [%], beta [%]\n0, 0\n50, 7")]
    [InlineData("x, beta [-]\n0, 0\n0.5, 0.07")]
    [InlineData("0 0\n0.5 0.07")]
    public void A_pure_number_may_be_in_per_cent(string text)
    {
        var table = Read(text, new QuantityAttribute("1"));
        Assert.Equal((0.5, 0.07), (table.X[1], Math.Round(table.Y[1], 15)));
    }

    [Theory]
    [InlineData("x, U\n0.1 0.3\n0.2 0.2")]
    [InlineData("x [%], U [mV]\n10 300\n20 200")]
    [InlineData("# x U [mV]\n0.1 300\n0.2 200")]
    [InlineData("x (Li per Mg), U (V)\n0.1 0.3\n0.2 0.2")]
    [InlineData("# from Wang [3], Raj\nx [-]; U/V\n0.1;0.3\n0.2;0.2")]
    public void An_open_circuit_potential_has_the_units_of_both_columns(string text)
    {
        using var folder = new TemporaryFolder();
        var table = OcvTable.Read(folder.Write("ocv.csv", text));
        Assert.Equal([0.1, 0.2], table.X);
        Assert.Equal([0.3, 0.2], table.U);
    }

    [Theory]
    [InlineData("x [at.%], D [cm^2/s]\n0, 1\n50, 2",
        ":1: x is lithium per magnesium, a pure number, and cannot be in 'at.%'; its unit is -, mol/mol or %; a share "
        + "p of all atoms in per cent is x = p/(100 - p)")]
    [InlineData("x [mol/m^3], D [cm^2/s]\n0, 1\n50, 2",
        ":1: x is lithium per magnesium, a pure number, and cannot be in 'mol/m^3'")]
    [InlineData("\n# x [nm], D [cm^2/s]\n0, 1\n50, 2",
        ":2: x is lithium per magnesium, a pure number, and cannot be in 'nm'")]
    [InlineData("x [%], D\n0, 1\n50, 2",
        ":2: expected a heading with the unit in brackets before the numbers, such as 'x, value [cm^2/s]'")]
    [InlineData("x (%), D [cm^2/s]\n0, 1\n50, 2",
        ":1: the heading has '%' outside of brackets; write the unit of a column in brackets, as in 'x [%], value "
        + "[cm^2/s]'")]
    [InlineData("x [-], D [furlong]\n0, 1\n50, 2", ":1: 'furlong' is not a known unit")]
    [InlineData("x [-], D [m^2/s], E [GPa]\n0, 1\n50, 2",
        ":1: 'x [-], D [m^2/s], E [GPa]' has 3 units that cannot be told to belong to one of two columns")]
    [InlineData("x [-], D [m^2/s]\n0,0; 1,5\n50, 2",
        ":2: expected two numbers, x and the property in m^2/s, read '0,0; 1,5'; decimals take a point, as in 0.5")]
    public void Units_that_do_not_suit_are_refused_with_the_line(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", text);
        var refused = Assert.Throws<InputException>(
            () => TwoColumns.Read(file, new QuantityAttribute("m^2/s") { Display = "cm^2/s" }));
        Assert.StartsWith(file + expected, refused.Message);
    }

    [Theory]
    [InlineData("x, U (mV)\n0.1 300\n0.2 200",
        ":1: the heading has 'mV' outside of brackets; write the unit of a column in brackets, as in 'x [%], value "
        + "[V]'")]
    [InlineData("x, U [GPa]\n0.1 300\n0.2 200", ":1: 1 GPa is no potential")]
    public void Units_of_a_potential_that_do_not_suit_are_refused_with_the_line(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("ocv.csv", text);
        Assert.StartsWith(file + expected, Assert.Throws<InputException>(() => OcvTable.Read(file)).Message);
    }

    [Fact]
    public void A_table_far_beyond_saturation_is_warned_of() => Assert.Equal(
        "a.yaml:2: material.diffusivity: the table goes to x = 100, 103 times saturation; x is lithium per magnesium: "
            + "one in per cent says so in the table's heading, x [%]",
        Assert.Single(CaseText.Parse(CaseText.Slab + "\nmaterial: { diffusivity: { x: [0, 50, 100], values: [1e-11 "
            + "cm^2/s, 2e-11 cm^2/s, 4e-11 cm^2/s] } }").Warnings));

    private static TwoColumns Read(string text, QuantityAttribute quantity)
    {
        using var folder = new TemporaryFolder();
        return TwoColumns.Read(folder.Write("d.csv", text), quantity);
    }
}
