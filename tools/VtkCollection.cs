using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MesoLiMg.Tools;

/// <summary>A ParaView collection: images and their times. Its text is the file.</summary>
public sealed class VtkCollection
{
    private readonly SortedDictionary<string, double> _times = new(StringComparer.Ordinal);

    /// <summary>
    /// The collection of a file, without images that have gone; empty when the file is not there or none.
    /// </summary>
    public static VtkCollection ReadOrEmpty(string path)
    {
        var collection = new VtkCollection();
        if (!File.Exists(path))
            return collection;
        try
        {
            foreach (var entry in XDocument.Load(path).Descendants("DataSet"))
                if (File.Exists(Path.Combine(Path.GetDirectoryName(path)!, (string)entry.Attribute("file")!)))
                    collection.Add((double)entry.Attribute("timestep")!, (string)entry.Attribute("file")!);
            return collection;
        }
        catch (Exception e) when (e is XmlException or ArgumentNullException or FormatException)
        {
            return new();
        }
    }

    /// <summary>
    /// Adds a file, or gives it another time; the same snapshot as an image or a grid gives way to it.
    /// </summary>
    /// <param name="time">[s]</param>
    /// <param name="file">Name relative to the collection.</param>
    public void Add(double time, string file)
    {
        foreach (var other in _times.Keys.Where(
            other => Path.GetFileNameWithoutExtension(other) == Path.GetFileNameWithoutExtension(file)).ToList())
            _times.Remove(other);
        _times[file] = time;
    }

    public override string ToString() => new XElement("VTKFile",
        new XAttribute("type", "Collection"), new XAttribute("version", "1.0"),
        new XAttribute("byte_order", "LittleEndian"), new XAttribute("header_type", "UInt64"),
        new XElement("Collection", _times.OrderBy(entry => entry.Value).Select(entry => new XElement("DataSet",
            new XAttribute("timestep", entry.Value.ToString("R", CultureInfo.InvariantCulture)),
            new XAttribute("group", ""),
            new XAttribute("part", 0),
            new XAttribute("file", entry.Key))))).ToString();
}
