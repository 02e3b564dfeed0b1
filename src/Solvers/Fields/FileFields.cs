using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>Fields of a state that are of no use to the run itself, so computed for snapshots alone.</summary>
public sealed class FileFields(IDevice device, GridLevel grid, double magnesium)
{
    /// <summary>c [mol/m³].</summary>
    public Field<Closed, double> Concentration { get; } = grid.ClosedField<double>();

    /// <summary>J at cell centres, fields of the components x, y, z [mol/(m² s)].</summary>
    public IReadOnlyList<Field<Cell, double>> Flux { get; } =
        [grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>()];

    /// <summary>Derives them from the accepted state and its equilibrium.</summary>
    /// <param name="closed">x of the state, on the body's surface too.</param>
    /// <param name="diffusion">Lithium.</param>
    public void Update(Field<Closed, double> closed, DiffusionSolver diffusion)
    {
        device.Launch(new Scale<Closed>(closed, Concentration, magnesium), grid.Closed);
        var (x, uptake, geometry) = (diffusion.X, diffusion.State.Uptake, diffusion.Film.Geometry);
        diffusion.Fluxes.Observe(x, uptake);
        Along(0, geometry.FaceX);
        Along(2, geometry.FaceZ);
        device.Launch(new AddSurfaceFlux(Flux[2], uptake, grid.Z - 1, magnesium), grid.SurfacePlane);
        if (grid.HasY)
            Along(1, geometry.FaceY);

        void Along(int axis, View<double> area)
        {
            var (t, drift) = (diffusion.Fluxes.Transmissibility.Across(axis), diffusion.Fluxes.Drift.Across(axis));
            var next = axis == 0 ? 1 : 0;
            device.Launch(new CellFlux(x, t, drift, area, Flux[axis], grid.Stride(axis), next, magnesium), grid.Cells);
        }
    }
}
