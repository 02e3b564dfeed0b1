using System.Security.Cryptography;
using System.Text.Json;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>A file that a run read, and what it held.</summary>
/// <param name="Entry">The entry of the case that names it.</param>
/// <param name="Path">Its full name.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal digits.</param>
public sealed record InputFile(string Entry, string Path, string Sha256);

/// <summary>
/// What the files that a case reads held when a run read them. They belong to the run as its case does: run.json and
/// snapshots keep their SHA-256, and what was computed from other contents is not gone on with.
/// </summary>
public sealed class InputFiles
{
    private const string Section = "inputs", Name = "file", Hash = "sha256";
    private const int ShownDigits = 12;

    /// <summary>What to do about a file that has changed under a run.</summary>
    public const string Advice =
        "put the earlier file back to go on, or run with this one from the beginning (--fresh) or in another folder";

    private readonly (long Length, DateTime Changed)[] stamps;

    private InputFiles(InputFile[] files, (long, DateTime)[] stamps) => (Files, this.stamps) = (files, stamps);

    /// <summary>The files in the order of the case's entries.</summary>
    public IReadOnlyList<InputFile> Files { get; }

    /// <summary>Reads every file of a case once, to hash it.</summary>
    /// <exception cref="InputException">One cannot be read.</exception>
    public static InputFiles Of(Case @case) => Of([@case])[0];

    /// <summary>Of each of several cases; a file that they have in common is read once.</summary>
    /// <inheritdoc cref="Of(Case)"/>
    public static IReadOnlyList<InputFiles> Of(IEnumerable<Case> cases)
    {
        var hashes = new Dictionary<string, (string Sha256, (long, DateTime) Stamp)>();
        return [.. cases.Select(@case => Of([.. CaseFiles.Of(@case)], hashes))];
    }

    private static InputFiles Of(CaseFile[] files, Dictionary<string, (string Sha256, (long, DateTime) Stamp)> hashes)
    {
        foreach (var file in files)
        {
            if (!hashes.ContainsKey(file.Path))
                hashes[file.Path] = Read(file);
        }
        return new(
            [.. files.Select(file => new InputFile(file.Entry, file.Path, hashes[file.Path].Sha256))],
            [.. files.Select(file => hashes[file.Path].Stamp)]);
    }

    /// <summary>SHA-256 by entry.</summary>
    public IReadOnlyDictionary<string, string> Hashes => Files.ToDictionary(file => file.Entry, file => file.Sha256);

    /// <summary>The line of a snapshot for each file: SHA-256, two blanks, entry.</summary>
    public static string Text(IEnumerable<InputFile> files) =>
        string.Join('\n', files.Select(file => $"{file.Sha256}  {file.Entry}"));

    /// <summary>SHA-256 by entry from the lines of a snapshot.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text) =>
        text.Split('\n').Select(line => line.Split("  ", 2)).Where(line => line.Length == 2)
            .ToDictionary(line => line[1], line => line[0]);

    /// <summary>The entries of run.json.</summary>
    public static object Json(IEnumerable<InputFile> files) => files.ToDictionary(
        file => file.Entry, file => new Dictionary<string, string> { [Name] = file.Path, [Hash] = file.Sha256 });

    /// <summary>Refuses to go on with the run of a folder that read other contents than these.</summary>
    /// <param name="folder">The folder of a run. One whose run.json says nothing of its files, as those of earlier
    /// versions, is let pass; its snapshots may know.</param>
    /// <param name="advice">What to do, the end of the message.</param>
    /// <exception cref="InputException">A file differs; the message names it.</exception>
    public void RequireSame(string folder, string advice) =>
        RequireSame(Files, OfRun(folder), $"the run in '{folder}'", advice);

    /// <summary>Whether the run of a folder read these contents, as far as its run.json says.</summary>
    public bool AreThoseOf(string folder) => Changed(Files, OfRun(folder)) is null;

    /// <summary>Refuses contents that are not those that something else was made from.</summary>
    /// <param name="files">The files as they are.</param>
    /// <param name="before">SHA-256 by entry.</param>
    /// <param name="what">What was made from them, for the message.</param>
    /// <param name="advice">What to do, the end of the message.</param>
    /// <exception cref="InputException">A file differs; the message names it.</exception>
    public static void RequireSame(
        IEnumerable<InputFile> files, IReadOnlyDictionary<string, string> before, string what, string advice)
    {
        if (Changed(files, before) is { } file)
            throw new InputException(
                $"'{file.Path}' ({file.Entry}) has changed since {what} read it: SHA-256 {Short(before[file.Entry])} "
                + $"then, {Short(file.Sha256)} now; {advice}");
    }

    private static InputFile? Changed(IEnumerable<InputFile> files, IReadOnlyDictionary<string, string> before) =>
        files.FirstOrDefault(file => before.TryGetValue(file.Entry, out var then) && then != file.Sha256);

    /// <summary>Refuses files that were changed between being hashed and now, when they have been read.</summary>
    /// <exception cref="InputException">So it is.</exception>
    public void RequireUntouched()
    {
        foreach (var (file, stamp) in Files.Zip(stamps))
        {
            if (!File.Exists(file.Path) || Stamp(file.Path) != stamp)
                throw new InputException(
                    $"'{file.Path}' ({file.Entry}) was changed while it was read; the same command reads it again");
        }
    }

    /// <summary>SHA-256 by entry of what the run of a folder read, as far as its run.json says.</summary>
    private static Dictionary<string, string> OfRun(string folder)
    {
        var hashes = new Dictionary<string, string>();
        if (RunSummaryFile.Section(folder, Section) is not { ValueKind: JsonValueKind.Object } inputs)
            return hashes;
        foreach (var entry in inputs.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty(Hash, out var hash))
                hashes[entry.Name] = hash.ToString();
        }
        return hashes;
    }

    private static (string, (long, DateTime)) Read(CaseFile file)
    {
        try
        {
            var stamp = Stamp(file.Path);
            using var stream = new FileStream(
                file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
            return (Convert.ToHexStringLower(SHA256.HashData(stream)), stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{file.Path}' ({file.Entry}) cannot be read: {e.Message}", e);
        }
    }

    private static (long, DateTime) Stamp(string path) =>
        new FileInfo(path) is var file ? (file.Length, file.LastWriteTimeUtc) : default;

    private static string Short(string hash) => hash.Length > ShownDigits ? hash[..ShownDigits] + "..." : hash;
}
