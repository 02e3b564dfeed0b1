
using MesoLiMg.Cli;
namespace MesoLiMg.Tests.Program;

/// <summary>The program called as from a shell, in a folder of its own.</summary>
internal sealed class ProgramRun : IDisposable
{
    /// <summary>A plate that takes a moment.</summary>
    public const string Plate = """
        title: Small plate
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14] }
        material: { diffusivity: 1e-11 cm^2/s }
        interfaces:
          se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.43 GPa, pressure: 9 MPa }
          collector: { law: slide }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 2 s } } ]
        output: { every: 1 s }
        published: [ { quantity: x_se, value: 0.17, source: Fig. 4e } ]
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("mesolimg-program-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Names of all files and folders below, relative.</summary>
    public string[] Contents =>
        [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public static (int Exit, string Output, string Errors) Call(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = CommandLine.Run(arguments, output, errors).GetAwaiter().GetResult();
        return (exit, output.ToString(), errors.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
