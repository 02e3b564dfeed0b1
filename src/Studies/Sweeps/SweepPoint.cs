using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>How far a point of a sweep is.</summary>
internal enum PointStatus
{
    Waiting,
    Running,
    Finished,
    Interrupted,
    Failed,
}

/// <summary>A point of a sweep: one value for each variation, and the case that they make.</summary>
/// <param name="Number">Its place in the product, counted from 1.</param>
/// <param name="Values">The values as typed.</param>
/// <param name="Label">The varied keys with their values, in a form that every file system takes.</param>
/// <param name="Case">The case.</param>
/// <param name="CaseText">The case as its <c>case.yaml</c> has it.</param>
internal sealed partial record SweepPoint(int Number, IReadOnlyList<string> Values, string Label, Case Case,
    string CaseText)
{
    private const int LongestLabel = 100, HashDigits = 8;

    /// <summary>Name of the point's folder, such as <c>0007_protocol.0.plate.current=0.5mA_cm^2</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The files that the point reads, as they were when the sweep began.</summary>
    public InputFiles? Inputs { get; set; }

    public PointStatus Status { get; set; }

    /// <summary>Why the point failed, on one line.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The last row of the point's history by heading; empty before it has finished.</summary>
    public IReadOnlyDictionary<string, string> EndQuantities { get; set; } = new Dictionary<string, string>();

    /// <summary>
    /// A readable label of values, with a few digits of a hash where it had to be cut or where <paramref name="taken"/>
    /// has it.
    /// </summary>
    public static string LabelOf(IReadOnlyList<Variation> variations, IReadOnlyList<string> values,
        IReadOnlySet<string> taken)
    {
        string[] assignments = [.. variations.Zip(values, (variation, value) => $"{variation.Key}={value}")];
        var label = string.Join(
            ",", variations.Zip(values, (variation, value) => $"{Safe(variation.Key)}={Safe(value)}"));
        if (label.Length <= LongestLabel && !taken.Contains(label))
            return label;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', assignments))));
        return $"{label[..Math.Min(label.Length, LongestLabel - HashDigits - 1)]}~{hash[..HashDigits]}";
    }

    private static string Safe(string text) => Unsafe().Replace(Blank().Replace(text, ""), "_").Trim('_');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"[^A-Za-z0-9.+^\-]+")]
    private static partial Regex Unsafe();
}
