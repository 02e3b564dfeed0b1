using System.Text;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// Text as a terminal gets it, as lines of a file: without control sequences, and of a line that is rewritten over and
/// over, as progress is, one state every few seconds.
/// </summary>
/// <param name="inner">Gets whole lines.</param>
/// <param name="clock">Tells when a rewritten line is due.</param>
internal sealed class PlainLines(TextWriter inner, TimeProvider clock) : TextSink
{
    private const char Escape = '\e', Bell = '\a';
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly StringBuilder line = new();
    private State state;
    private bool isRewritten, isReturned;
    private long? shown;

    private enum State
    {
        Text,

        /// <summary>Behind the escape character.</summary>
        Escaped,

        /// <summary>In a sequence that a letter ends, such as that of a colour.</summary>
        Control,

        /// <summary>In a sequence that a bell ends, such as that of a title.</summary>
        Command,
    }

    protected override void Put(string text)
    {
        lock (gate)
        {
            foreach (var c in text)
                Put(c);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (line.ToString().TrimEnd() is { Length: > 0 } rest)
            inner.WriteLine(rest);
        line.Clear();
        base.Dispose(disposing);
    }

    private void Put(char c)
    {
        // Before a line feed a return ends a line as on Windows; before anything else it begins the same line again.
        if (isReturned && c != '\n')
            Rewind();
        isReturned = false;
        switch (state, c)
        {
            case (State.Text, Escape):
                state = State.Escaped;
                break;
            case (State.Text, '\n'):
                EndLine();
                break;
            case (State.Text, '\r'):
                isReturned = true;
                break;
            case (State.Text, _):
                line.Append(c);
                break;
            case (State.Escaped, _):
                state = c switch { '[' => State.Control, ']' => State.Command, _ => State.Text };
                break;
            case (State.Control, >= '@' and <= '~'):
            case (State.Command, Bell):
                state = State.Text;
                break;
            case (State.Command, Escape):
                state = State.Escaped;
                break;
        }
    }

    /// <summary>What follows stands in place of the line.</summary>
    private void Rewind()
    {
        isRewritten = true;
        if (line.ToString().TrimEnd() is { Length: > 0 } rest
            && (shown is null || clock.GetElapsedTime(shown.Value) >= Interval))
        {
            shown = clock.GetTimestamp();
            inner.WriteLine(rest);
        }
        line.Clear();
    }

    /// <summary>A rewritten line that was cleared leaves none.</summary>
    private void EndLine()
    {
        var rest = line.ToString().TrimEnd();
        if (rest.Length > 0 || !isRewritten)
            inner.WriteLine(rest);
        isRewritten = false;
        line.Clear();
    }
}
