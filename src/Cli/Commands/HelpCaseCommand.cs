using System.CommandLine;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg help-case [SECTION]</c>: the entries of case files.</summary>
public static class HelpCaseCommand
{
    public static Command Create()
    {
        var section = new Argument<string?>("SECTION") { Description = "Only this section, such as interfaces.se; without it, all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("help-case", "List the entries of case files with units, defaults and ranges.") { section };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine(CaseHelp.Text(parsed.GetValue(section), Math.Min(People.Width(output), CaseHelp.UsualWidth)));
            return 0;
        }));
        return command;
    }
}
