using System.Reflection;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Runs;

/// <summary>What program this is and how it was called.</summary>
internal static class About
{
    private static readonly string[] Informational =
        (typeof(About).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "0").Split('+', 2);

    public static string Version => Informational[0];

    /// <summary>Commit that was built, or empty outside a repository.</summary>
    public static string Commit => Informational.Length > 1 ? Informational[1] : "";

    public static Provenance Provenance(Case @case, string device) => new(
        CaseWriter.Write(@case), Version, Commit, device, Environment.MachineName,
        ShellCommand.Of(Environment.GetCommandLineArgs().Skip(1)));
}
