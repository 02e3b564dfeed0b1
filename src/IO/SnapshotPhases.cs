using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>What the phases of a snapshot are, by the case in it.</summary>
public static class SnapshotPhases
{
    /// <summary>Phases that hold no lithium and their names (<see cref="InertPhases"/>); none where this version does not read the case.</summary>
    public static IReadOnlyDictionary<int, string> Inert(SnapshotFile file)
    {
        try
        {
            return InertPhases.Of(CaseReader.Parse(file.CaseText, file.Path, []).Case);
        }
        catch (InputException)
        {
            return new Dictionary<int, string>();
        }
    }
}
