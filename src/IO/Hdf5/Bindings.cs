#if !HDF_PINVOKE
// The part of HDF.PInvoke.1.10 that this project uses, by the same names, over the libhdf5 of the system. It steps
// aside where the package is.
using System.Reflection;
using System.Runtime.InteropServices;
using herr_t = int;
using hid_t = long;
using hsize_t = ulong;
using htri_t = int;
using size_t = nint;
using ssize_t = nint;

namespace HDF.PInvoke;

/// <summary>The library itself. Calls of this class come before those of the others.</summary>
public static class H5
{
    internal const string Library = "hdf5";

    private static readonly Lazy<nint> Handle = new(Load);

    static H5() => NativeLibrary.SetDllImportResolver(typeof(H5).Assembly, (name, _, _) => name == Library
        ? Handle.Value : 0);

    public enum index_t { UNKNOWN = -1, NAME, CRT_ORDER }

    public enum iter_order_t { UNKNOWN = -1, INC, DEC, NATIVE }

    [DllImport(Library, EntryPoint = "H5open")]
    public static extern herr_t open();

    [DllImport(Library, EntryPoint = "H5dont_atexit")]
    public static extern herr_t dont_atexit();

    [DllImport(Library, EntryPoint = "H5free_memory")]
    public static extern herr_t free_memory(nint buf);

    /// <summary>An identifier that the library exports as a variable.</summary>
    internal static hid_t Id(string variable) => Marshal.ReadInt64(NativeLibrary.GetExport(Handle.Value, variable));

    /// <summary>
    /// Debian and Ubuntu call the serial library libhdf5_serial; the numbers are those of 2.0 and 1.14 down to 1.10.3,
    /// the first that takes chunks.
    /// </summary>
    private static nint Load()
    {
        string[] versions = [".320", ".310", ".200", ".103", ""];
        var names = from stem in (string[])["libhdf5_serial.so", "libhdf5.so"]
                    from version in versions
                    select stem + version;
        string[] others = ["hdf5.dll", "libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib",
            "/usr/local/lib/libhdf5.dylib"];
        foreach (var name in names.Concat(others))
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var handle))
                return handle;
        return 0;
    }
}

public static class H5F
{
    public const uint ACC_RDONLY = 0, ACC_TRUNC = 2;

    public enum close_degree_t { DEFAULT, WEAK, SEMI, STRONG }

    public enum libver_t { ERROR = -1, EARLIEST, V18, V110 }

    [DllImport(H5.Library, EntryPoint = "H5Fcreate")]
    public static extern hid_t create([MarshalAs(UnmanagedType.LPUTF8Str)] string filename, uint flags,
        hid_t create_plist, hid_t access_plist);

    [DllImport(H5.Library, EntryPoint = "H5Fopen")]
    public static extern hid_t open([MarshalAs(UnmanagedType.LPUTF8Str)] string filename, uint flags,
        hid_t plist = H5P.DEFAULT);

    [DllImport(H5.Library, EntryPoint = "H5Fis_hdf5")]
    public static extern htri_t is_hdf5([MarshalAs(UnmanagedType.LPUTF8Str)] string filename);

    [DllImport(H5.Library, EntryPoint = "H5Fclose")]
    public static extern herr_t close(hid_t file_id);
}

public static class H5G
{
    public enum storage_type_t { UNKNOWN = -1, SYMBOL_TABLE, COMPACT, DENSE }

    public struct info_t
    {
        public storage_type_t storage_type;
        public hsize_t nlinks;
        public long max_corder;
        public uint mounted;
    }

