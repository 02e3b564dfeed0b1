namespace MesoLiMg.Cli;

/// <summary>Something that a line of progress says.</summary>
/// <param name="Text">In words.</param>
/// <param name="Rank">0 for what matters most; items of the highest rank are left out first.</param>
/// <param name="Before">What parts it from an item before it.</param>
internal readonly record struct ProgressItem(string Text, int Rank, string Before = ", ");

/// <summary>Lines of progress, of items that matter more or less.</summary>
internal static class ProgressLine
{
    /// <summary>All items.</summary>
    public static string Of(IEnumerable<ProgressItem> items)
    {
        var line = "";
        foreach (var item in items)
            line += line == "" || line.EndsWith(' ') ? item.Text : item.Before + item.Text;
        return line;
    }

    /// <summary>As many of the items as fit, those left out that matter least.</summary>
    /// <param name="items">From left to right.</param>
    /// <param name="room">Characters that there are.</param>
    public static string Fitting(IReadOnlyList<ProgressItem> items, int room)
    {
        List<ProgressItem> kept = [.. items];
        while (Of(kept).Length > room && kept.Max(item => item.Rank) is > 0 and var least)
            kept.RemoveAll(item => item.Rank == least);
        return Of(kept);
    }
}
