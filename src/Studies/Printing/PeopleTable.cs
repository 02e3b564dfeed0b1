using Spectre.Console;

namespace MesoLiMg.Studies.Printing;

/// <summary>
/// A table for people, in whatever form their line has room for, see <see cref="TableLayout"/>. A last column that is
/// aligned to the left holds words: they may be broken at blanks and put below their row. What stands in the other
/// columns, names, numbers and units, is never broken.
/// </summary>
/// <param name="columns">Headings; the first column is aligned to the left, the others to the right.</param>
internal sealed class PeopleTable(IEnumerable<string> columns)
{
    private readonly List<string[]> rows = [];

    /// <summary>The columns.</summary>
    public IReadOnlyList<PeopleColumn> Columns { get; } =
        [.. columns.Select((name, i) => new PeopleColumn(name) { Alignment = i == 0 ? Justify.Left : Justify.Right })];

    /// <summary>How many columns say what a row is about; they stand in each block of a table that is split.</summary>
    public int Names { get; init; } = 1;

    /// <summary>
    /// Whether rows one after the other that have the same words share them, where words stand below.
    /// </summary>
    public bool SharesWords { get; init; }

    /// <summary>The rows, a cell for each column.</summary>
    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>Whether the last column holds words.</summary>
    public bool EndsInWords => Columns.Count > Names && Columns[^1].Alignment == Justify.Left;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column; only words may have line feeds.</param>
    public void Add(params IEnumerable<string> cells) => rows.Add([.. cells]);
}

/// <summary>A column of a table for people.</summary>
/// <param name="name">Its heading.</param>
internal sealed class PeopleColumn(string name)
{
    /// <summary>Its heading.</summary>
    public string Name => name;

    /// <summary>To which side its cells are moved.</summary>
    public Justify Alignment { get; set; }
}
