using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using Xunit;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Files;

public class SnapshotTests(ITestOutputHelper log)
{
    [Theory, MemberData(nameof(Samples.Grids), MemberType = typeof(Samples))]
    public void ASnapshotComesBackBitForBit(string name)
    {
        using var folder = new Scratch();
        var written = Samples.Snapshot(Samples.Grid(name));
        SnapshotWriter.Write(written, folder["s.h5"]);
        var read = SnapshotReader.Read(folder["s.h5"]);

        Assert.Equal((written.Grid, written.Time, written.Step, written.CaseText),
            (read.Grid, read.Time, read.Step, read.CaseText));
        Assert.Equal((written.ProgramVersion, written.Commit, written.Device, written.Host, written.Command),
            (read.ProgramVersion, read.Commit, read.Device, read.Host, read.Command));
        AssertSame(written.Cells, read.Cells);
        AssertSame(written.Nodes, read.Nodes);
        AssertSame(written.Boundary, read.Boundary);
        AssertSame(written.State, read.State);
    }

    [Fact]
    public void A_file_can_be_finished_while_a_process_that_was_started_meanwhile_goes_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Directory.CreateTempSubdirectory("mesolimg-lock-").FullName;
        System.Diagnostics.Process? other = null;
        try
        {
            // The process inherits the open file, and with it a lock that the library might have taken.
            AtomicFile.Write(Path.Combine(folder, "file.h5"), temporary =>
            {
                using var file = Hdf5File.Create(temporary);
                other = System.Diagnostics.Process.Start("sleep", "60");
                file.Close();
            });
            Assert.True(File.Exists(Path.Combine(folder, "file.h5")));
        }
        finally
        {
            other?.Kill();
            other?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TheSameStateGivesTheSameBytesAtAnyTime()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["a.h5"]);
        Thread.Sleep(1100); // HDF5's time stamps count seconds.
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["b.h5"]);
        Assert.Equal(File.ReadAllBytes(folder["a.h5"]), File.ReadAllBytes(folder["b.h5"]));
    }

    [Fact]
    public void FieldsLargerThanAChunkAreReadByPlanes()
    {
        using var folder = new Scratch();
        var grid = new GridShape(DomainKind.ThreeD, (60, 50, 70), (1e-9, 1e-9, 1e-9));
        var values = Enumerable.Range(0, (int)grid.CellCount).Select(i => (double)i).ToArray();
        SnapshotWriter.Write(new()
        {
            Grid = grid,
            Time = 0,
            Step = 0,
            CaseText = "",
            ProgramVersion = "",
            Commit = "",
            Device = "",
            Host = "",
            Command = "",
            Cells = [new("x", "1", "", 1, values)],
            Nodes = [],
            Boundary = [],
            State = [],
        }, folder["s.h5"], compression: 1);
        using var file = SnapshotFile.Open(folder["s.h5"]);
        var planes = new double[3 * 50 * 60];
        file.ReadPlanes(file.Cells[0], 41, 3, planes);
        Assert.Equal(values[(41 * 3000)..(44 * 3000)], planes);
    }

    [Theory]
    [InlineData(1, 256, 256, 6)] // 85 rows would fit into a chunk, four chunks would store 340
    [InlineData(257, 257, 17)]
    [InlineData(300_000)]
    public void ChunksThatAreNotFullTakeLittleRoom(params int[] shape)
    {
        using var folder = new Scratch();
        var numbers = new double[shape.Aggregate(1, (product, n) => product * n)];
        using (var file = Hdf5File.Create(folder["a.h5"]))
        {
            file.Write("/a", numbers, [.. shape], compression: 0);
            file.Close();
        }
        Assert.InRange(new FileInfo(folder["a.h5"]).Length, 8.0 * numbers.Length, 1.02 * 8 * numbers.Length);
    }

    /// <summary>
    /// Chunks go through filters of our own; the library reads them with its own, and finds out when a checksum is
    /// wrong.
    /// </summary>
    [Theory]
    [InlineData(7)]
    [InlineData(1, 1, 1)]
    [InlineData(300_001)]
    [InlineData(3, 257, 257)]
    [InlineData(1, 150_000, 3)]
    [InlineData(5, 150, 150, 6)]
    public void TheLibraryReadsWhatIsWrittenInChunksAtEveryLevel(params int[] shape)
    {
        using var folder = new Scratch();
        var noise = new Random(1);
        double[] reals = [.. Enumerable.Range(0, shape.Aggregate(1, (product, n) => product * n))
            .Select(i => i % 3 == 0 ? 0 : Math.Sin(i) * noise.NextDouble())];
        int[] integers = [.. reals.Select(x => (int)(100 * x))];
        long[] extents = [.. shape];
        foreach (var level in (int[])[0, 1, 4, 9])
        {
            using var file = Hdf5File.Create(folder["a.h5"]);
            file.Write("/reals", reals, extents, level);
            file.Write("/singles", reals, extents, level, single: true);
            file.Write("/integers", integers, extents, level);
            Assert.Equal(reals, ReadByTheLibrary(file, "/reals"));
            Assert.Equal(reals.Select(x => (double)(float)x).ToArray(), ReadByTheLibrary(file, "/singles"));
            Assert.Equal(integers, ReadByTheLibrary(file, "/integers"));
        }
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(257, 257, 17)]
    [InlineData(1, 256, 256, 6)]
    public void TheLibraryStoresTheSameBytesWithoutCompression(params int[] shape)
    {
        using var folder = new Scratch();
        long[] extents = [.. shape];
        double[] numbers = [.. Enumerable.Range(0, shape.Aggregate(1, (product, n) => product * n))
            .Select(i => Math.Sin(i))];
        using (var file = Hdf5File.Create(folder["ours.h5"]))
        {
            file.Write("/a", numbers, extents, compression: 0);
            file.Close();
        }
        using (var file = Hdf5File.Create(folder["library.h5"]))
        {
            file.Write(file.Create("/a", extents, isInteger: false, compression: 0, series: false),
                new long[shape.Length], extents, numbers);
            file.Close();
        }
        Assert.Equal(File.ReadAllBytes(folder["library.h5"]), File.ReadAllBytes(folder["ours.h5"]));
    }

    private static Array ReadByTheLibrary(Hdf5File file, string path) => file.Read(file.Describe(path));

    [Fact]
    public void ACaseTextBeyondTheOldLimitOfAttributesIsKept()
    {
        using var folder = new Scratch();
        using (var file = Hdf5File.Create(folder["a.h5"]))
        {
            file.SetAttribute("/", "case", new string('µ', 100_000));
            file.Close();
        }
        using var read = Hdf5File.OpenRead(folder["a.h5"]);
        Assert.Equal(100_000, read.GetText("/", "case").Length);
    }

    [Fact]
    public void AFailureInTheMiddleLeavesNoFile()
    {
        using var folder = new Scratch();
        var failure = Assert.Throws<RunException>(
            () => SnapshotWriter.Write(
            With(Samples.Plate, new Failing(() => throw new IOException("No space left on device"))), folder["s.h5"]));
        Assert.Contains("No space left on device", failure.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void AFailureInTheMiddleKeepsTheFileThatWasThere()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        var before = File.ReadAllBytes(folder["s.h5"]);
        Assert.Throws<RunException>(
            () => SnapshotWriter.Write(With(Samples.Film, new Failing(() => throw new IOException("full"))),
            folder["s.h5"]));
        Assert.Equal(before, File.ReadAllBytes(Assert.Single(folder.Files)));
    }

    [Fact]
    public void AFolderThatGoesWhileItIsWrittenIsReportedInOneLine()
    {
        using var folder = new Scratch();
        var gone = Directory.CreateDirectory(folder["gone"]).FullName;
        var failure = Assert.Throws<RunException>(() =>
            SnapshotWriter.Write(With(Samples.Plate, new Failing(() => Directory.Delete(gone, recursive: true))),
                Path.Combine(gone, "s.h5")));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("file/s.h5")]
    [InlineData("missing/s.h5")]
    public void AFolderThatCannotBeWrittenIsNamed(string path)
    {
        using var folder = new Scratch();
        File.WriteAllText(folder["file"], "");
        var failure = Assert.Throws<InputException>(
            () => SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder[path]));
        Assert.Contains($"cannot write into the folder '{Path.GetDirectoryName(folder[path])}'", failure.Message);
        Assert.Equal([folder["file"]], folder.Files);
    }

    [Fact]
    public void H5pyReadsASnapshot()
    {
        const string script = """
            import h5py, sys
            f = h5py.File(sys.argv[1], 'r')
            print(f.attrs['format'], f.attrs['step'], repr(float(f.attrs['time'])), f.attrs['case'].splitlines()[0], list(f.attrs['completed'].shape), f['grid'].attrs['kind'])
            print(f['cells/stress'].shape, f['cells/stress'].attrs['unit'], f['cells/grain'].dtype, f['nodes/displacement'].shape, f['boundary/x'].shape)
            d = f['cells/x']; print(d.chunks, d.compression, d.compression_opts, d.shuffle, repr(float(d[6, 0, 4])))
            """;
        using var folder = new Scratch();
        var snapshot = Samples.Snapshot(Samples.Plate);
        SnapshotWriter.Write(snapshot, folder["s.h5"], compression: 4);
        if (Tool.Run("/usr/bin/python3", "-c", "import h5py").Exit != 0)
        {
            log.WriteLine("not checked: /usr/bin/python3 has no h5py (apt-get install python3-h5py)");
            return;
        }
        var (exit, output) = Tool.Run("/usr/bin/python3", "-c", script, folder["s.h5"]);
        var corner = ((double[])snapshot.Cells[0].Data)[^1];
        Assert.Equal((0, $"""
            mesolimg-snapshot 42 0.3333333333333333 title: µ-plate [] axisymmetric
            (7, 1, 5, 6) Pa int32 (8, 1, 6, 3) (28,)
            (7, 1, 5) gzip 4 True {corner.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}

            """), (exit, output));
    }

    private static void AssertSame(IReadOnlyList<SnapshotField> expected, IReadOnlyList<SnapshotField> actual)
    {
        Assert.Equal(expected.Select(field => field with { Data = Array.Empty<int>() }),
            actual.Select(field => field with { Data = Array.Empty<int>() }));
        foreach (var (before, after) in expected.Zip(actual))
            Assert.Equal(Bits(before.Data), Bits(after.Data));
    }

    private static IEnumerable<long> Bits(Array data) => data is int[] ids ? ids.Select(id => (long)id)
        : ((double[])data).Select(BitConverter.DoubleToInt64Bits);

    private static Snapshot With(GridShape grid, IReadOnlyList<SnapshotField> state)
    {
        var sample = Samples.Snapshot(grid);
        return new()
        {
            Grid = grid,
            Time = 0,
            Step = 0,
            CaseText = "",
            ProgramVersion = "",
            Commit = "",
            Device = "",
            Host = "",
            Command = "",
            Cells = sample.Cells,
            Nodes = sample.Nodes,
            Boundary = sample.Boundary,
            State = state,
        };
    }

    /// <summary>A list of fields that does something on the way.</summary>
    private sealed class Failing(Action onTheWay) : IReadOnlyList<SnapshotField>
    {
        private static readonly SnapshotField Field = new("slip", "m", "slip", 1, new double[1000]);

        public int Count => 1;

        public SnapshotField this[int index] => Field;

        public IEnumerator<SnapshotField> GetEnumerator()
        {
            yield return Field;
            onTheWay();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
