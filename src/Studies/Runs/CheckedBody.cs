using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Studies.Runs;

/// <summary>Grains and materials of a case, looked at as a run does before it begins, without its solvers.</summary>
/// <param name="Grains">Its grains; null where it has none.</param>
/// <param name="Check">What was found.</param>
/// <param name="Voids">Number of cells that are void.</param>
internal sealed record CheckedBody(GrainMap? Grains, BodyCheck Check, int Voids)
{
    /// <summary>Reads and looks.</summary>
    /// <exception cref="InputException">A run would refuse it.</exception>
    public static CheckedBody Of(CaseDocument document)
    {
        var (@case, lateral) = (document.Case, LateralFaces.Of(document.Case.Domain));
        var grains = GrainFile.Of(@case, document.Where);
        grains?.RequirePlanar(@case, document.Where);
        using var host = new HostDevice(1);
        var (x, y) = (lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic);
        var grid = new GridLevel(host, GridShape.Of(@case.Domain), x, y);
        var materials = new Materials(host, @case, grid, grains);
        materials.RequireContact(grid.X * grid.Y, document.Where);
        var check = new BodyCheck(@case, materials, document.Where);
        if (@case.Initial.State is { } state)
            RestartPoint.Read(state).Require(@case, grid);
        return new(grains, check, materials.Phase.Count(phase => phase == Materials.VoidPhase));
    }
}
