using System.Runtime.InteropServices;
using HDF.PInvoke;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Hdf5;

/// <summary>Entry to the native library, which serves one thread at a time.</summary>
internal static partial class Hdf5Library
{
    private static readonly Lock Gate = new();
    private static bool _open;

    /// <summary>
    /// Takes the library until the scope is disposed, with its own printing of errors off (a setting of the thread).
    /// </summary>
    /// <exception cref="InputException">The library is not installed.</exception>
    public static Lock.Scope Enter()
    {
        var scope = Gate.EnterScope();
        try
        {
            Open();
            H5E.set_auto(H5E.DEFAULT, null, 0);
            return scope;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            scope.Dispose();
            throw new InputException(
                "the HDF5 library is missing; get it by `apt-get install hdf5-tools` (Debian, Ubuntu), `brew install "
                + "hdf5` (macOS)"
                + " or the installer of www.hdfgroup.org (Windows; hdf5.dll must be on the PATH)");
        }
    }

    /// <summary>
    /// Without the library's work at exit: every file is closed by us, and one that could not be written to a full disk
    /// would crash the process there. And without its locks: a process that is started while a file is open inherits
    /// them, and the file could not be finished before that process ends; files in the making have names of their own.
    /// </summary>
    private static void Open()
    {
        if (_open)
            return;
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment("HDF5_USE_FILE_LOCKING", "FALSE", 1);
        H5.dont_atexit();
        H5.open();
        _open = true;
    }

    // .NET keeps an environment of its own, which native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    /// <summary>The innermost reason of the failure just met, one line; empty when the library gives none.</summary>
    public static string Reason()
    {
        var reason = "";
        H5E.walk(H5E.DEFAULT, H5E.direction_t.H5E_WALK_UPWARD, (uint n, ref H5E.error_t error, nint _) =>
        {
            if (n == 0)
                reason = Cause(error.desc ?? "");
            return 0;
        }, 0);
        return reason;
    }

    /// <summary>What the operating system said, where the library quotes it; else the library's own words.</summary>
    private static string Cause(string description)
    {
        const string quote = "error message = '";
        var start = description.IndexOf(quote, StringComparison.Ordinal);
        if (start < 0)
            return description.ReplaceLineEndings(" ").Trim();
        start += quote.Length;
        var end = description.IndexOf('\'', start);
        return end < 0 ? description[start..] : description[start..end];
    }
}

/// <summary>An identifier of the library, closed with the scope that holds it.</summary>
internal readonly struct Hdf5Handle(long id, Func<long, int> close) : IDisposable
{
    public static implicit operator long(Hdf5Handle handle) => handle.Id;

    private long Id { get; } = id;

    public void Dispose() => close(Id);
}
