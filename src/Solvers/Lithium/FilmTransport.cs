using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>The film as lithium sees it: where it can be, how fast it diffuses there, and the sizes of cells.</summary>
public sealed class FilmTransport
{
    private readonly IDevice device;

    /// <summary>Sets up the film for the diffusivities of the cells' materials.</summary>
    public FilmTransport(IDevice device, GridLevel grid, Materials materials)
    {
        (this.device, Grid, Geometry) = (device, grid, grid.Volumes());
        Conducts = grid.ClosedField<double>();
        var largest = grid.CellField<double>();
        var table = device.Allocate<double>(materials.LargestDiffusivities);
        // Faces conduct where their cells do; D outside the body stays zero, so that nothing flows there.
        device.Launch(new Conducting(table, materials.Group, Conducts), grid.Closed);
        device.Launch(new DiffusivityOfMaterial(table, materials.Group, largest), grid.Cells);
        grid.FillGhosts(largest);
        Faces = new FaceTransmissibilities(device, grid, Geometry, materials.Diffusivity, largest, materials.Transport);
        var across = Faces.AcrossSurface;
        OnSurface = new SurfaceDiffusivity(materials.Diffusivity, across, materials.Transport is null ? 0 : 1);
        Volume = device.Sum(new Weighted<Closed>(Conducts, Geometry.Volume), grid.Centres);
    }

    /// <summary>The film's grid.</summary>
    public GridLevel Grid { get; }

    /// <summary>Volumes and areas.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>1 where lithium can be, else 0.</summary>
    public Field<Closed, double> Conducts { get; }

    /// <summary>Transmissibilities of Fick's law.</summary>
    public FaceTransmissibilities Faces { get; }

    /// <summary>D on the faces of the SE side.</summary>
    public SurfaceDiffusivity OnSurface { get; }

    /// <summary>Volume of the cells that lithium can be in.</summary>
    public double Volume { get; }

    /// <summary>∫ x dV where lithium can be.</summary>
    public double Content(in Field<Cell, double> x) =>
        device.Sum(new Content(x, Conducts, Geometry.Volume), Grid.Cells);

    /// <summary>The cells under the SE side with their x.</summary>
    internal CellsUnderSurface UnderSurface(in Field<Cell, double> x) =>
        new(x, Conducts, OnSurface, Grid.Z - 1, Grid.Widths[2][0]);
}
