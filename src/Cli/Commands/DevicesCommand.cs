using System.CommandLine;
using System.Globalization;
using MesoLiMg.Device;
using Spectre.Console;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg devices</c>: what <c>--device</c> may name here, and why other devices cannot be used.</summary>
public static class DevicesCommand
{
    // A line each where nobody sees columns wrap, such as in a log.
    private const int WidthOfAFile = 200;

    /// <summary>The command; its exit code is 0.</summary>
    public static Command Create()
    {
        var command = new Command("devices", "List the devices that a case can run on.");
        command.SetAction(result =>
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(result.InvocationConfiguration.Output) });
            if (!console.Profile.Out.IsTerminal)
                console.Profile.Width = WidthOfAFile;
            console.Write(Table(DeviceFactory.List()));
            return 0;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<DeviceInfo> devices)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("device", "what it is", "memory", "double", "usable");
        foreach (var device in devices)
        {
            string[] cells =
            [
                device.Name,
                device.Description,
                device.MemoryBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / 1e9:0.#} GB"),
                device.MemoryBytes == 0 ? "" : device.DoublePrecision ? "yes" : "no",
                device.Problem is null ? "yes" : $"no: {device.Problem}"
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }
        return table;
    }
}
