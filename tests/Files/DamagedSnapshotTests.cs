using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using Xunit;

namespace MesoLiMg.Tests.Files;

public class DamagedSnapshotTests
{
    [Fact]
    public void AMissingFileIsRefused() => AssertRefused("nowhere.h5", _ => { }, "there is no file");

    [Fact]
    public void AFolderIsRefused() => AssertRefused("d", path => Directory.CreateDirectory(path), "is a folder");

    [Fact]
    public void AnEmptyFileIsRefused() =>
        AssertRefused("e.h5", path => File.WriteAllText(path, ""), "is not an HDF5 file");

    [Fact]
    public void ATextFileIsRefused() =>
        AssertRefused("t.h5", path => File.WriteAllText(path, "time,x\n0,1\n"), "is not an HDF5 file");

    [Fact]
    public void AnotherProgramsHdf5FileIsRefused() =>
        AssertRefused("o.h5", path => Make(path, _ => { }), "not a snapshot of mesolimg");

    [Fact]
    public void ANewerFormatIsRefused() => AssertRefused("n.h5", path => Make(path, file =>
    {
        file.SetAttribute("/", "format", "mesolimg-snapshot");
        file.SetAttribute("/", "format_version", 3);
    }), "snapshot format 3; this program knows formats up to 2");

    [Fact]
    public void ASnapshotThatWasNotCompletedIsRefused() => AssertRefused("u.h5", path => Make(path, file =>
    {
        file.SetAttribute("/", "format", "mesolimg-snapshot");
        file.SetAttribute("/", "format_version", 2);
    }), "was not completed");

    [Fact]
    public void AFieldThatDoesNotFitTheGridIsRefused() => AssertRefused("f.h5", path => Make(path, file =>
    {
        file.SetAttribute("/", "format", "mesolimg-snapshot");
        file.SetAttribute("/", "format_version", 2);
        file.SetAttribute("/", "completed", 1);
        file.CreateGroup("/grid");
        file.SetAttribute("/grid", "kind", "slab");
        file.SetAttribute("/grid", "cells", [1L, 1, 5]);
        file.SetAttribute("/grid", "spacing", [1.0, 1, 1e-9]);
        file.CreateGroup("/cells");
        file.Write("/cells/x", new double[4], [4, 1, 1], 0);
    }), "/cells/x has shape (4, 1, 1), which does not fit the grid");

    [Fact]
    public void ATruncatedSnapshotIsRefusedWhereverItEnds()
    {
        using var folder = new Scratch();
        var whole = Whole(folder);
        foreach (var length in (int[])[1, 7, 8, 20, 47, 48, 100, 2000, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(folder["t.h5"], whole[..length]);
            AssertOneLine(() => SnapshotReader.Read(folder["t.h5"]));
        }
    }

    [Fact]
    public void ASnapshotOpenedOnceMoreIsCheckedAgainWhenItChanged()
    {
        using var folder = new Scratch();
        var whole = Whole(folder);
        var snapshot = SnapshotFile.Open(folder["s.h5"]);
        snapshot.Dispose();
        using (var again = snapshot.Reopen())
            Assert.Equal(SnapshotReader.Read(folder["s.h5"]).Cells[0].Data, again.Read(again.Cells[0]).Data);
        whole[whole.Length / 2] ^= 4;
        File.WriteAllBytes(folder["s.h5"], whole);
        File.SetLastWriteTimeUtc(folder["s.h5"], DateTime.UtcNow.AddSeconds(1));
        Assert.Contains("is damaged", Assert.Throws<InputException>(snapshot.Reopen).Message);
    }

    [Fact]
    public void AFlippedBitAnywhereInTheSuperblockIsRefused()
    {
        const int superblock = 48;
        using var folder = new Scratch();
        var whole = Whole(folder);
        for (var at = 0; at < superblock; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 4;
            File.WriteAllBytes(folder["f.h5"], damaged);
            AssertOneLine(() => SnapshotReader.Read(folder["f.h5"]));
        }
    }

    /// <summary>
    /// Where a byte is unused the snapshot must read as it was written. The heap that holds the texts is left out: HDF5
    /// keeps no checksum of it and trusts what it says.
    /// </summary>
    [Fact]
    public void DamageBeyondTheSuperblockIsRefusedOrHarmless()
    {
        using var folder = new Scratch();
        var whole = Whole(folder);
        var good = SnapshotReader.Read(folder["s.h5"]);
        var heap = whole.AsSpan().IndexOf("GCOL"u8);
        var heapEnd = heap + BitConverter.ToInt32(whole, heap + 8);
        var refused = 0;
        for (var at = 48; at < whole.Length; at += 37)
        {
            if (at >= heap && at < heapEnd)
                continue;
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(folder["f.h5"], damaged);
            try
            {
                Assert.Equal(good.Cells[2].Data, SnapshotReader.Read(folder["f.h5"]).Cells[2].Data);
            }
            catch (InputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                refused++;
            }
        }
        Assert.True(refused > 20, $"only {refused} refused");
    }

    private static byte[] Whole(Scratch folder)
    {
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        return File.ReadAllBytes(folder["s.h5"]);
    }

    private static void Make(string path, Action<Hdf5File> fill)
    {
        using var file = Hdf5File.Create(path);
        fill(file);
        file.Close();
        Seal.Put(path);
    }

    private static void AssertRefused(string name, Action<string> make, string reason)
    {
        using var folder = new Scratch();
        make(folder[name]);
        var message = AssertOneLine(() => SnapshotReader.Read(folder[name]));
        Assert.Contains(reason, message);
        Assert.Contains($"'{folder[name]}'", message);
    }

    private static string AssertOneLine(Action read)
    {
        var message = Assert.ThrowsAny<InputException>(read).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
