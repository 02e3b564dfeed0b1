using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// Grains as a snapshot without a state, so that whatever reads snapshots shows them; <c>kind: file</c> reads it back.
/// </summary>
public static class GrainSnapshot
{
    /// <summary>Grain ids, Euler angles and c axes of cells.</summary>
    public static Snapshot Of(GrainMap grains, Case @case, Provenance provenance) => new()
    {
        Grid = grains.Grid,
        Time = 0,
        Step = 0,
        CaseText = provenance.CaseText,
        Parameters = CaseParameters.Of(@case),
        ProgramVersion = provenance.ProgramVersion,
        Commit = provenance.Commit,
        Device = provenance.Device,
        Host = provenance.Host,
        Command = provenance.Command,
        Cells =
        [
            new("grain", "1", "grain id", 1, grains.Grain),
            PerGrain(grains, "euler", "rad", "Bunge's Euler angles phi1 Phi phi2", orientation => orientation.Euler()
                is var (phi1, phi, phi2) ? [phi1, phi, phi2] : []),
            PerGrain(grains, "c_axis", "1", "direction of the crystal's c axis", orientation => orientation.Matrix()
                is var g ? [g[2, 0], g[2, 1], g[2, 2]] : []),
        ],
        Boundary = [],
        Nodes = [],
        State = [],
    };

    private static SnapshotField PerGrain(GrainMap grains, string name, string unit, string description,
        Func<Orientation, double[]> value)
    {
        double[][] table = [[0, 0, 0], .. grains.Orientations.Select(value)];
        return new(name, unit, description, 3, grains.Grain.SelectMany(grain => table[grain]).ToArray());
    }
}
