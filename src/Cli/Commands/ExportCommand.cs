using System.CommandLine;
using MesoLiMg.Tools;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg export DIR|SNAPSHOT</c>: VTK files for ParaView.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("DIR|SNAPSHOT") { Description = "Folder of a run, or one snapshot." };
        var command = new Command("export", "Convert snapshots to VTK images and a collection (DIR/vtk/NAME.pvd) for ParaView.") { path };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var images = 0;
            var collection = VtkExport.Export(parsed.GetRequiredValue(path), _ => images++, line => parsed.InvocationConfiguration.Error.WriteLine($"note: {line}"));
            parsed.InvocationConfiguration.Output.WriteLine($"{images} image{(images == 1 ? "" : "s")}, collection {collection}");
            return 0;
        }));
        return command;
    }
}
