using System.Globalization;

namespace MesoLiMg.Tests.Support;

/// <summary>
/// How often random tests try. A variable of the environment makes the counts long, docs/robustness.md.
/// </summary>
internal static class Counts
{
    public static int Of(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
