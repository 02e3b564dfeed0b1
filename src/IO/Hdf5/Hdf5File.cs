using System.Runtime.InteropServices;
using System.Text;
using HDF.PInvoke;
using MesoLiMg.Model;
using Microsoft.Win32.SafeHandles;

namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// An HDF5 file: groups, datasets of <c>double</c> and <c>int</c>, attributes (Hdf5File.Attributes.cs). Failures while
/// reading are <see cref="InputException"/> that name the file, while writing <see cref="IOException"/>; the message is
/// one line with the library's reason.
/// </summary>
public sealed partial class Hdf5File : IDisposable
{
    /// <summary>Numbers in a chunk: about a megabyte, which the library's chunk cache holds.</summary>
    private const long ChunkLength = 1 << 17;

    private readonly bool _writing;
    private readonly SafeFileHandle? _bytes;
    private long _id;

    /// <param name="bytes">The same file where it is sealed, to be read beside the library.</param>
    private Hdf5File(string path, long id, bool writing, SafeFileHandle? bytes = null)
    {
        Path = path;
        _id = id;
        _writing = writing;
        _bytes = bytes;
    }

    public string Path { get; }

    /// <summary>
    /// Creates the file, or empties it when it is there. No time stamps: the same content gives the same bytes.
    /// </summary>
    public static Hdf5File Create(string path)
    {
        using (Hdf5Library.Enter())
        {
            using var access = AccessProperties();
            using var creation = Untimed(H5P.FILE_CREATE);
            var id = H5F.create(path, H5F.ACC_TRUNC, creation, access);
            return id >= 0 ? new(path, id, writing: true)
                : throw new IOException($"it cannot be created ({Hdf5Library.Reason()})");
        }
    }

    /// <summary>Opens the file for reading. One that ends in a seal is checked against it first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isChecked">Whether that has been done.</param>
    /// <exception cref="InputException">There is no such file, it is not HDF5, or it is damaged.</exception>
    public static Hdf5File OpenRead(string path, bool isChecked = false)
    {
        if (Directory.Exists(path))
            throw new InputException($"'{path}' is a folder, not a file");
        if (!File.Exists(path))
            throw new InputException($"there is no file '{path}'");
        var isSealed = Seal.Has(path);
        if (isSealed && !isChecked)
            Seal.Check(path);
        using (Hdf5Library.Enter())
        {
            if (H5F.is_hdf5(path) == 0)
                throw new InputException($"'{path}' is not an HDF5 file");
            using var access = AccessProperties();
            var id = H5F.open(path, H5F.ACC_RDONLY, access);
            if (id < 0)
                throw new InputException($"'{path}' is truncated or damaged ({Hdf5Library.Reason()})");
            try
            {
                return new(path, id, writing: false, isSealed
                    ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete) : null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                H5F.close(id);
                throw new InputException($"'{path}' cannot be read: {Words.OneLine(e.Message)}");
            }
        }
    }

    /// <summary>Creates a group that remembers in which order it is filled.</summary>
    public void CreateGroup(string path)
    {
        using (Hdf5Library.Enter())
        {
            using var properties = Untimed(H5P.GROUP_CREATE);
            H5P.set_link_creation_order(properties, H5P.CRT_ORDER_TRACKED | H5P.CRT_ORDER_INDEXED);
            using var group = Own(H5G.create(_id, path, 0, properties), H5G.close, $"group {path} cannot be created");
        }
    }

    /// <summary>
    /// Links a name in the root to the root of another file, whose name is relative to the folder of this one.
    /// </summary>
    public void LinkFile(string name, string file)
    {
        using (Hdf5Library.Enter())
            Check(H5L.create_external(file, "/", _id, name), $"link {name} cannot be created");
    }

    /// <summary>
    /// Names in a group, in the order in which it was filled, or the alphabet's if another program made the group
    /// without.
    /// </summary>
    public IReadOnlyList<string> List(string path)
    {
        using (Hdf5Library.Enter())
        {
            using var group = Own(H5G.open(_id, path), H5G.close, $"group {path} cannot be read");
            var info = new H5G.info_t();
            Check(H5G.get_info(group, ref info), $"group {path} cannot be read");
            return [.. Enumerable.Range(0, (int)info.nlinks).Select(i => LinkName(group, (ulong)i, path))];
        }
    }

