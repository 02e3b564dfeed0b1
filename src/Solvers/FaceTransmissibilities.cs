using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>Transmissibilities of low faces along x, y, z [m³/s]. Where D follows x they hold for the x of the last <see cref="Update"/>.</summary>
public sealed class FaceTransmissibilities
{
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly CompositionLaw law;
    private readonly View<double> largest;
    private readonly (View<double> T, View<double> Area, int Stride, double Spacing)[] axes;

    /// <summary>Computes them for constant D.</summary>
    /// <param name="largest">The largest D(x) of cells, which is D where it is constant; 0 outside of the body.</param>
    internal FaceTransmissibilities(IDevice device, GridLevel grid, VolumeGeometry geometry, CompositionLaw law, View<double> largest)
    {
        (this.device, this.grid, this.law, this.largest) = (device, grid, law, largest);
        (X, Z) = (grid.Field<double>(), grid.Field<double>());
        Y = grid.HasY ? grid.Field<double>() : X;
        axes = [(X, geometry.FaceX, 1, grid.Widths[0][0]), (Z, geometry.FaceZ, grid.Layout.StrideZ, grid.Widths[2][0])];
        if (grid.HasY)
            axes = [.. axes, (Y, geometry.FaceY, grid.Layout.StrideY, grid.Widths[1][0])];
        foreach (var (t, area, stride, spacing) in axes)
            device.Launch(new FaceTransmissibility(largest, t, area, stride, spacing), grid.LowFaces);
    }

    /// <summary>Along x.</summary>
    public View<double> X { get; }

    /// <summary>Along y; any field where there is no y axis.</summary>
    public View<double> Y { get; }

    /// <summary>Along z.</summary>
    public View<double> Z { get; }

    /// <summary>Whether they follow x.</summary>
    public bool Vary => !law.IsConstant;

    /// <summary>Takes over x, whose periodic ghosts must be filled.</summary>
    public void Update(View<double> x)
    {
        if (!Vary)
            return;
        foreach (var (t, area, stride, spacing) in axes)
            device.Launch(new KirchhoffTransmissibility(x, law, largest, t, area, stride, spacing), grid.LowFaces);
    }
}
