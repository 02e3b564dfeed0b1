namespace MesoLiMg.Tests.Program;

/// <summary>Who asks for help gets it, in whatever way he asks.</summary>
public class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("--help", "help")]
    [InlineData("run --help", "help", "run")]
    [InlineData("help --help", "help", "help")]
    [InlineData("help-case --help", "help", "help-case")]
    [InlineData("help-case", "help", "case")]
    [InlineData("help-case interfaces.se", "help", "case", "interfaces.se")]
    [InlineData("help-case interfaces.se", "help", "interfaces.se")]
    [InlineData("help-case interfaces.se", "help", "interfaces", "se")]
    [InlineData("help-case interfaces.se", "help-case", "interfaces", "se")]
    [InlineData("help-case interfaces.se", "help-case", "Interfaces.SE")]
    [InlineData("help-case protocol", "help-case", "protocol[]")]
    [InlineData("help-case solver.max_time_step", "help-case", "solver.max-time-step")]
    public void What_is_meant_is_shown(string meant, params string[] arguments)
    {
        var (exit, output, errors) = ProgramRun.Call(arguments);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(ProgramRun.Call(meant.Split(' ')).Output, output);
        Assert.True(output.Length > 50);
    }

    [Fact]
    public void An_entry_is_found_without_the_sections_above_it()
    {
        var output = ProgramRun.Call("help-case", "shear_strength").Output;
        Assert.Contains("interfaces.se.shear_strength\n  shear_strength ", output.ReplaceLineEndings("\n"));
        Assert.Contains("interfaces.collector.shear_strength\n  shear_strength ", output.ReplaceLineEndings("\n"));
        Assert.StartsWith("solver.max_time_step", ProgramRun.Call("help-case", "max-time-step").Output);
    }

    [Theory]
    [InlineData("there is no command and no entry of case files called 'rnu'; did you mean 'run'?", "help", "rnu")]
    [InlineData("there is no command and no entry of case files called 'xyzzy'; known are run, check, ", "help",
        "xyzzy")]
    [InlineData("no entry 'shear_strenght'; did you mean 'interfaces.se.shear_strength'?", "help-case",
        "shear_strenght")]
    [InlineData("no entry 'interface'; did you mean 'interfaces'?", "help-case", "interface")]
    [InlineData("no entry 'shear_strenght' in interfaces.se; did you mean 'shear_strength'?", "help", "case",
        "interfaces.se.shear_strenght")]
    [InlineData("no entry 'xyzzy'; known are title, ", "help-case", "xyzzy")]
    [InlineData("run has no option '--resme'; did you mean '--resume'? (mesolimg --help)", "run", "--resme", "out")]
    [InlineData("run has no option '--treads'; did you mean '--threads'? (mesolimg --help)", "run", "a.yaml",
        "--treads=2")]
    [InlineData("info has no option '--xyzzy'; known are --help (mesolimg --help)", "info", "--xyzzy")]
    [InlineData("there is no command 'hlep'; did you mean 'help'? (mesolimg --help)", "hlep")]
    public void A_near_miss_names_what_was_meant(string message, params string[] arguments)
    {
        var (exit, output, errors) = ProgramRun.Call(arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith(message, Assert.Single(errors.Trim().Split('\n')));
    }

    [Fact]
    public void A_file_or_a_folder_without_a_command_is_answered_with_the_command()
    {
        using var run = new ProgramRun();
        var file = run.Write("plate.yaml", ProgramRun.Plate);
        Assert.Equal($"there is no command '{file}'; did you mean `mesolimg run {file} --threads 1`? (mesolimg --help)",
            ProgramRun.Call(file, "--threads", "1").Errors.Trim());
        Assert.Equal(
            $"there is no command '{run.Folder}'; did you mean `mesolimg info {run.Folder}`? (mesolimg --help)",
                ProgramRun.Call(run.Folder).Errors.Trim());
    }
}