    /// <summary>
    /// Whether the root holds a group or dataset of this name, such as <c>/cells</c> or, where the group exists,
    /// <c>/cells/x</c>.
    /// </summary>
    public bool Exists(string path)
    {
        using (Hdf5Library.Enter())
            return H5L.exists(_id, path) > 0;
    }

    /// <summary>
    /// Writes a dataset in chunks with checksums, with the shuffle and deflate filters when <paramref
    /// name="compression"/> (0 to 9) is not 0.
    /// </summary>
    /// <param name="path">Its name, in a group that exists.</param>
    /// <param name="data"><c>double[]</c> or <c>int[]</c>, last axis fastest.</param>
    /// <param name="shape">Extents; their product is the length of the data.</param>
    /// <param name="compression">Deflate level.</param>
    /// <param name="single">Whether real numbers are stored in single precision.</param>
    public void Write(string path, Array data, long[] shape, int compression, bool single = false)
    {
        var dataset = new Hdf5Dataset(path, shape, data is int[]);
        if (data is not (double[] or int[]) || dataset.Count != data.LongLength)
            throw new ArgumentException(
                $"{path}: {data.GetType().Name} of length {data.LongLength} does not fill {string.Join(" x ", shape)}",
                nameof(data));
        var chunk = Chunk(shape);
        Hdf5Handle id;
        using (Hdf5Library.Enter())
            id = Create(dataset, compression, single, chunk, Unwritten(path));
        try
        {
            WriteChunks(id, dataset, chunk, compression, single, data);
        }
        finally
        {
            using (Hdf5Library.Enter())
                id.Dispose();
        }
    }

    /// <summary>
    /// Creates a dataset that is then written part by part, stored as by <see cref="Write(string, Array, long[], int,
    /// bool)"/>.
    /// </summary>
    /// <param name="path">Its name, in a group that exists.</param>
    /// <param name="shape">Extents.</param>
    /// <param name="isInteger">Whether it holds integers.</param>
    /// <param name="compression">Deflate level.</param>
    /// <param name="series">Whether the first axis counts what is written and read one by one, so that no chunk holds
    /// more than one of it.</param>
    public Hdf5Dataset Create(string path, long[] shape, bool isInteger, int compression, bool series)
    {
        var dataset = new Hdf5Dataset(path, shape, isInteger);
        using (Hdf5Library.Enter())
            Create(dataset, compression, single: false, series ? [1, .. Chunk(shape[1..])] : Chunk(shape),
                $"dataset {path} cannot be created").Dispose();
        return dataset;
    }

    /// <summary>
    /// Writes a part of a dataset: the start of <paramref name="data"/> (of the dataset's type), last axis fastest.
    /// </summary>
    /// <param name="dataset">Made by <see cref="Create(string, long[], bool, int, bool)"/>.</param>
    /// <param name="start">Indices of the part's first number.</param>
    /// <param name="extents">Its extents.</param>
    /// <param name="data">Its numbers.</param>
    public void Write(Hdf5Dataset dataset, long[] start, long[] extents, Array data)
    {
        var count = extents.Aggregate(1L, (product, n) => product * n);
        if (data.LongLength < count || data is int[] != dataset.IsInteger)
            throw new ArgumentException(
                $"{dataset.Path}: {data.GetType().Name} of length {data.LongLength} does not fill "
                + $"{string.Join(" x ", extents)}", nameof(data));
        Transfer(dataset, start, extents, data, H5D.write, "written");
    }

    public Hdf5Dataset Describe(string path)
    {
        using (Hdf5Library.Enter())
        {
            using var id = Own(H5D.open(_id, path), H5D.close, $"dataset {path} cannot be read");
            using var space = Own(H5D.get_space(id), H5S.close, $"dataset {path} cannot be read");
            using var type = Own(H5D.get_type(id), H5T.close, $"dataset {path} cannot be read");
            var kind = H5T.get_class(type);
            if (kind is not (H5T.class_t.INTEGER or H5T.class_t.FLOAT))
                throw Failed($"dataset {path} does not hold numbers", reason: "");
            var extents = new ulong[H5S.get_simple_extent_ndims(space)];
            Check(H5S.get_simple_extent_dims(space, extents, null), $"dataset {path} cannot be read");
            var isInteger = kind == H5T.class_t.INTEGER;
            return new(path, [.. extents.Select(n => (long)n)], isInteger)
            {
                Width = (int)H5T.get_size(type),
                IsUnsigned = isInteger && H5T.get_sign(type) == H5T.sign_t.NONE,
            };
        }
    }

