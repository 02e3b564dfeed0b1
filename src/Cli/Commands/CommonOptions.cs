using System.CommandLine;

namespace MesoLiMg.Cli.Commands;

/// <summary>Options of the commands that compute.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Set() =>
        new("--set") { Description = "Override an entry, such as interfaces.se.strength=0.5GPa; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };

    public static Option<string> Device() =>
        new("--device") { Description = "Where to compute; `mesolimg devices` lists them.", DefaultValueFactory = _ => "host", HelpName = "DEVICE" };

    public static Option<int> Threads()
    {
        var threads = new Option<int>("--threads") { Description = "Threads of the host device; 0: one per core.", HelpName = "N" };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var n) && n is >= 0 and <= MostThreads))
                result.AddError($"--threads {text}: expected a number from 0 to {MostThreads}");
        });
        return threads;
    }

    private const int MostThreads = 1024;
}
