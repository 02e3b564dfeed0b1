using System.CommandLine;
using MesoLiMg.Cli.Commands;

var root = new RootCommand("MesoLiMg: lithium and stress in Li-Mg films on battery current collectors.")
{
    RunCommand.Create(), ProbeCommand.Create(), InfoCommand.Create(), ExportCommand.Create(), PlotCommand.Create(), PaperCommand.Create(), DevicesCommand.Create(), HelpCaseCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine(string.Join(" ", parsed.Errors.Select(e => e.Message)) + " (mesolimg --help)");
    return Fail.BadInput;
}
return await parsed.InvokeAsync();
