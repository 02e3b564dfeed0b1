using System.Collections;
using System.Reflection;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

/// <summary>Case texts and files that the tests of this folder share.</summary>
internal static class CaseText
{
    /// <summary>
    /// Lines are counted from 1 in the expected messages: domain is 1, material 2, initial 3, interfaces 4, se 5,
    /// protocol 6.
    /// </summary>
    public const string Plate = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14] }
        material: { diffusivity: 1e-11 cm^2/s, youngs_modulus: 40 GPa }
        initial: { x: 0 }
        interfaces:
          se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.43 GPa }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
        """;

    public const string Slab = "domain: { kind: slab, height: 5 um, cells: [40] }";

    public static CaseDocument Parse(string text, params string[] overrides) =>
        CaseReader.Parse(text, "a.yaml", overrides);

    /// <summary>The message with which a text is refused.</summary>
    public static string Refused(string text, params string[] overrides) =>
        Assert.Throws<InputException>(() => Parse(text, overrides)).Message;

    public static string[] Examples() =>
        Directory.GetFiles(Path.Combine(Root(), "cases"), "*.yaml", SearchOption.AllDirectories);

    public static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MesoLiMg.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>Asserts that two records hold the same values, lists compared item by item.</summary>
    public static void AssertSame(object? expected, object? actual, string path = "")
    {
        if (expected is IList list)
        {
            IList other = Assert.IsAssignableFrom<IList>(actual);
            Assert.True(list.Count == other.Count, $"{path}: {list.Count} and {other.Count} items");
            for (int i = 0; i < list.Count; i++) AssertSame(list[i], other[i], $"{path}.{i}");
        }
        else if (expected?.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            is { Length: > 0 } properties && expected.GetType().Namespace == typeof(Case).Namespace
            && !expected.GetType().IsEnum)
        {
            Assert.NotNull(actual);
            foreach (PropertyInfo property in properties) AssertSame(property.GetValue(expected),
                property.GetValue(actual), $"{path}.{property.Name}");
        }
        else
        {
            Assert.True(Equals(expected, actual), $"{path}: {expected} and {actual}");
        }
    }
}
