using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Runs;

namespace MesoLiMg.Cli.Commands;

/// <summary>How the program ends when something is wrong: one line on the error stream and an exit code.</summary>
public static class Fail
{
    public const int Failed = 1, BadInput = 2, Interrupted = 3;

    /// <summary>Runs an action and turns its exceptions into an exit code.</summary>
    public static int Guard(TextWriter error, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (InputException e)
        {
            error.WriteLine(e.Message);
            return BadInput;
        }
        catch (InterruptedException e)
        {
            error.WriteLine(e.Message);
            return Interrupted;
        }
        catch (DeviceNameException e)
        {
            error.WriteLine(e.Message);
            return BadInput;
        }
        catch (Exception e) when (e is RunException or DeviceException)
        {
            error.WriteLine(e.Message);
            return Failed;
        }
        catch (Exception e)
        {
            error.WriteLine($"internal error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }
}
