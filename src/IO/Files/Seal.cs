using System.Buffers.Binary;
using System.Security.Cryptography;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// The checksum behind the end of a snapshot, docs/files.md: a name of 16 bytes, the length of what is before it (8
/// bytes, little endian), 8 zeros, and the SHA-256 of all bytes before the checksum itself. HDF5 does not look beyond
/// the end that the file's first block gives, so that every program reads a sealed file. It is checked before HDF5 sees
/// the file, because the library trusts lengths and addresses that it reads, and can crash on damaged ones.
/// </summary>
public static class Seal
{
    /// <summary>Bytes of a seal.</summary>
    public const int Length = 64;

    private const int HashStart = 32;

    /// <summary>Adds the seal to a file that is complete.</summary>
    public static void Put(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> seal = stackalloc byte[Length];
        seal.Clear();
        "mesolimg-sha256\n"u8.CopyTo(seal);
        BinaryPrimitives.WriteInt64LittleEndian(seal[16..], file.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, file, file.Length);
        hash.AppendData(seal[..HashStart]);
        hash.GetHashAndReset(seal[HashStart..]);
        file.Write(seal);
    }

    /// <summary>Whether a file ends in a seal, good or not.</summary>
    public static bool Has(string path)
    {
        using var file = Open(path);
        Span<byte> seal = stackalloc byte[Length];
        return ReadSeal(file, seal);
    }

    /// <summary>Refuses a file that does not end in a seal.</summary>
    /// <exception cref="InputException">It does not.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"'{path}' is a folder, not a file");
        if (!File.Exists(path))
            throw new InputException($"there is no file '{path}'");
        using var file = Open(path);
        if (ReadSeal(file, stackalloc byte[Length]))
            return;
        if (Path.GetFileName(path) == Path.GetFileName(RunFolder.SeriesPath("")))
            throw new InputException(
                $"'{path}' is the series of a run, made of links to its snapshots: give one of these, or the run's "
                + $"folder");
        throw new InputException(StartsAsHdf5(file)
            ? $"'{path}' is truncated, was changed, or is not a snapshot of mesolimg: it does not end in a checksum"
            : $"'{path}' is not an HDF5 file");
    }

    /// <summary>Makes sure that a sealed file has every bit that was written.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public static void Check(string path)
    {
        using var file = Open(path);
        Span<byte> seal = stackalloc byte[Length];
        ReadSeal(file, seal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        Add(hash, file, file.Length - Length);
        hash.AppendData(seal[..HashStart]);
        if (BinaryPrimitives.ReadInt64LittleEndian(seal[16..]) != file.Length - Length || !hash.GetHashAndReset()
            .AsSpan().SequenceEqual(seal[HashStart..]))
            throw new InputException($"'{path}' is damaged: its checksum is not that of what it holds");
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {Words.OneLine(e.Message)}");
        }
    }

    private static bool ReadSeal(FileStream file, Span<byte> seal)
    {
        if (file.Length < Length)
            return false;
        file.Position = file.Length - Length;
        file.ReadExactly(seal);
        return seal.StartsWith("mesolimg-sha256\n"u8);
    }

    private static bool StartsAsHdf5(FileStream file)
    {
        Span<byte> start = stackalloc byte[8];
        file.Position = 0;
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual(
            (ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n']);
    }

    private static void Add(IncrementalHash hash, FileStream file, long length)
    {
        var buffer = new byte[1 << 20];
        while (length > 0)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
                throw new InputException($"'{file.Name}' became shorter while it was read");
            hash.AppendData(buffer, 0, read);
            length -= read;
        }
    }
}
