using System.CommandLine;
using MesoLiMg.Cli.Commands;

var root = new RootCommand("MesoLiMg: lithium and stress in Li-Mg films.") { ProbeCommand.Create(), InfoCommand.Create(), ExportCommand.Create() };
var parsed = root.Parse(args);
foreach (var error in parsed.Errors)
    Console.Error.WriteLine(error.Message);
return parsed.Errors.Count > 0 ? Fail.BadInput : parsed.Invoke();
