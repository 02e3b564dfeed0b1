using System.Globalization;
using System.Xml.Linq;

namespace MesoLiMg.Tools.Plots;

/// <summary>Names and numbers as SVG files have them.</summary>
public static class Svg
{
    /// <summary>Namespace of SVG.</summary>
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A number of a picture: no more digits than can be seen.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
