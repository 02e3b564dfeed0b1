namespace MesoLiMg.Studies.Printing;

/// <summary>Something that a line of progress says.</summary>
/// <param name="Text">In words.</param>
/// <param name="Rank">0 for what matters most; items of the highest rank are left out first.</param>
/// <param name="Before">What parts it from an item before it.</param>
internal readonly record struct ProgressItem(string Text, int Rank, string Before = ", ");

/// <summary>A line of progress that is made again and again, of items that matter more or less.</summary>
internal sealed class ProgressLine
{
    private int room, highest = int.MaxValue;

    /// <summary>All items.</summary>
    public static string Of(IEnumerable<ProgressItem> items)
    {
        var line = "";
        foreach (var item in items)
            line += line == "" || line.EndsWith(' ') ? item.Text : item.Before + item.Text;
        return line;
    }

    /// <summary>
    /// As many of the items as fit, those left out that matter least. What was left out stays out as long as the room
    /// is the same, or it would come and go with the digits of the others.
    /// </summary>
    /// <param name="items">From left to right.</param>
    /// <param name="characters">The room.</param>
    public string Fitting(IReadOnlyList<ProgressItem> items, int characters)
    {
        if (characters != room)
            (room, highest) = (characters, int.MaxValue);
        List<ProgressItem> kept = [.. items.Where(item => item.Rank <= highest)];
        while (Of(kept).Length > room && kept.Max(item => item.Rank) is > 0 and var least)
        {
            highest = least - 1;
            kept.RemoveAll(item => item.Rank > highest);
        }
        return Of(kept);
    }
}