    [DllImport(H5.Library, EntryPoint = "H5Gcreate2")]
    public static extern hid_t create(hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, hid_t lcpl_id = 0,
        hid_t gcpl_id = 0, hid_t gapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Gopen2")]
    public static extern hid_t open(hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, hid_t gapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Gget_info")]
    public static extern herr_t get_info(hid_t loc_id, ref info_t ginfo);

    [DllImport(H5.Library, EntryPoint = "H5Gclose")]
    public static extern herr_t close(hid_t group_id);
}

public static class H5L
{
    [DllImport(H5.Library, EntryPoint = "H5Lexists")]
    public static extern htri_t exists(hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        hid_t lapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Lcreate_external")]
    public static extern herr_t create_external(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string file_name, [MarshalAs(UnmanagedType.LPUTF8Str)] string obj_name,
            hid_t link_loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string link_name,
        hid_t lcpl_id = 0, hid_t lapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Lget_name_by_idx")]
    public static extern ssize_t get_name_by_idx(
        hid_t loc_id, byte[] group_name, H5.index_t idx_type, H5.iter_order_t order, hsize_t n, [In, Out] byte[]? name,
            size_t size, hid_t lapl_id = 0);
}

public static class H5D
{
    public enum layout_t { LAYOUT_ERROR = -1, COMPACT, CONTIGUOUS, CHUNKED }

    [DllImport(H5.Library, EntryPoint = "H5Dcreate2")]
    public static extern hid_t create(
        hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, hid_t type_id, hid_t space_id,
            hid_t lcpl_id = 0, hid_t dcpl_id = 0, hid_t dapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Dopen2")]
    public static extern hid_t open(hid_t file_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, hid_t dapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Dget_space")]
    public static extern hid_t get_space(hid_t dset_id);

    [DllImport(H5.Library, EntryPoint = "H5Dget_type")]
    public static extern hid_t get_type(hid_t dset_id);

    [DllImport(H5.Library, EntryPoint = "H5Dget_create_plist")]
    public static extern hid_t get_create_plist(hid_t dset_id);

    [DllImport(H5.Library, EntryPoint = "H5Dget_chunk_info_by_coord")]
    public static extern herr_t get_chunk_info_by_coord(hid_t dset_id, [In, Out] hsize_t[] offset, ref uint filter_mask,
        ref ulong addr, ref hsize_t size);

    [DllImport(H5.Library, EntryPoint = "H5Dread")]
    public static extern herr_t read(hid_t dset_id, hid_t mem_type_id, hid_t mem_space_id, hid_t file_space_id,
        hid_t plist_id, nint buf);

    [DllImport(H5.Library, EntryPoint = "H5Dwrite")]
    public static extern herr_t write(hid_t dset_id, hid_t mem_type_id, hid_t mem_space_id, hid_t file_space_id,
        hid_t plist_id, nint buf);

    [DllImport(H5.Library, EntryPoint = "H5Dwrite_chunk")]
    public static extern herr_t write_chunk(hid_t dset_id, hid_t dxpl_id, uint filter_mask, ref hsize_t offset,
        size_t data_size, nint buf);

    [DllImport(H5.Library, EntryPoint = "H5Dclose")]
    public static extern herr_t close(hid_t dset_id);
}

public static class H5S
{
    public const int ALL = 0;

    public enum class_t { NO_CLASS = -1, SCALAR, SIMPLE, NULL }

    public enum seloper_t { NOOP = -1, SET }

    [DllImport(H5.Library, EntryPoint = "H5Screate")]
    public static extern hid_t create(class_t type);

    [DllImport(H5.Library, EntryPoint = "H5Screate_simple")]
    public static extern hid_t create_simple(int rank, hsize_t[] dims, hsize_t[]? maxdims);

    [DllImport(H5.Library, EntryPoint = "H5Sget_simple_extent_ndims")]
    public static extern int get_simple_extent_ndims(hid_t space_id);

    [DllImport(H5.Library, EntryPoint = "H5Sget_simple_extent_dims")]
    public static extern int get_simple_extent_dims(hid_t space_id, [In, Out] hsize_t[] dims,
        [In, Out] hsize_t[]? maxdims);

    [DllImport(H5.Library, EntryPoint = "H5Sselect_hyperslab")]
    public static extern herr_t select_hyperslab(hid_t space_id, seloper_t op, hsize_t[] start, hsize_t[]? stride,
        hsize_t[] count, hsize_t[]? block);

    [DllImport(H5.Library, EntryPoint = "H5Sclose")]
    public static extern herr_t close(hid_t space_id);
}

public static class H5T
{
    public static readonly nint VARIABLE = -1;

    public enum class_t { NO_CLASS = -1, INTEGER, FLOAT, TIME, STRING }

    public enum sign_t { ERROR = -1, NONE, SGN_2 }

    public enum cset_t { ERROR = -1, ASCII, UTF8 }

    public enum str_t { ERROR = -1, NULLTERM, NULLPAD }

    public static hid_t NATIVE_DOUBLE => H5.Id("H5T_NATIVE_DOUBLE_g");
    public static hid_t NATIVE_INT32 => H5.Id("H5T_NATIVE_INT32_g");
    public static hid_t NATIVE_INT64 => H5.Id("H5T_NATIVE_INT64_g");
    public static hid_t NATIVE_UINT64 => H5.Id("H5T_NATIVE_UINT64_g");
    public static hid_t IEEE_F64LE => H5.Id("H5T_IEEE_F64LE_g");
    public static hid_t IEEE_F32LE => H5.Id("H5T_IEEE_F32LE_g");
    public static hid_t STD_I32LE => H5.Id("H5T_STD_I32LE_g");
    public static hid_t STD_I64LE => H5.Id("H5T_STD_I64LE_g");
    public static hid_t C_S1 => H5.Id("H5T_C_S1_g");

    [DllImport(H5.Library, EntryPoint = "H5Tcopy")]
    public static extern hid_t copy(hid_t type_id);

    [DllImport(H5.Library, EntryPoint = "H5Tset_size")]
    public static extern herr_t set_size(hid_t dtype_id, size_t size);

    [DllImport(H5.Library, EntryPoint = "H5Tget_size")]
    public static extern size_t get_size(hid_t dtype_id);

    [DllImport(H5.Library, EntryPoint = "H5Tget_sign")]
    public static extern sign_t get_sign(hid_t dtype_id);

    [DllImport(H5.Library, EntryPoint = "H5Tset_cset")]
    public static extern herr_t set_cset(hid_t dtype_id, cset_t cset);

    [DllImport(H5.Library, EntryPoint = "H5Tset_strpad")]
    public static extern herr_t set_strpad(hid_t dtype_id, str_t strpad);

    [DllImport(H5.Library, EntryPoint = "H5Tget_class")]
    public static extern class_t get_class(hid_t dtype_id);

    [DllImport(H5.Library, EntryPoint = "H5Tequal")]
    public static extern htri_t equal(hid_t type1_id, hid_t type2_id);

    [DllImport(H5.Library, EntryPoint = "H5Tis_variable_str")]
    public static extern htri_t is_variable_str(hid_t dtype_id);

    [DllImport(H5.Library, EntryPoint = "H5Tclose")]
    public static extern herr_t close(hid_t type_id);
}

public static class H5Z
{
    public enum filter_t { ERROR = -1, NONE, DEFLATE, SHUFFLE, FLETCHER32 }

    [DllImport(H5.Library, EntryPoint = "H5Zfilter_avail")]
    public static extern htri_t filter_avail(filter_t id);
}

public static class H5P
{
    public const hid_t DEFAULT = 0;

    public const uint CRT_ORDER_TRACKED = 1, CRT_ORDER_INDEXED = 2;

    public static hid_t FILE_CREATE => H5.Id("H5P_CLS_FILE_CREATE_ID_g");
    public static hid_t FILE_ACCESS => H5.Id("H5P_CLS_FILE_ACCESS_ID_g");
    public static hid_t GROUP_CREATE => H5.Id("H5P_CLS_GROUP_CREATE_ID_g");
    public static hid_t DATASET_CREATE => H5.Id("H5P_CLS_DATASET_CREATE_ID_g");

    [DllImport(H5.Library, EntryPoint = "H5Pcreate")]
    public static extern hid_t create(hid_t cls_id);

    [DllImport(H5.Library, EntryPoint = "H5Pset_libver_bounds")]
    public static extern herr_t set_libver_bounds(hid_t plist, H5F.libver_t low, H5F.libver_t high);

    [DllImport(H5.Library, EntryPoint = "H5Pset_fclose_degree")]
    public static extern herr_t set_fclose_degree(hid_t fapl_id, H5F.close_degree_t fc_degree);

    [DllImport(H5.Library, EntryPoint = "H5Pset_obj_track_times")]
    public static extern herr_t set_obj_track_times(hid_t ocpl_id, uint track_times);

    [DllImport(H5.Library, EntryPoint = "H5Pset_link_creation_order")]
    public static extern herr_t set_link_creation_order(hid_t plist_id, uint crt_order_flags);

    [DllImport(H5.Library, EntryPoint = "H5Pset_chunk")]
    public static extern herr_t set_chunk(hid_t plist_id, int ndims, hsize_t[] dims);

    [DllImport(H5.Library, EntryPoint = "H5Pget_layout")]
    public static extern H5D.layout_t get_layout(hid_t plist);

    [DllImport(H5.Library, EntryPoint = "H5Pget_chunk")]
    public static extern int get_chunk(hid_t plist_id, int max_ndims, [In, Out] hsize_t[] dims);

    [DllImport(H5.Library, EntryPoint = "H5Pget_nfilters")]
    public static extern int get_nfilters(hid_t plist);

    [DllImport(H5.Library, EntryPoint = "H5Pget_filter2")]
    public static extern H5Z.filter_t get_filter(
        hid_t plist_id, uint idx, ref uint flags, ref size_t cd_nelmts, uint[]? cd_values, size_t namelen,
            [In, Out] byte[]? name, ref uint filter_config);

    [DllImport(H5.Library, EntryPoint = "H5Pset_shuffle")]
    public static extern herr_t set_shuffle(hid_t plist_id);

    [DllImport(H5.Library, EntryPoint = "H5Pset_deflate")]
    public static extern herr_t set_deflate(hid_t plist_id, uint level);

    [DllImport(H5.Library, EntryPoint = "H5Pset_fletcher32")]
    public static extern herr_t set_fletcher32(hid_t plist_id);

    [DllImport(H5.Library, EntryPoint = "H5Pclose")]
    public static extern herr_t close(hid_t plist);
}

public static class H5A
{
    [DllImport(H5.Library, EntryPoint = "H5Acreate_by_name")]
    public static extern hid_t create_by_name(
        hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string obj_name,
            [MarshalAs(UnmanagedType.LPUTF8Str)] string attr_name, hid_t type_id,
        hid_t space_id, hid_t acpl_id = 0, hid_t aapl_id = 0, hid_t lapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Aexists_by_name")]
    public static extern htri_t exists_by_name(
        hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string obj_name,
            [MarshalAs(UnmanagedType.LPUTF8Str)] string attr_name, hid_t lapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Aopen_by_name")]
    public static extern hid_t open_by_name(
        hid_t loc_id, [MarshalAs(UnmanagedType.LPUTF8Str)] string obj_name,
            [MarshalAs(UnmanagedType.LPUTF8Str)] string attr_name,
        hid_t aapl_id = 0, hid_t lapl_id = 0);

    [DllImport(H5.Library, EntryPoint = "H5Aget_space")]
    public static extern hid_t get_space(hid_t attr_id);

    [DllImport(H5.Library, EntryPoint = "H5Aget_type")]
    public static extern hid_t get_type(hid_t attr_id);

    [DllImport(H5.Library, EntryPoint = "H5Aread")]
    public static extern herr_t read(hid_t attr_id, hid_t type_id, nint buf);

    [DllImport(H5.Library, EntryPoint = "H5Awrite")]
    public static extern herr_t write(hid_t attr_id, hid_t mem_type_id, nint buf);

    [DllImport(H5.Library, EntryPoint = "H5Aclose")]
    public static extern herr_t close(hid_t attr_id);
}

public static class H5E
{
    public const hid_t DEFAULT = 0;

    public enum direction_t { H5E_WALK_UPWARD, H5E_WALK_DOWNWARD }

    public struct error_t
    {
        public hid_t cls_id, maj_num, min_num;
        public uint line;
        [MarshalAs(UnmanagedType.LPStr)] public string func_name;
        [MarshalAs(UnmanagedType.LPStr)] public string file_name;
        [MarshalAs(UnmanagedType.LPStr)] public string desc;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate herr_t auto_t(hid_t estack, nint client_data);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate herr_t walk_t(uint n, [In] ref error_t err_desc, nint client_data);

    [DllImport(H5.Library, EntryPoint = "H5Eset_auto2")]
    public static extern herr_t set_auto(hid_t estack_id, auto_t? func, nint client_data);

    [DllImport(H5.Library, EntryPoint = "H5Ewalk2")]
    public static extern herr_t walk(hid_t estack_id, direction_t direction, walk_t func, nint client_data);
}
#endif
