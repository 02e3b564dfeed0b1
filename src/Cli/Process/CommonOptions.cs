using System.CommandLine;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Process;

/// <summary>Options of the commands that compute.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Set() =>
        new("--set")
        {
            Description = "Override an entry, such as interfaces.se.shear_strength=0.5GPa; may be repeated.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => []
        };

    public static Option<string> Device() =>
        new("--device")
        {
            Description = $"Where to compute; `{ShellCommand.Of("devices")}` lists them.",
            DefaultValueFactory = _ => "host",
            HelpName = "DEVICE"
        };

    public static Option<int> Threads()
    {
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of the host device; 0: one per core.",
            HelpName = "N"
        };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, out var n) && n is >= 0 and <= MostThreads))
                result.AddError($"--threads {text}: expected a number from 0 to {MostThreads}");
        });
        return threads;
    }

    /// <summary>Only warnings and errors are printed.</summary>
    public static Option<bool> Quiet() => new(QuietName) { Description = "Print warnings and errors only." };

    /// <summary>A file that gets what is printed.</summary>
    public static Option<string?> Log() => new(LogName)
    {
        Description = "Add all that is printed to a file as well, as plain lines, also what --quiet keeps back.",
        HelpName = "FILE",
    };

    /// <summary>Whether a command line has <see cref="Quiet"/>.</summary>
    public static bool IsQuiet(ParseResult parsed) =>
        Find<bool>(parsed, QuietName) is { } quiet && parsed.GetValue(quiet);

    /// <summary>The file of <see cref="Log"/>; null where a command line has none.</summary>
    public static string? LogOf(ParseResult parsed) =>
        Find<string?>(parsed, LogName) is { } log ? parsed.GetValue(log) : null;

    private static Option<T>? Find<T>(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.OfType<Option<T>>().FirstOrDefault(option => option.Name == name);

    private const string QuietName = "--quiet", LogName = "--log";

    private const int MostThreads = 1024;
}
