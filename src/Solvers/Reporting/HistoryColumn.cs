namespace MesoLiMg.Solvers;

/// <summary>A column of history.csv.</summary>
/// <param name="Name">Its name without the unit, as <c>published:</c> calls it.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Help">One line.</param>
public sealed record HistoryColumn(string Name, string Unit, string Help)
{
    /// <summary>The heading, name and unit.</summary>
    public string Heading => $"{Name} [{Unit}]";
}
