using System.CommandLine;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Process;

/// <summary>The file of <c>--log</c>: lines are added to it as they are printed.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly StreamWriter file;
    private readonly TextWriter lasting;
    private readonly List<PlainLines> lines = [];

    private LogFile(StreamWriter file, Action<string> failed) =>
        (this.file, lasting) = (file, TextWriter.Synchronized(new LastingWriter(file, failed)));

    /// <summary>Opens a log and makes its folder.</summary>
    /// <param name="path">The file; what is in it stays.</param>
    /// <param name="parsed">The command line, none of whose other files is a log.</param>
    /// <param name="note">Told when nothing can be written to it any more.</param>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static LogFile Open(string path, ParseResult parsed, Action<string> note)
    {
        if (parsed.Tokens.Count(token => IsFile(token.Value)
            && Path.GetFullPath(token.Value) == Path.GetFullPath(path)) > 1)
            throw new InputException($"--log: '{path}' has another place on the command line; give a file of its own");
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                OutputPath.MakeFolder(folder);
            OutputPath.RequireFile(path);
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite,
                bufferSize: 0);
            if (stream.CanSeek)
                stream.Seek(0, SeekOrigin.End);
            return new(new(stream), problem =>
                note($"the log '{path}' cannot be written: {problem}; the command goes on without it"));
        }
        catch (InputException e)
        {
            throw new InputException($"--log: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"--log: cannot write '{path}': {(e is UnauthorizedAccessException ? "no permission" : e.Message)}", e);
        }
    }

    /// <summary>A writer whose lines go to the log; one for each stream, so that lines stay apart.</summary>
    public TextWriter Lines()
    {
        lines.Add(new(lasting, TimeProvider.System));
        return lines[^1];
    }

    public void Dispose()
    {
        foreach (var writer in lines)
            writer.Dispose();
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // What is still in its buffer could not be written before either, which has been said.
        }
    }

    private static bool IsFile(string word) => word is not "" && File.Exists(word);
}
