namespace MesoLiMg.Model;

/// <summary>An open-circuit potential as measured: at least two points, x increasing, U strictly decreasing.</summary>
/// <param name="X">Li atoms per Mg atom.</param>
/// <param name="U">Potential against lithium metal [V].</param>
public sealed record OcvTable(IReadOnlyList<double> X, IReadOnlyList<double> U)
{
    /// <summary>
    /// Reads two columns, x and U in volts, separated by blanks, commas or semicolons. Text after # and one heading before the numbers are passed over.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read, or its numbers are no such table.</exception>
    public static OcvTable Read(string path)
    {
        double above = double.PositiveInfinity;
        TwoColumns table = TwoColumns.Read(path, "x and U in volts", (text, where) =>
        {
            _ = TwoColumns.IsNumber(text, out double u);
            if (u >= above) throw new InputException($"{where}: U must fall as x grows, {text} V does not");
            return above = u;
        });
        return new(table.X, table.Y);
    }
}
