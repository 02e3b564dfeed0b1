namespace MesoLiMg.Cli.Process;

/// <summary>Text that goes to two writers.</summary>
internal sealed class Tee(TextWriter first, TextWriter second) : TextSink
{
    protected override void Put(string text)
    {
        first.Write(text);
        second.Write(text);
    }
}
