using System.Globalization;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Runs;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>All points of a sweep, read and checked before the first of them runs.</summary>
internal sealed class SweepPlan
{
    /// <summary>What the four digits of a folder's name can count.</summary>
    private const int MostPoints = 9999;

    private SweepPlan(IReadOnlyList<Variation> variations, IReadOnlyList<SweepPoint> points,
        IReadOnlyList<string> warnings) =>
        (Variations, Points, Warnings) = (variations, points, warnings);

    public IReadOnlyList<Variation> Variations { get; }

    /// <summary>The product of the variations, the last one varying fastest.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Warnings of the cases, each once.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Makes and reads the case of every point.</summary>
    /// <param name="file">The case file.</param>
    /// <param name="overrides">Assignments as of <c>--set</c>, before those of the variations.</param>
    /// <param name="variations">What <c>--vary</c> says.</param>
    /// <exception cref="InputException">A variation or the case of a point is wrong, or two points are the same
    /// case.</exception>
    public static SweepPlan Read(string file, IReadOnlyList<string> overrides, IReadOnlyList<Variation> variations)
    {
        if (variations.Count == 0)
            throw new InputException(
                "nothing to vary: give --vary KEY=A,B,C, for example --vary "
                + "protocol.0.plate.current=0.5mA/cm^2,1mA/cm^2");
        if (variations.CountBy(variation => variation.Key).FirstOrDefault(key => key.Value > 1) is { Key: { } twice })
            throw new InputException($"--vary {twice}: given twice; write all its values behind one --vary");
        var count = variations.Aggregate(1.0, (product, variation) => product * variation.Values.Count);
        if (count > MostPoints)
            throw new InputException($"the variations make {count:G6} points, a sweep has at most {MostPoints}");

        List<SweepPoint> points = [];
        HashSet<string> labels = [], warnings = [];
        Dictionary<string, SweepPoint> cases = [];
        foreach (var values in Product(variations, 0))
        {
            var document = ReadPoint(file, overrides, variations, values);
            var point = new SweepPoint(points.Count + 1, values, SweepPoint.LabelOf(variations, values, labels),
                document.Case, CaseWriter.Write(document.Case));
            if (!cases.TryAdd(point.CaseText, point))
                throw new InputException(
                    $"the points {cases[point.CaseText].Label} and {point.Label} are the same case");
            labels.Add(point.Label);
            warnings.UnionWith(document.Warnings);
            points.Add(point);
        }
        foreach (var (point, inputs) in points.Zip(InputFiles.Of(points.Select(point => point.Case))))
            point.Inputs = inputs;
        return new(variations, points, [.. warnings]);
    }

    /// <summary>Refuses points that do not fit the device or whose initial profile does not fit the grid.</summary>
    /// <exception cref="InputException">A point is wrong; the message names it.</exception>
    public void Check(IDevice device, int copies)
    {
        foreach (var point in Points)
            Naming(point.Label, () => CaseRun.Prepare(point.Case, device, copies));
    }

    /// <summary>
    /// Names the folders of the points and finds out which have run. A point keeps the folder that it has, also when
    /// more values have been added to the sweep.
    /// </summary>
    /// <param name="runs">The folder of the points' folders.</param>
    /// <exception cref="InputException">The folder of a point holds the run of another case, or one that read other
    /// files.</exception>
    public void Resume(string runs)
    {
        var names = Directory.Exists(runs) ? Directory.GetDirectories(runs).Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal).ToList() : [];
        var texts = names.Where(name => File.Exists(RunFolder.CasePath(Path.Combine(runs, name))))
            .Select(name => (Name: name, Text: File.ReadAllText(RunFolder.CasePath(Path.Combine(runs, name)))))
            .DistinctBy(found => found.Text).ToDictionary(found => found.Text, found => found.Name);
        foreach (var point in Points)
        {
            if (texts.TryGetValue(point.CaseText, out var name))
            {
                point.Name = name;
                point.Inputs!.RequireSame(Path.Combine(runs, name), Advice);
                Load(point, Path.Combine(runs, name));
                continue;
            }
            if (names.FirstOrDefault(name => LabelOf(name) == point.Label) is { } other)
                throw new InputException(
                    $"the folder '{Path.Combine(runs, other)}' holds the run of another case than the sweep's; choose "
                    + $"another folder for the sweep or remove it");
            point.Name = $"{FreeNumber(names, point.Number):D4}_{point.Label}";
            names.Add(point.Name);
        }
        if (texts.Count > 0 && !texts.Keys.Any(IsOfThisSweep))
            throw new InputException(
                $"the folder '{runs}' holds runs of another case than the sweep's; choose another folder for the "
                + $"sweep or remove it");
    }

    /// <summary>What to do about a file that has changed under a sweep.</summary>
    internal const string Advice = "put the earlier file back and remove what was run with another one, or choose "
        + "another folder for the sweep";

    /// <summary>
    /// Whether a case with the values of the first point is that point: then it differs from the points in what is
    /// varied alone.
    /// </summary>
    private bool IsOfThisSweep(string caseText)
    {
        try
        {
            string[] assignments =
                [.. Variations.Zip(Points[0].Values, (variation, value) => $"{variation.Key}={value}")];
            return CaseWriter.Write(CaseReader.Parse(caseText, "case.yaml", assignments).Case) == Points[0].CaseText;
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>Takes the end of a point's run, if it has come to its end, from the point's folder.</summary>
    public static void Load(SweepPoint point, string folder)
    {
        if (RunFolder.IsFinished(folder))
            (point.Status, point.EndQuantities) = (PointStatus.Finished, RunFolder.LastRow(folder));
    }

    private static CaseDocument ReadPoint(string file, IReadOnlyList<string> overrides,
        IReadOnlyList<Variation> variations, IReadOnlyList<string> values)
    {
        string[] assignments = [.. variations.Zip(values, (variation, value) => $"{variation.Key}={value}")];
        return Naming(string.Join(", ", assignments), () =>
        {
            var document = CaseRun.Read(file, [.. overrides, .. assignments]);
            GrainFile.Check(document.Case, document.Where);
            return document;
        });
    }

    private static T Naming<T>(string point, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (InputException e)
        {
            throw new InputException($"{e.Message} (point {point})", e);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Product(IReadOnlyList<Variation> variations, int first) =>
        first == variations.Count
        ? [[]]
        : from value in variations[first].Values
          from rest in Product(variations, first + 1)
          select (IReadOnlyList<string>)[value, .. rest];

    private static string LabelOf(string name) => name[(name.IndexOf('_') + 1)..];

    /// <summary>The number itself, or the next one that no folder has.</summary>
    private static int FreeNumber(IReadOnlyList<string> names, int number)
    {
        while (names.Any(name => name.StartsWith(number.ToString("D4", CultureInfo.InvariantCulture) + "_",
            StringComparison.Ordinal)))
            number++;
        return number;
    }
}
