using System.CommandLine;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tools;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg render DIR</c>: a picture of a run's last state by ParaView.</summary>
public static class RenderCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run." };
        var output = new Option<string?>("--output", "-o") { Description = "The picture; DIR/picture.png by default.", HelpName = "FILE.png" };
        var fields = new Option<string?>("--fields") { Description = "Fields side by side; by default x,von_mises and grain where there are grains, potential where there are none.", HelpName = "FIELDS" };
        var command = new Command("render", "Let ParaView, where it is installed, make a picture of the last state of a run.") { folder, output, fields };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var run = parsed.GetRequiredValue(folder);
            var picture = parsed.GetValue(output) ?? Path.Combine(run, "picture.png");
            var chosen = parsed.GetValue(fields)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            var paraView = ParaView.Find();
            var last = RunFolder.Snapshots(run)[^1];
            DomainKind kind;
            using (var snapshot = SnapshotFile.Open(last))
                kind = snapshot.Grid.Kind;
            if (kind == DomainKind.Slab)
                throw new InputException($"'{run}' is a slab, of which there is no picture; mesolimg plot draws its profiles");
            paraView.Render(VtkExport.Export(last), picture, chosen, kind);
            parsed.InvocationConfiguration.Output.WriteLine(picture);
            return 0;
        }));
        return command;
    }
}
