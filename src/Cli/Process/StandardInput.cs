using MesoLiMg.Studies.Runs;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Cli.Process;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Process;

/// <summary>A case that comes through standard input.</summary>
internal static class StandardInput
{
    /// <summary>The word that stands for it in place of a file.</summary>
    public const string Name = "-";

    /// <summary>What messages call it.</summary>
    public const string FullName = "standard input";

    /// <summary>Reads all of it, UTF-8.</summary>
    /// <exception cref="InputException">There is nothing.</exception>
    /// <exception cref="InterruptedException">It was cancelled.</exception>
    public static string Read(CancellationToken cancel)
    {
        if (!StandardStreams.HasInput)
            throw new InputException($"{FullName}: is closed, expected a case");
        try
        {
            // Reading cannot be given up: a thread of its own waits for what comes.
            var text = Task.Run(() => new StreamReader(Console.OpenStandardInput()).ReadToEnd(), CancellationToken.None)
                .WaitAsync(cancel).GetAwaiter().GetResult();
            return text.Trim().Length > 0 ? text : throw new InputException($"{FullName}: is empty, expected a case");
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException("interrupted while the case was read; nothing has been written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{FullName}: cannot be read: {Words.OneLine(e.Message)}", e);
        }
    }
}
