using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Transmissibilities of low faces along x, y, z [m³/s]. Where D follows x they hold for the x of the last <see cref="Update"/>.</summary>
public sealed class FaceTransmissibilities
{
    private readonly GrainTransport? grains;
    private readonly VolumeGeometry geometry;
    private readonly View<double>[] own, areas, diffusivity = [], force = [], first = [];
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly CompositionLaw law;
    private readonly View<double> largest;

    /// <summary>Computes them for constant D.</summary>
    /// <param name="largest">The largest D(x) of cells, which is D where it is constant; 0 outside of the body.</param>
    /// <param name="grains">Tensors and boundaries of grains; null where all is isotropic.</param>
    internal FaceTransmissibilities(IDevice device, GridLevel grid, VolumeGeometry geometry, CompositionLaw law, View<double> largest, GrainTransport? grains)
    {
        (this.device, this.grid, this.law, this.largest, this.grains, this.geometry) = (device, grid, law, largest, grains, geometry);
        (X, Z) = (grid.Field<double>(), grid.Field<double>());
        Y = grid.HasY ? grid.Field<double>() : X;
        (own, areas) = ([X, Y, Z], [geometry.FaceX, geometry.FaceY, geometry.FaceZ]);
        if (grains is not null)
        {
            diffusivity = [grid.Field<double>(), grid.Field<double>(), grid.Field<double>()];
            if (grains.IsOblique)
                (force, first) = ([grid.Field<double>(), grid.Field<double>(), grid.Field<double>()], [grid.Field<double>(), grid.Field<double>(), grid.Field<double>()]);
            UpdateGrains(largest);
            return;
        }
        for (var axis = 0; axis < 3; axis++)
        {
            if (Has(axis))
                device.Launch(new FaceTransmissibility(largest, own[axis], areas[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }

    /// <summary>D of cells across the SE side, the largest one up to saturation where it follows x.</summary>
    public View<double> AcrossSurface => grains is null ? largest : diffusivity[2];

    /// <summary>Whether gradients drive fluxes across themselves, in grains that lie obliquely.</summary>
    public bool IsOblique => grains is { IsOblique: true };

    /// <summary>Along x.</summary>
    public View<double> X { get; }

    /// <summary>Along y; any field where there is no y axis.</summary>
    public View<double> Y { get; }

    /// <summary>Along z.</summary>
    public View<double> Z { get; }

    /// <summary>Along x, y and z.</summary>
    internal View<double>[] Along => own;

    /// <summary>Whether they follow x.</summary>
    public bool Vary => !law.IsConstant;

    /// <summary>Takes over x, whose periodic ghosts must be filled.</summary>
    public void Update(View<double> x)
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
                device.Launch(new KirchhoffTransmissibility(x, law, largest, own[axis], areas[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }

    /// <summary>Adds to G what gradients drive across themselves for x, whose periodic ghosts must be filled.</summary>
    /// <param name="transmissibility">T of low faces along x, y, z: the flux from the cell below is T (x_a - x_b) + G.</param>
    /// <param name="drift">G of low faces along x, y, z [m³/s].</param>
    /// <param name="uptake">What enters through the SE side (SE plane) [m/s].</param>
    public void AddCross(View<double> x, View<double>[] transmissibility, View<double>[] drift, View<double> uptake)
    {
        foreach (var field in first)
            device.Launch(new Fill<double>(field, 0), grid.Flat(1));
        UpdateForce(x, transmissibility, drift, new(0, 0, 0));
        AddCrossFlux(x, first);
        device.Launch(new FluxThroughSurface(uptake, geometry.FaceZ, first[2], grid.Z * grid.Layout.StrideZ, grid.Layout.StrideZ), grid.SurfacePlane);
        // A slab goes on along x, strips and slabs along y: nothing varies there and no face is closed.
        UpdateForce(x, transmissibility, drift, new(grid.Kind == DomainKind.Slab ? 0 : 1, grid.HasY ? 1 : 0, 1));
        AddCrossFlux(x, drift);
    }

    private void UpdateForce(View<double> x, View<double>[] transmissibility, View<double>[] drift, PerAxis<double> pass)
    {
        device.Launch(
            new CrossForce(x, law, Fields(diffusivity), Fields(transmissibility), Fields(drift), Fields(first), Fields(force), grains!.Tensors, grains.Group, geometry, grid.Layout, pass, grains.Count), grid.Cells);
        foreach (var field in force)
            grid.RepeatCells(field);
    }

    private bool Has(int axis) => axis != 1 || grid.HasY;

    private void AddCrossFlux(View<double> x, View<double>[] drift)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            if (Has(axis))
                device.Launch(new CrossFlux(x, force[axis], own[axis], drift[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }

    private static AxisFields Fields(View<double>[] fields) => new(fields[0], fields[1], fields[2]);

    private void UpdateGrains(View<double> x)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            device.Launch(new DiffusivityAlong(x, law, grains!.Tensors, grains.Group, axis * grains.Count, grains.Along[axis], largest, diffusivity[axis]), grid.Cells);
            grid.RepeatCells(diffusivity[axis]);
            if (Has(axis))
                device.Launch(new BarrierTransmissibility(diffusivity[axis], grains.Along[axis], grains.Links[axis], grains.Resistance[axis], own[axis], areas[axis], grid.Stride(axis), grid.Widths[axis][0]), grid.LowFaces);
        }
    }
}
