using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Transmissibilities of low faces along x, y, z [m³/s]. Where D follows x they hold for the x of the last
/// <see cref="Update"/>.
/// </summary>
public sealed class FaceTransmissibilities
{
    private readonly GrainTransport? grains;
    private readonly VolumeGeometry geometry;
    private readonly View<double>[] areas;
    private readonly CellFields diffusivity, force;
    private readonly FaceFields first;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly CompositionLaw law;
    private readonly Field<Cell, double> largest;

    /// <summary>Computes them for constant D.</summary>
    /// <param name="largest">The largest D(x) of cells, which is D where it is constant; 0 outside of the body.</param>
    /// <param name="grains">Tensors and boundaries of grains; null where all is isotropic.</param>
    internal FaceTransmissibilities(
        IDevice device, GridLevel grid, VolumeGeometry geometry, CompositionLaw law, Field<Cell, double> largest,
        GrainTransport? grains)
    {
        (this.device, this.grid, this.law, this.largest) = (device, grid, law, largest);
        (this.grains, this.geometry) = (grains, geometry);
        var x = grid.FaceField<double>();
        Across = new(x, grid.HasY ? grid.FaceField<double>() : x, grid.FaceField<double>());
        areas = [geometry.FaceX, geometry.FaceY, geometry.FaceZ];
        if (grains is not null)
        {
            diffusivity = Cells();
            if (grains.IsOblique)
            {
                force = Cells();
                first = new(grid.FaceField<double>(), grid.FaceField<double>(), grid.FaceField<double>());
            }
            UpdateGrains(largest);
            return;
        }
        for (var axis = 0; axis < 3; axis++)
        {
            if (Has(axis))
                device.Launch(new FaceTransmissibility(
                    largest, Across.Across(axis), areas[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }

    /// <summary>D of cells across the SE side, the largest one up to saturation where it follows x.</summary>
    public Field<Cell, double> AcrossSurface => grains is null ? largest : diffusivity.Z;

    /// <summary>Whether gradients drive fluxes across themselves, in grains that lie obliquely.</summary>
    public bool IsOblique => grains is { IsOblique: true };

    /// <summary>Across x, y and z; across y any field where there is no y axis.</summary>
    public FaceFields Across { get; }

    /// <summary>Whether they follow x.</summary>
    public bool Vary => !law.IsConstant;

    /// <summary>Takes over x, whose periodic ghosts must be filled.</summary>
    public void Update(Field<Cell, double> x)
    {
        if (!Vary)
            return;
        if (grains is not null)
        {
            UpdateGrains(x);
            return;
        }
        for (var axis = 0; axis < 3; axis++)
        {
            if (Has(axis))
                device.Launch(new KirchhoffTransmissibility(
                    x, law, largest, Across.Across(axis), areas[axis], grid.Stride(axis), grid.Widths[axis][0]),
                    grid.LowFaces);
        }
    }

    /// <summary>
    /// Adds to G what gradients drive across themselves for x, whose periodic ghosts must be filled.
    /// </summary>
    /// <param name="x">Li per Mg.</param>
    /// <param name="transmissibility">T: the flux from the cell below is T (x_a - x_b) + G.</param>
    /// <param name="drift">G [m³/s].</param>
    /// <param name="uptake">What enters through the SE side [m/s].</param>
    public void AddCross(
        Field<Cell, double> x, in FaceFields transmissibility, in FaceFields drift, Field<Surface, double> uptake)
    {
        for (var axis = 0; axis < 3; axis++)
            device.Launch(new Fill<Flat, double>(first.Across(axis).AsFlat, 0), grid.Flat(1));
        UpdateForce(x, transmissibility, drift, new(0, 0, 0));
        AddCrossFlux(x, first);
        device.Launch(new FluxThroughSurface(uptake, geometry.FaceZ, first.Z, grid.Z - 1), grid.SurfacePlane);
        // A slab goes on along x, strips and slabs along y: nothing varies there and no face is closed.
        UpdateForce(x, transmissibility, drift, new(grid.Kind == DomainKind.Slab ? 0 : 1, grid.HasY ? 1 : 0, 1));
        AddCrossFlux(x, drift);
    }

    private void UpdateForce(
        Field<Cell, double> x, in FaceFields transmissibility, in FaceFields drift, PerAxis<double> pass)
    {
        var fluxes = new WholeFluxes(transmissibility, drift, first);
        device.Launch(
            new CrossForce(x, law, grains!.Tensors, diffusivity, fluxes, force, geometry, pass), grid.Cells);
        for (var axis = 0; axis < 3; axis++)
            grid.FillGhosts(force.Along(axis));
    }

    private bool Has(int axis) => axis != 1 || grid.HasY;

    private CellFields Cells() => new(grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>());

    private void AddCrossFlux(Field<Cell, double> x, in FaceFields drift)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            if (Has(axis))
                device.Launch(new CrossFlux(
                    x, force.Along(axis), Across.Across(axis), drift.Across(axis), grid.Stride(axis),
                    grid.Widths[axis][0]), grid.LowFaces);
        }
    }

    private void UpdateGrains(Field<Cell, double> x)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var (d, along) = (diffusivity.Along(axis), grains!.Along.Along(axis));
            device.Launch(new DiffusivityAlong(x, law, grains.Tensors, axis, along, largest, d), grid.Cells);
            grid.FillGhosts(d);
            if (Has(axis))
                device.Launch(new BarrierTransmissibility(
                    d, along, grains.Links.Across(axis), grains.Resistance.Across(axis), Across.Across(axis),
                    areas[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }
}
