using System.Diagnostics;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tools;

/// <summary>ParaView of this machine, which runs paraview/picture.py, with a display or a virtual one.</summary>
public sealed class ParaView
{
    private const string Script = "picture.py", Frames = "frames.py", Quantities = "quantities.json";

    /// <summary>The fields that paraview/picture.py knows to show.</summary>
    public static readonly IReadOnlyList<string> Fields = [.. FieldCatalogue.Read().Quantities.Keys];

    private readonly string[] command;

    private ParaView(string[] command) => this.command = command;

    /// <summary>Looks for <c>pvbatch</c> and, where there is no display, for <c>xvfb-run</c>.</summary>
    /// <param name="folders">Where programs are looked for.</param>
    /// <param name="hasDisplay">Whether pictures can be drawn without a virtual display.</param>
    /// <exception cref="InputException">One of them is missing; the message says which.</exception>
    public static ParaView Find(IReadOnlyList<string> folders, bool hasDisplay)
    {
        var batch = In(folders, "pvbatch")
            ?? throw new InputException(
            "pvbatch is not on the PATH: ParaView makes the picture (Debian: apt-get install paraview)");
        if (hasDisplay)
            return new([batch]);
        var virtualDisplay = In(folders, "xvfb-run")
            ?? throw new InputException(
            "there is no display, and xvfb-run is not on the PATH to stand in for one (Debian: apt-get install xvfb "
            + "xauth)");
        // An X server that is reset when its last client leaves refuses the next one for a moment, and pvbatch comes
        // and goes.
        return new([virtualDisplay, "-a", "-s", "-screen 0 1280x1024x24 -noreset", batch]);
    }

    /// <summary>Looks on the PATH.</summary>
    /// <inheritdoc cref="Find(IReadOnlyList{string}, bool)"/>
    public static ParaView Find() => Find(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 });

    /// <summary>Makes a picture of the last state in a collection.</summary>
    /// <param name="collection">The .pvd file, in metres.</param>
    /// <param name="picture">The .png file to write.</param>
    /// <param name="fields">Fields side by side; those of the script when empty.</param>
    /// <param name="kind">The domain: a plate is shown with its axis in the middle.</param>
    /// <param name="inert">Phases that hold no lithium, and their names.</param>
    /// <param name="cancel">Ends ParaView; no part of the picture is left.</param>
    /// <exception cref="RunException">ParaView failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Render(string collection, string picture, IReadOnlyList<string> fields, DomainKind kind,
        IReadOnlyDictionary<int, string> inert, CancellationToken cancel = default)
    {
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(Path.GetFullPath(picture))!, Path.GetFileName(picture));
        AtomicFile.Write(picture, temporary =>
        {
            // ParaView knows the kind of a picture by the ending of its name.
            var (scripts, image) = (Directory.CreateTempSubdirectory("mesolimg-render-").FullName, temporary + ".png");
            var (script, quantities) = (Path.Combine(scripts, Script), Path.Combine(scripts, Quantities));
            try
            {
                foreach (var name in new[] { Script, Frames })
                    File.WriteAllText(Path.Combine(scripts, name), Read(name));
                File.WriteAllText(quantities, FieldCatalogue.Text());
                string[] options =
                [
                    "--quantities", quantities, .. Option("--fields", fields),
                        .. Option("--inert", inert.Select(phase => $"{phase.Key}={phase.Value}")),
                        .. kind == DomainKind.PlaneStrain ? ["--plane"] : Array.Empty<string>(),
                ];
                Run([.. command[1..], script, collection, image, .. options], cancel);
                Plots.PngImage.Mark(image);
                File.Move(image, temporary, overwrite: true);
            }
            finally
            {
                Directory.Delete(scripts, recursive: true);
                File.Delete(image);
            }
        });
    }

    private static IEnumerable<string> Option(string name, IEnumerable<string> values) =>
        values.Any() ? values.Prepend(name) : [];

    private void Run(string[] arguments, CancellationToken cancel)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command[0], arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
        using var ending = cancel.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new RunException(
                $"ParaView could not make the picture: {Words.OneLine(Reason((output.Result + errors).Split('\n')))}");
    }

    /// <summary>The first error in a log or, when a script has refused something, its last line.</summary>
    private static string Reason(string[] lines) => lines.FirstOrDefault(line => line.Contains("ERR|"))
        ?? lines.LastOrDefault(line => line.Trim().Length > 0) ?? "it says nothing";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ParaView).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string? In(IReadOnlyList<string> folders, string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
