using System.IO.Compression;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Files of other programs, packed by gzip, in base 64.</summary>
internal static class MapSamples
{
    /// <summary>
    /// HDF5 of h5py, six maps of 4 x 3 x 2 voxels with the ids 1, 2, 3, 1, 2, 3, ...: long, 2^40 more; unsigned (32
    /// bits) and widest (64 bits without a sign), in which the largest
    /// number stands for 3; big, of 16 bits, big endian; whole, floats; packed by lzf.
    /// </summary>
    public const string Hdf5 = """
        H4sIAAAAAAACA+v0cHHj5ZLiYubgYICB/1AwhwvCN4CKbzy88LW/h0sQk0KVPV82Mq5gEkLWCANcTAyMDAxs/AxAiiUnPy/9MNQkNmGQEEdp
        XnFmel5qynlGiLCAANAMVgjbEKaUD6SUOSkz/TkzVAjhUoYna+f6gp3EyMDIaMLAwMTMyMgElYMpZ4HSuMSZeRgYBThgxjowsAJdzczFAfQR
        CyPMrgMwC2cwDFqg4nrRgCphAecroITFAWhYJAyBsNB/ad9KrbDAli4UOIdOuqhtDyqhSlhwwuQFUMLiASdqMTGYw4Jvvu9eisNChIFRUEEe
        nkfEORjE64Es5DAR4ELLKxMGX1hseH3uhL+zhzebIKiEZSvPTEktLrnNhCiKbdhRi2Ltm1m/qVXYohQwzNxSDIxAU2tZQEU9Q05VGlielRGS
        qDiAtQULEzBUGZlZWJi5cqHOYqgcwMCzz5F/Cg48AVDgsZZn5OekfoZ6EhqgBYnJ2akpBmwQwT82oXpujh4uDIx8XLDA6YT6ZOevV5Vuji5O
        DIwwvxVA048YmGxD4UV8fmxKNX8wQgkmKM0MpYeSOBO06UErNnJ6hjVthoo4MICYgIFFPMnQYA+u7RgcHGjBZgEHrgIzAzMQMyowPxDlZgQ3
        tLCIAgBIN0Q5nAoAAA==
        """;

    /// <summary>The bytes of a file.</summary>
    public static byte[] Unpack(string packed)
    {
        using var file = new MemoryStream();
        using (var gzip =
            new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress))
            gzip.CopyTo(file);
        return file.ToArray();
    }
}
