using MesoLiMg.Model;
using MesoLiMg.Studies.Verification;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// Text that a computation outlives: when some of it cannot be written, what follows is dropped in silence.
/// </summary>
/// <param name="inner">Where the text goes.</param>
/// <param name="failed">Told once why nothing is written any more.</param>
internal sealed class LastingWriter(TextWriter inner, Action<string>? failed = null) : TextSink
{
    /// <summary>Why nothing is written any more; null as long as all is well.</summary>
    public string? Problem { get; private set; }

    protected override void Put(string text)
    {
        if (Problem is not null)
            return;
        try
        {
            inner.Write(text);
            inner.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Problem = Words.OneLine(e.Message).TrimEnd('.');
            failed?.Invoke(Problem);
        }
    }
}
