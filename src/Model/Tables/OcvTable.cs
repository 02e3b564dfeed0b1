namespace MesoLiMg.Model;

/// <summary>An open-circuit potential as measured: at least two points, x increasing, U strictly decreasing.</summary>
/// <param name="X">Li atoms per Mg atom.</param>
/// <param name="U">Potential against lithium metal [V].</param>
public sealed record OcvTable(IReadOnlyList<double> X, IReadOnlyList<double> U)
{
    /// <summary>
    /// Reads two columns, x and U, separated by blanks, commas or semicolons; U is in volts unless a heading names
    /// another unit of it in brackets, as in <c>x [%], U [mV]</c>. Text after # is passed over.
    /// </summary>
    /// <exception cref="InputException">
    /// The file cannot be read, its numbers are no such table, or a unit does not suit its column.
    /// </exception>
    public static OcvTable Read(string path)
    {
        double above = double.PositiveInfinity;
        var units = new TableUnits(new QuantityAttribute("V"), "V");
        string Expected() => units.Shown == "V" ? "x and U in volts" : $"x and U in {units.Shown}";
        TwoColumns table = TwoColumns.Read(path, Expected, units, (u, text, where) =>
        {
            if (u >= above)
                throw new InputException($"{where}: U must fall as x grows, {text} {units.Shown} does not");
            above = u;
        });
        return new(table.X, table.Y);
    }
}
