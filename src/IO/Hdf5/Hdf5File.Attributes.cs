using System.Runtime.InteropServices;
using System.Text;
using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// Attributes of the root (<c>/</c>), of groups and of datasets. Texts are UTF-8 of variable length, as h5py writes
/// them.
/// </summary>
public sealed partial class Hdf5File
{
    public void SetAttribute(string path, string name, string value)
    {
        using (Hdf5Library.Enter())
        {
            using var type = VariableText();
            using var space = new Hdf5Handle(H5S.create(H5S.class_t.SCALAR), H5S.close);
            var text = Marshal.StringToCoTaskMemUTF8(value);
            try
            {
                WriteAttribute(path, name, type, type, space, new[] { text });
            }
            finally
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }

    /// <summary>A text of fixed length in ASCII, which some programs ask for.</summary>
    public void SetAsciiAttribute(string path, string name, string value)
    {
        using (Hdf5Library.Enter())
        {
            using var type = new Hdf5Handle(H5T.copy(H5T.C_S1), H5T.close);
            H5T.set_size(type, value.Length);
            H5T.set_strpad(type, H5T.str_t.NULLPAD);
            using var space = new Hdf5Handle(H5S.create(H5S.class_t.SCALAR), H5S.close);
            WriteAttribute(path, name, type, type, space, Encoding.ASCII.GetBytes(value));
        }
    }

    public void SetAttribute(string path, string name, double value) =>
        SetNumbers(path, name, new[] { value }, scalar: true);

    public void SetAttribute(string path, string name, long value) =>
        SetNumbers(path, name, new[] { value }, scalar: true);

    public void SetAttribute(string path, string name, double[] values) =>
        SetNumbers(path, name, values, scalar: false);

    public void SetAttribute(string path, string name, long[] values) => SetNumbers(path, name, values, scalar: false);

    public bool HasAttribute(string path, string name)
    {
        using (Hdf5Library.Enter())
            return H5A.exists_by_name(_id, path, name) > 0;
    }

    public string GetText(string path, string name)
    {
        using (Hdf5Library.Enter())
        {
            var failure = $"attribute '{name}' of {path} cannot be read";
            using var attribute = Own(H5A.open_by_name(_id, path, name), H5A.close, failure);
            using var stored = Own(H5A.get_type(attribute), H5T.close, failure);
            if (H5T.get_class(stored) != H5T.class_t.STRING || H5T.is_variable_str(stored) <= 0)
                throw Failed($"attribute '{name}' of {path} is not a text of variable length", reason: "");
            using var type = VariableText();
            var text = new nint[1];
            Check(Pinned(text, at => H5A.read(attribute, type, at)), failure);
            var value = Marshal.PtrToStringUTF8(text[0]) ?? "";
            H5.free_memory(text[0]);
            return value;
        }
    }

    public double GetDouble(string path, string name) => GetNumbers<double>(path, name, 1)[0];

    public long GetLong(string path, string name) => GetNumbers<long>(path, name, 1)[0];

    /// <param name="path">Object.</param>
    /// <param name="name">Attribute.</param>
    /// <param name="count">How many numbers there must be.</param>
    public double[] GetDoubles(string path, string name, int count) => GetNumbers<double>(path, name, count);

    /// <inheritdoc cref="GetDoubles"/>
    public long[] GetLongs(string path, string name, int count) => GetNumbers<long>(path, name, count);

    private void SetNumbers<T>(string path, string name, T[] values, bool scalar)
    {
        using (Hdf5Library.Enter())
        {
            var isDouble = typeof(T) == typeof(double);
            using var space = new Hdf5Handle(
                scalar ? H5S.create(H5S.class_t.SCALAR) : H5S.create_simple(1, [(ulong)values.Length], null),
                    H5S.close);
            WriteAttribute(path, name, isDouble ? H5T.IEEE_F64LE : H5T.STD_I64LE, isDouble ? H5T.NATIVE_DOUBLE
                : H5T.NATIVE_INT64, space, values);
        }
    }

    private void WriteAttribute(string path, string name, long fileType, long memoryType, long space, Array values)
    {
        var failure = $"attribute '{name}' of {path} cannot be written";
        using var attribute = Own(H5A.create_by_name(_id, path, name, fileType, space), H5A.close, failure);
        Check(Pinned(values, at => H5A.write(attribute, memoryType, at)), failure);
    }

    private T[] GetNumbers<T>(string path, string name, int count)
    {
        using (Hdf5Library.Enter())
        {
            var failure = $"attribute '{name}' of {path} cannot be read";
            using var attribute = Own(H5A.open_by_name(_id, path, name), H5A.close, failure);
            using var type = Own(H5A.get_type(attribute), H5T.close, failure);
            using var space = Own(H5A.get_space(attribute), H5S.close, failure);
            var extents = new ulong[Math.Max(0, H5S.get_simple_extent_ndims(space))];
            Check(H5S.get_simple_extent_dims(space, extents, null), failure);
            if (H5T.get_class(type) is not (H5T.class_t.INTEGER or H5T.class_t.FLOAT)
                || extents.Aggregate(1UL, (a, b) => a * b) != (ulong)count)
                throw Failed($"attribute '{name}' of {path} does not hold {count} number{(count == 1 ? "" : "s")}",
                    reason: "");
            var values = new T[count];
            var memoryType = typeof(T) == typeof(double) ? H5T.NATIVE_DOUBLE : H5T.NATIVE_INT64;
            Check(Pinned(values, at => H5A.read(attribute, memoryType, at)), failure);
            return values;
        }
    }

    private static Hdf5Handle VariableText()
    {
        var id = H5T.copy(H5T.C_S1);
        H5T.set_size(id, H5T.VARIABLE);
        H5T.set_cset(id, H5T.cset_t.UTF8);
        return new(id, H5T.close);
    }
}
