using System.CommandLine;
using System.Globalization;
using MesoLiMg.Device;
using MesoLiMg.Studies.Printing;
using Spectre.Console;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg devices</c>: what <c>--device</c> may name here, and why other devices cannot be used.
/// </summary>
public static class DevicesCommand
{
    /// <summary>The command; its exit code is 0.</summary>
    public static Command Create()
    {
        var command = new Command("devices", "List the devices that a case can run on.");
        command.SetAction(result =>
        {
            People.Print(result.InvocationConfiguration.Output, Table(DeviceFactory.List()));
            return 0;
        });
        return command;
    }

    private static PeopleTable Table(IReadOnlyList<DeviceInfo> devices)
    {
        var table = People.Table("device", "memory", "double", "usable", "what it is");
        foreach (var column in table.Columns)
            column.Alignment = Justify.Left;
        foreach (var device in devices)
        {
            var isThere = device.MemoryBytes > 0;
            table.Add(
                device.Name,
                isThere ? string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / 1e9:0.#} GB") : "",
                isThere ? device.DoublePrecision ? "yes" : "no" : "",
                device.Problem is null ? "yes" : "no",
                string.Join(": ", new[] { device.Description, device.Problem }
                    .Where(words => !string.IsNullOrEmpty(words))));
        }
        return table;
    }
}
