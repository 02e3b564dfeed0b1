using System.CommandLine;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg help-case [SECTION]</c>: the entries of case files.</summary>
public static class HelpCaseCommand
{
    public static Command Create()
    {
        var section = new Argument<string[]>("SECTION")
        {
            Description = "Only this section or entry, such as interfaces.se or strength; without it, all.",
            Arity = ArgumentArity.ZeroOrMore
        };
        var command = new Command("help-case", "List the entries of case files with units, defaults and ranges.") {
            section };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var path = parsed.GetValue(section) is { Length: > 0 } words ? string.Join('.', words) : null;
            output.WriteLine(CaseHelp.Text(path, Math.Min(People.Width(output), CaseHelp.UsualWidth)));
            return 0;
        }));
        return command;
    }
}
