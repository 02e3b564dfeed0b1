namespace MesoLiMg.Model;

/// <summary>
/// What entries must fulfil together, beyond their own units and ranges. The first violation is thrown, with the line
/// of the entry that offends; <see cref="Warnings"/> collects what is allowed but probably not meant.
/// </summary>
/// <param name="case">The bound case.</param>
/// <param name="tree">Its text, which knows what was written and where.</param>
/// <param name="ocvTable">The table of the open-circuit potential, where there is one.</param>
/// <param name="isWrittenOut">Whether the file is one that the program wrote, with every default, so that what has no
/// effect in it is nobody's mistake. Overrides do not count.</param>
internal sealed partial class CaseRules(Case @case, CaseTree tree, OcvTable? ocvTable, Func<bool> isWrittenOut)
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Checks everything.</summary>
    /// <exception cref="InputException">The first violation.</exception>
    public void Check()
    {
        CheckDomain();
        CheckMaterial();
        CheckMicrostructure();
        CheckRegions();
        CheckInitial();
        CheckInterfaces();
        CheckProtocol();
        CheckKinetics();
        CheckSolver();
        CheckPublished();
        WarnOfGrid();
        WarnOfComposition();
        WarnOfNoEffect();
    }

    private string Axes => @case.Domain.Kind switch
    {
        DomainKind.Slab => "z",
        DomainKind.Axisymmetric => "r, z",
        DomainKind.PlaneStrain => "x, z",
        _ => "x, y, z",
    };

    private string Kind => CaseSchema.Word(@case.Domain.Kind);

    private InputException Fail(string path, string what) => new($"{tree.Where(path)}: {tree.AsWritten(path)}: {what}");

    private void Warn(string path, string what) => _warnings.Add($"{tree.Where(path)}: {tree.AsWritten(path)}: {what}");

    /// <summary>Requires exactly one of the entries of a section.</summary>
    private void ExactlyOne(string path, params string[] keys)
    {
        string[] given = [.. keys.Where(key => tree.Has($"{path}.{key}"))];
        if (given.Length == 0) throw Fail(path, $"expected one of {string.Join(", ", keys)}");
        if (given.Length > 1) throw Fail(
            $"{path}.{given[1]}", $"only one of {string.Join(", ", keys)} can be given, {given[0]} is given too");
    }

    private void Require(string path, string key)
    {
        if (!tree.Has($"{path}.{key}")) throw Fail(path, $"'{key}' is missing");
    }

    private void Refuse(string path, string why)
    {
        if (tree.Has(path)) throw Fail(path, why);
    }

    /// <summary>Requires a point inside the domain; faces belong to it, with room for rounding.</summary>
    private void CheckPoint(string path, IReadOnlyList<double> point)
    {
        double[] lengths = GridShape.Lengths(@case.Domain);
        if (point.Count != lengths.Length) throw Fail(
            path, $"expected {lengths.Length} coordinate{(lengths.Length == 1 ? "" : "s")} ({Axes}), read "
            + $"{point.Count}");
        for (int i = 0; i < lengths.Length; i++)
        {
            if (point[i] < -1e-12 * lengths[i] || point[i] > (1 + 1e-12) * lengths[i])
                throw Fail(path, $"{Axes.Split(", ")[i]} = {Units.Format(point[i], "nm")} is outside the domain, 0 to "
                    + $"{Units.Format(lengths[i], "nm")}");
        }
    }
}
