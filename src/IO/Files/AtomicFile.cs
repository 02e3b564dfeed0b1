using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Files that are there whole or not at all, also after a crash or a power cut.</summary>
public static partial class AtomicFile
{
    /// <summary>Held for reading while a file is written.</summary>
    private static readonly ReaderWriterLockSlim Writing = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>
    /// Has <paramref name="write"/> fill a file of a temporary name in the same folder, brings it to the disk and gives
    /// it its name. Whatever fails, the temporary file is removed and what stood under the name before stays.
    /// </summary>
    /// <exception cref="InputException">Nothing can be written into the folder.</exception>
    /// <exception cref="RunException">The writing failed on the way, because the disk is full for example.</exception>
    public static void Write(string path, Action<string> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))
            ?? throw new InputException($"'{path}' is not the name of a file");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        Writing.EnterReadLock();
        try
        {
            Claim(temporary, folder);
            write(temporary);
            using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(handle);
            File.Move(temporary, path, overwrite: true);
            SyncFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || IsTooLarge(e))
        {
            throw new RunException($"cannot write '{path}': {Reason(e)}; no part of it was left", e);
        }
        finally
        {
            Remove(temporary);
            Writing.ExitReadLock();
        }
    }

    /// <summary>
    /// Waits until nothing is being written, and lets nothing be begun any more: for a process that then ends.
    /// </summary>
    public static void WriteNoMore() => Writing.EnterWriteLock();

    /// <summary>
    /// <see cref="Write(string, Action{string})"/> of a large file that is not read again at once: what is written goes
    /// to the disk meanwhile, and then out of the system's memory.
    /// </summary>
    public static void WriteLarge(string path, Action<string> write) => Write(path, temporary =>
    {
        using var behind = new WriteBehind(temporary);
        write(temporary);
        behind.Complete();
    });

    /// <summary><see cref="Write(string, Action{string})"/> of a text.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, temporary => File.WriteAllText(temporary, text));

    /// <summary>
    /// Removes what processes that are gone had begun to write into a folder. Where there is no such folder there is
    /// nothing to remove.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Of the files; of any when null.</param>
    public static void RemoveLeftovers(string folder, string? name = null)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, $".{name ?? "*"}.*.tmp*"))
        {
            if (Owner().Match(file) is { Success: true } match
                && !IsAtWork(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
                Remove(file);
        }
    }

    /// <summary>
    /// This process has begun nothing when it tidies up, so that its own number is that of one before it, as it happens
    /// in containers.
    /// </summary>
    private static bool IsAtWork(int id)
    {
        if (id == Environment.ProcessId)
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\.(\d{1,9})\.tmp(\.\w+)?$")]
    private static partial Regex Owner();

    private static void Claim(string temporary, string folder)
    {
        try
        {
            File.Create(temporary).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"cannot write into the folder '{folder}': "
                + $"{(e is FileNotFoundException ? OutputPath.WhyNot(e) : Reason(e))}");
        }
    }

    /// <summary>So .NET reports a file beyond what its file system or the user's quota allows.</summary>
    private static bool IsTooLarge(Exception e) => e is ArgumentOutOfRangeException { ParamName: "value" };

    private static string Reason(Exception e) => e switch
    {
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "no permission",
        FileNotFoundException => "its temporary file has gone",
        _ when IsTooLarge(e) => "the file is too large for the file system",
        _ => e.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder itself has gone or may no longer be changed; the first failure is the one to report.
        }
    }

    /// <summary>
    /// A rename is on the disk once its folder is. Not every file system can do this, and then nothing better is
    /// possible.
    /// </summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
