using System.Text;

namespace MesoLiMg.Cli.Process;

/// <summary>A writer all of whose text arrives in one place, in the pieces in which it was handed over.</summary>
internal abstract class TextSink : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Put(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Put(new(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Put(buffer.ToString());

    public override void Write(string? value) => Put(value ?? "");

    public override void WriteLine() => Put(NewLine);

    public override void WriteLine(string? value) => Put(value + NewLine);

    /// <summary>Takes a piece of text, which may be part of a line or several lines.</summary>
    protected abstract void Put(string text);
}
