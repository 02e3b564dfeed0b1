using System.Runtime.InteropServices;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Files that are there whole or not at all, also after a crash or a power cut.</summary>
public static partial class AtomicFile
{
    /// <summary>
    /// Has <paramref name="write"/> fill a file of a temporary name in the same folder, brings it to the disk and gives it its name. Whatever
    /// fails, the temporary file is removed and what stood under the name before stays.
    /// </summary>
    /// <exception cref="InputException">Nothing can be written into the folder.</exception>
    /// <exception cref="RunException">The writing failed on the way, because the disk is full for example.</exception>
    public static void Write(string path, Action<string> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new InputException($"'{path}' is not the name of a file");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        Claim(temporary, folder);
        try
        {
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
        }
    }

    /// <summary><see cref="Write(string, Action{string})"/> of a text.</summary>
    public static void WriteText(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    private static void Claim(string temporary, string folder)
    {
        try
        {
            File.Create(temporary).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write into the folder '{folder}': {Reason(e)}");
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

    /// <summary>A rename is on the disk once its folder is. Not every file system can do this, and then nothing better is possible.</summary>
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
