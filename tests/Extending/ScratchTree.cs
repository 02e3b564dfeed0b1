using System.Diagnostics;
using System.Runtime.InteropServices;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Extending;

/// <summary>A copy of the sources of the program in a folder of its own, to be changed, built and run.</summary>
internal sealed class ScratchTree : IDisposable
{
    private static readonly string[] Parts =
        ["kernels", "src", "tools", "build", "Directory.Build.props", "Directory.Build.targets", "global.json"];

    private static readonly string Runtime =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private readonly string[] files;

    /// <summary>Copies what git knows of, or would.</summary>
    public ScratchTree()
    {
        var (exit, output) = Call("git", CaseText.Root(),
            ["-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard", "--", .. Parts]);
        Assert.True(exit == 0, output);
        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        files = [.. names.Where(name => File.Exists(Original(name))).Distinct()];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this[file])!);
            File.Copy(Original(file), this[file]);
        }
    }

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("mesolimg-extending-").FullName;

    /// <summary>Full name of a file in it.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>
    /// The files that there were and are another now, with the numbers of lines added and taken away.
    /// </summary>
    public IReadOnlyList<(string File, int Added, int Removed)> Changes() =>
    [
        .. from file in files
           let before = File.ReadAllLines(Original(file))
           let now = File.ReadAllLines(this[file])
           where !before.AsSpan().SequenceEqual(now)
           let kept = Common(before, now)
           select (file, now.Length - kept, before.Length - kept),
    ];

    /// <summary>Builds the program; fails with what the compiler says.</summary>
    public void Build()
    {
        var (exit, output) = Call(Runtime, Folder,
            ["build", "src/Cli", "-c", "Release", "-v:q", "-tl:off", "--disable-build-servers"]);
        Assert.True(exit == 0, output);
    }

    /// <summary>Runs the program that was built, and gives what it prints.</summary>
    public string Run(params string[] arguments)
    {
        var (exit, output) = Call(Runtime, Folder, [this["src/Cli/bin/Release/net10.0/mesolimg.dll"], .. arguments]);
        Assert.True(exit == 0, output);
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Original(string file) => Path.Combine(CaseText.Root(), file);

    private static (int Exit, string Output) Call(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs these tests has set for its own processes.
        bool IsOfBuild(string key) => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
        foreach (var name in start.Environment.Keys.Where(IsOfBuild).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }

    /// <summary>Lines of the longest common subsequence.</summary>
    private static int Common(string[] a, string[] b)
    {
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        return length[0, 0];
    }
}