    /// <summary>Reads a whole dataset as <c>double[]</c> or <c>int[]</c>.</summary>
    public Array Read(Hdf5Dataset dataset)
    {
        Array data = dataset.IsInteger ? new int[dataset.Count] : new double[dataset.Count];
        Read(dataset, 0, dataset.Shape is [var first, ..] ? first : 1, data);
        return data;
    }

    /// <summary>
    /// Reads <paramref name="count"/> planes of the slowest axis into the start of <paramref name="data"/> (of the
    /// dataset's type).
    /// </summary>
    public void Read(Hdf5Dataset dataset, long first, long count, Array data)
    {
        long[] start = [.. dataset.Shape.Select((_, axis) => axis == 0 ? first : 0)],
            extents = [.. dataset.Shape.Select((n, axis) => axis == 0 ? count : n)];
        var numbers = extents.Aggregate(1L, (product, n) => product * n);
        if (data.LongLength < numbers || data is int[] != dataset.IsInteger)
            throw new ArgumentException($"{dataset.Path}: {count} planes, {numbers} numbers, do not fit", nameof(data));
        var plane = numbers / Math.Max(1, count);
        if (numbers > 0 && !TryReadChunks(dataset, first * plane, (first + count) * plane, data))
            Transfer(dataset, start, extents, data, H5D.read, "read");
    }

    /// <summary>
    /// Writes what is still in memory and closes the file. Only after this is a written file known to be good.
    /// </summary>
    public void Close()
    {
        if (_id < 0)
            return;
        using (Hdf5Library.Enter())
        {
            var closed = H5F.close(_id);
            _id = -1;
            Check(closed, "it cannot be completed");
        }
    }

    /// <summary>
    /// Closes the file if <see cref="Close"/> has not done so; failures then are of no more interest.
    /// </summary>
    public void Dispose()
    {
        _bytes?.Dispose();
        if (_id < 0)
            return;
        using (Hdf5Library.Enter())
            H5F.close(_id);
        _id = -1;
    }

    /// <summary>
    /// The formats of HDF5 1.10, which put checksums on everything but the data and allow a long case text as an
    /// attribute.
    /// </summary>
    private static Hdf5Handle AccessProperties()
    {
        var id = H5P.create(H5P.FILE_ACCESS);
        H5P.set_libver_bounds(id, H5F.libver_t.V110, H5F.libver_t.V110);
        H5P.set_fclose_degree(id, H5F.close_degree_t.STRONG);
        return new(id, H5P.close);
    }

    private static Hdf5Handle Untimed(long propertyClass)
    {
        var id = H5P.create(propertyClass);
        H5P.set_obj_track_times(id, 0);
        return new(id, H5P.close);
    }

    private Hdf5Handle Create(Hdf5Dataset dataset, int compression, bool single, ulong[] chunk, string failure)
    {
        using var space = Space(dataset.Shape, failure);
        using var properties = Untimed(H5P.DATASET_CREATE);
        if (dataset.Count > 0)
            SetStorage(properties, chunk, compression, failure);
        var type = dataset.IsInteger ? H5T.STD_I32LE : single ? H5T.IEEE_F32LE : H5T.IEEE_F64LE;
        return Own(H5D.create(_id, dataset.Path, type, space, 0, properties), H5D.close, failure);
    }

    private void SetStorage(long properties, ulong[] chunk, int compression, string failure)
    {
        Check(H5P.set_chunk(properties, chunk.Length, chunk), failure);
        if (compression > 0)
        {
            Check(H5P.set_shuffle(properties), failure);
            Check(H5P.set_deflate(properties, (uint)compression), failure);
        }
        Check(H5P.set_fletcher32(properties), failure);
    }

