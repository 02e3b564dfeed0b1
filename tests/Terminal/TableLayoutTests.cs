using MesoLiMg.Studies.Printing;
using Spectre.Console;

namespace MesoLiMg.Tests.Terminal;

/// <summary>The forms that a table takes as its line becomes narrower.</summary>
public class TableLayoutTests
{
    [Fact]
    public void Where_there_is_room_all_stands_side_by_side() => AssertLines(Summary(), 80, """

          at the end    unit     value   what it is
        ───────────────────────────────────────────────────────────────────
          x_se             -     0.151   lithium atoms per magnesium atom
          stress_mean    MPa   1118.88   mean over the 5 nm next to it

        """);

    [Fact]
    public void Words_are_broken_first() => AssertLines(Summary(), 62, """

          at the end    unit     value   what it is
        ──────────────────────────────────────────────────────────────
          x_se             -     0.151   lithium atoms per magnesium
                                         atom
          stress_mean    MPa   1118.88   mean over the 5 nm next to it

        """);

    [Fact]
    public void Then_they_go_below_their_row() => AssertLines(Summary(), 40, """

          at the end    unit     value
        ────────────────────────────────
          x_se             -     0.151
            lithium atoms per magnesium atom
          stress_mean    MPa   1118.88
            mean over the 5 nm next to it

        """);

    [Fact]
    public void Then_long_names_stand_above_their_numbers() => AssertLines(Long(), 38, """

          quantity   unit      width
        ──────────────────────────────
          largest      nm    315.392
          mean width (diameter of the circle)
                       nm   250.2675

        """);

    [Fact]
    public void Then_columns_go_into_blocks_with_the_names_in_each() => AssertLines(Wide(), 26, """

          at   unit   level 1
        ───────────────────────
          x       -     0.151
          y     MPa     -2E-9

          at   unit   level 2
        ───────────────────────
          x       -     0.152
          y     MPa     -3E-9

        """);

    [Fact]
    public void At_last_each_value_has_a_line() => AssertLines(Wide(), 12, """

          x
            level 1  0.151
            level 2  0.152
          y
            level 1  -2E-9 MPa
            level 2  -3E-9 MPa

        """);

    [Fact]
    public void Words_that_rows_share_are_said_once_below_them()
    {
        var table = new PeopleTable(["field", "unit", "what it is"]) { SharesWords = true };
        table.Columns[^1].Alignment = Justify.Left;
        table.Add("stress XX", "MPa", "Cauchy stress");
        table.Add("stress YY", "MPa", "Cauchy stress");
        table.Add("x", "-", "lithium per magnesium");
        AssertLines(table, 27, """

              field       unit
            ────────────────────
              stress XX    MPa
              stress YY    MPa
                Cauchy stress
              x              -
                lithium per magnesium

            """);
    }

    [Fact]
    public void A_path_that_is_longer_than_a_line_goes_below_the_table()
    {
        var table = new PeopleTable(["run", ""]);
        table.Columns[^1].Alignment = Justify.Left;
        table.Add("status", "finished");
        table.Add("command", "mesolimg run /a/path/that/is/longer/than/a/line.yaml");
        AssertLines(table, 40, """

              run
            ──────────────────────
              status    finished
            command: mesolimg run /a/path/that/is/longer/than/a/line.yaml

            """);
    }

    /// <summary>Tables of all shapes, whose names, numbers and units have no blanks.</summary>
    [Fact]
    public void At_any_width_lines_fit_and_every_cell_is_whole()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 300; trial++)
        {
            var (table, width) = (Any(random), random.Next(60, 201));
            var lines = new TableLayout(table, width).Lines();
            Assert.All(lines,
                line => Assert.True(line.Length <= width, $"{line.Length} characters, not {width}: {line}"));
            var shown = lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
            Assert.All(table.Rows.SelectMany(row => row)
                .SelectMany(cell => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries)), word =>
                Assert.True(word == "-" || shown.Contains(word), word));
            foreach (var row in table.Rows)
                Assert.All(row[2..^1],
                    value => Assert.Contains(
                    lines, line => line.Contains(value) && (row[1] == "-" || line.Contains(row[1]))));
        }
    }

    private static PeopleTable Any(Random random)
    {
        string Word(int longest) =>
            string.Concat(Enumerable.Range(0, random.Next(1, longest)).Select(_ => (char)('a' + random.Next(26))));
        string[] units = ["nm", "MPa", "mol/m^3", "-"];
        var columns = random.Next(1, 12);
        var table = new PeopleTable(["name", "unit", .. Enumerable.Range(0, columns).Select(_ => Word(30)), Word(10)]);
        table.Columns[^1].Alignment = Justify.Left;
        for (var row = 0; row < 4; row++)
            table.Add([Word(35), units[row],
                .. Enumerable.Range(0, columns).Select(_ => $"{random.NextDouble() * 1000:G6}"),
                string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => Word(12)))]);
        return table;
    }

    private static PeopleTable Summary()
    {
        var table = new PeopleTable(["at the end", "unit", "value", "what it is"]);
        table.Columns[^1].Alignment = Justify.Left;
        table.Add("x_se", "-", "0.151", "lithium atoms per magnesium atom");
        table.Add("stress_mean", "MPa", "1118.88", "mean over the 5 nm next to it");
        return table;
    }

    private static PeopleTable Long()
    {
        var table = new PeopleTable(["quantity", "unit", "width"]);
        table.Add("largest", "nm", "315.392");
        table.Add("mean width (diameter of the circle)", "nm", "250.2675");
        return table;
    }

    private static PeopleTable Wide()
    {
        var table = new PeopleTable(["at", "unit", "level 1", "level 2"]);
        table.Add("x", "-", "0.151", "0.152");
        table.Add("y", "MPa", "-2E-9", "-3E-9");
        return table;
    }

    private static void AssertLines(PeopleTable table, int width, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Split('\n'), new TableLayout(table, width).Lines());
}
