namespace MesoLiMg.Cli.Process;

/// <summary>Lets the lines of warnings through and drops all others: what <c>--quiet</c> makes of the output.</summary>
internal sealed class WarningsOnly(TextWriter inner) : TextSink
{
    private const string Mark = "warning: ";
    private string line = "";

    protected override void Put(string text)
    {
        var lines = (line + text).Split('\n');
        foreach (var complete in lines.SkipLast(1)
            .Where(complete => complete.StartsWith(Mark, StringComparison.Ordinal)))
            inner.WriteLine(complete.TrimEnd('\r'));
        line = lines[^1];
    }
}