    /// <summary>
    /// Whole fast axes as long as they fit, the next one in even parts, single layers of the rest. (What a last part
    /// lacks is stored too.)
    /// </summary>
    private static ulong[] Chunk(long[] shape)
    {
        var chunk = new ulong[shape.Length];
        var room = ChunkLength;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            var parts = Math.Max(1, Parts(shape[axis], Math.Max(1, room)));
            var extent = Math.Max(1, Parts(shape[axis], parts));
            chunk[axis] = (ulong)extent;
            room /= extent;
        }
        return chunk;

        static long Parts(long whole, long part) => (whole + part - 1) / part;
    }

    /// <summary>Moves a part of a dataset between its file and the start of an array.</summary>
    private void Transfer(Hdf5Dataset dataset, long[] start, long[] extents, Array data,
        Func<long, long, long, long, long, nint, int> move, string done)
    {
        using (Hdf5Library.Enter())
        {
            var failure = $"dataset {dataset.Path} cannot be {done}";
            using var id = Own(H5D.open(_id, dataset.Path), H5D.close, failure);
            using var there = Part(id, start, extents, failure);
            using var here = Space(extents, failure);
            var memory = data is long[]? dataset.IsUnsigned ? H5T.NATIVE_UINT64 : H5T.NATIVE_INT64
                : MemoryType(dataset);
            if (Pinned(data, at => move(id, memory, here, there, H5P.DEFAULT, at)) < 0)
                throw Failed(failure, Unpackable(id, Hdf5Library.Reason()));
        }
    }

    /// <summary>A part of a dataset in its file.</summary>
    private Hdf5Handle Part(long dataset, long[] start, long[] extents, string failure)
    {
        var space = Own(H5D.get_space(dataset), H5S.close, failure);
        if (extents.Length > 0)
            Check(H5S.select_hyperslab(space, H5S.seloper_t.SET, Unsigned(start), null, Unsigned(extents), null),
                failure);
        return space;
    }

    /// <summary>
    /// An array in memory. Of the shape of the part that it is for, because the library goes number by number between
    /// shapes that differ.
    /// </summary>
    private Hdf5Handle Space(long[] extents, string failure) =>
        Own(extents.Length > 0 ? H5S.create_simple(extents.Length, Unsigned(extents), null)
            : H5S.create(H5S.class_t.SCALAR), H5S.close, failure);

    private string LinkName(long group, ulong index, string path)
    {
        nint NameAt(H5.index_t by, byte[]? name) =>
            H5L.get_name_by_idx(group, ".\0"u8.ToArray(), by, H5.iter_order_t.INC, index, name, name?.Length ?? 0);

        var by = NameAt(H5.index_t.CRT_ORDER, null) < 0 ? H5.index_t.NAME : H5.index_t.CRT_ORDER;
        var length = NameAt(by, null);
        Check(length, $"group {path} cannot be read");
        var name = new byte[length + 1];
        Check(NameAt(by, name), $"group {path} cannot be read");
        return Encoding.UTF8.GetString(name, 0, (int)length);
    }

    private static long MemoryType(Hdf5Dataset dataset) => dataset.IsInteger ? H5T.NATIVE_INT32 : H5T.NATIVE_DOUBLE;

    private static ulong[] Unsigned(long[] values) => [.. values.Select(value => (ulong)value)];

    private static int Pinned(object data, Func<nint, int> use)
    {
        var pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            return use(pin.AddrOfPinnedObject());
        }
        finally
        {
            pin.Free();
        }
    }

    private Hdf5Handle Own(long id, Func<long, int> close, string failure)
    {
        Check(id, failure);
        return new(id, close);
    }

    private void Check(long result, string failure)
    {
        if (result < 0)
            throw Failed(failure, Hdf5Library.Reason());
    }

    /// <summary>
    /// While writing, the name is a temporary one that means nothing to people; who asked for the file names it.
    /// </summary>
    private Exception Failed(string failure, string reason)
    {
        var message = failure + (reason == "" ? "" : $" ({reason})");
        return _writing ? new IOException(message) : new InputException($"'{Path}': {message}");
    }
}
