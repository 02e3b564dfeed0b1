using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>One grid of <see cref="LateralMultigrid"/> with its operator, its lines and its work fields.</summary>
internal sealed class LateralLevel
{
    /// <summary>
    /// ω of line Jacobi, the best for eigenvalues of M⁻¹ A from 0.4 to 2, their bound: those of fields that coarser
    /// grids cannot hold. (0.3 to 0.5 differ little.)
    /// </summary>
    private const double Damping = 2 / (0.4 + 2);

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly LateralConduction lateral;
    private readonly FactoredLines lines;
    private readonly Field<Face, float> alongX, alongY, alongZ;
    private readonly Field<Cell, float> share, smoothed;
    private readonly Children<float> children;
    private readonly (View<int> X, View<int> Y) parents;
    private readonly (View<int> Fine, View<float> Closer) facesX, facesY;
    private readonly LateralLevel? coarse;

    /// <param name="volumes">
    /// Volumes along x of a layer one cell of the finest grid wide along y, over that of the largest cell of the finest
    /// grid.
    /// </param>
    /// <param name="widths">Widths along y, in cells of the finest grid.</param>
    public LateralLevel(IDevice device, GridLevel grid, double[] volumes, double[] widths)
    {
        (this.device, this.grid) = (device, grid);
        (alongX, alongZ) = (grid.FaceField<float>(), grid.FaceField<float>());
        (share, smoothed) = (grid.CellField<float>(), grid.CellField<float>());
        (B, X) = (grid.CellField<float>(), grid.CellField<float>());
        alongY = grid.HasY ? grid.FaceField<float>() : alongX;
        var (volumeX, widthY) = (grid.AlongCells<float>(0, i => volumes[i]), grid.AlongCells<float>(1, i => widths[i]));
        (lateral, lines) = (new(volumeX, widthY, alongX, alongY), new(grid.CellField<float>(), alongZ, grid.Z));
        if (grid.X == 1 && grid.Y == 1)
            return;
        var x = new AxisGroups(grid.Widths[0], grid.Periodic[0], true);
        var y = new AxisGroups(grid.Widths[1], grid.Periodic[1], grid.HasY);
        var z = new AxisGroups(grid.Widths[2], false, false);
        children = new(x.Children<float>(grid), y.Children<float>(grid), z.Children<float>(grid));
        parents = (x.Parents(grid), y.Parents(grid));
        (facesX, facesY) = (x.Faces<float>(grid), y.Faces<float>(grid));
        var (periodicX, periodicY) = (grid.Periodic[0], grid.Periodic[1]);
        var cells = new GridLevel(device, grid.Kind, x.Widths, y.Widths, z.Widths, periodicX, periodicY);
        coarse = new LateralLevel(device, cells, x.Sums(volumes), y.Sums(widths));
    }

    /// <summary>The right side of a cycle.</summary>
    public Field<Cell, float> B { get; }

    /// <summary>The result of a cycle.</summary>
    public Field<Cell, float> X { get; }

    /// <summary>Grids below this one.</summary>
    public int Below => coarse is null ? 0 : 1 + coarse.Below;

    /// <summary>Takes over T of the finest grid [m³/s].</summary>
    /// <param name="scale">τ over the volume of the largest cell [s/m³].</param>
    public void Take(in FaceFields t, double scale)
    {
        var flat = grid.Flat(1);
        device.Launch(new ToSingle<Flat>(t.X.AsFlat, alongX.AsFlat, scale), flat);
        if (grid.HasY)
            device.Launch(new ToSingle<Flat>(t.Y.AsFlat, alongY.AsFlat, scale), flat);
        device.Launch(new ToSingle<Flat>(t.Z.AsFlat, alongZ.AsFlat, scale), flat);
    }

    /// <summary>
    /// Factors the lines of this grid and of so many below it, whose conductances follow from those here.
    /// </summary>
    public void Factor(int below)
    {
        if (below > 0)
            CoarsenTo(coarse!);
        device.Launch<FactorLines, Cell, float>(new(lateral, lines, share), grid.CellPlane(0));
        grid.FillGhosts(share);
        if (below > 0)
            coarse!.Factor(below - 1);
    }

    /// <summary>
    /// X ← one V-cycle for A X = B from zero over so many grids below; without any, two steps of line Jacobi, or the
    /// solution itself of a single line.
    /// </summary>
    public void Cycle(int below)
    {
        var (plane, damping) = (grid.CellPlane(0), below > 0 ? Damping : 1);
        if (coarse is null)
        {
            device.Launch<StartLines, Cell, float>(new(B, X, lines, 1), plane);
            return;
        }
        device.Launch<StartLines, Cell, float>(new(B, smoothed, lines, damping), plane);
        grid.FillGhosts(smoothed);
        if (below > 0)
            Correct(below - 1);
        device.Launch<SmoothLines, Cell, float>(new(lateral, B, smoothed, X, lines, damping), plane);
    }

    /// <summary>Adds the coarser grid's correction to what was smoothed from zero.</summary>
    private void Correct(int below)
    {
        device.Launch<StartResidual, Cell, float>(new(lateral, B, smoothed, share, X, Damping), grid.Cells);
        device.Launch<SumChildren<Cell>, Cell, float>(new(X, coarse!.B, children), coarse.grid.Cells);
        coarse.Cycle(below);
        device.Launch<AddParents, Cell, float>(
            new(coarse.X, share, smoothed, parents.X, parents.Y), grid.CellsWithGhosts);
    }

    private void CoarsenTo(LateralLevel to)
    {
        var cells = to.grid;
        device.Launch<CoarsenFacesX, Face, float>(
            new(alongX, to.alongX, facesX.Fine, facesX.Closer, children.Y), cells.LowFaces);
        if (grid.HasY)
            device.Launch<CoarsenFacesY, Face, float>(
                new(alongY, to.alongY, facesY.Fine, facesY.Closer, children.X), cells.LowFaces);
        device.Launch<SumChildren<Face>, Face, float>(
            new(alongZ, to.alongZ, children), new Box<Face>(cells.Layout, 0, cells.X, 0, cells.Y, 0, cells.Z + 1));
    }
}
