using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Gives cell fields values on the domain's faces, kept in the ghost layer: from the cells inward at third order, and
/// with what is known there: flux, traction, symmetry. The faces z = const come first, then those along x and y, which
/// also serve the edges that they have in common with the first. Where faces along x and y meet, both serve the edge,
/// and the mean is taken: neither axis comes first.
/// </summary>
public sealed class FaceClosure(IDevice device, GridLevel grid, Case @case)
{
    /// <summary>
    /// Shares of the difference between the first two cells, and of the second difference, in what is extrapolated over
    /// half a cell.
    /// </summary>
    private static readonly (double, double) Third = (1.0 / 2, 3.0 / 8), Second = (1.0 / 2, 0), Even = (1.0 / 8, 0);

    /// <summary>
    /// How far x may fall within half a cell: a mechanical potential that rises there by 2 RT is not resolved.
    /// </summary>
    private const double LeastShare = 1.0 / 8;

    private readonly Face[] faces = [.. Parts(grid, [.. Faces(grid, LateralFaces.Of(@case.Domain))])];
    private SideFace? sideFace;

    private IDevice Device => device;

    private GridLevel Grid => grid;

    private InterfaceCase Se => @case.Interfaces.Se;

    /// <summary>x on faces, from the flux there.</summary>
    /// <param name="film">1 where lithium can be, else 0.</param>
    /// <param name="uptake">What enters through the SE side (SE plane) [m/s].</param>
    public void Concentration(
        Field<Closed, double> x, Field<Closed, double> film, Field<Cell, double> diffusivity,
            Field<Surface, double> uptake)
    {
        foreach (var face in faces)
        {
            if (face.Kind == LateralKind.Periodic && face.Axis != 2)
                device.Launch(Average(x, film, face), face.Box);
            else
                device.Launch(new SurfaceConcentration(x, film, face.Inward, face.Cells > 1 ? 2 * face.Inward
                    : face.Inward), face.Box);
            if (face is { Axis: 2, High: true })
                device.Launch(new AddSurfaceSlope(x, uptake, diffusivity, grid.Z - 1, grid.Widths[2][0]),
                    grid.SurfacePlane);
            Join(x, 1, face);
        }
    }

    /// <summary>
    /// x on faces where its slope is not known, as stress drives lithium: extrapolated, on faces that are closed to it
    /// no less than a share of the cell's.
    /// </summary>
    /// <param name="film">1 where lithium can be, else 0.</param>
    /// <param name="surface">x on the SE side (SE plane), where it is known.</param>
    public void Concentration(View<double> x, View<double> film, View<double>? surface)
    {
        Smooth(x, film, surface);
        foreach (var face in faces)
        {
            if (face is not { Axis: 2, High: true })
                device.Launch(new KeepAboveShare(On(x), face.Inward, LeastShare), face.Box);
        }
    }

    /// <summary>Stress on faces, from the tractions there.</summary>
    /// <param name="solid">1 at cells of the body and points on its faces, 0 in voids.</param>
    /// <param name="crystals">Stiffness tensors; null where all materials are isotropic.</param>
    public void Stress(View<double> stress, View<double> solid, ElasticConstants constants,
        IReadOnlyList<SideLaw> sides, Crystals? crystals)
    {
        foreach (var face in faces)
        {
            var symmetric = face.Axis != 2 && face.Kind == LateralKind.Symmetric;
            if (face.Axis != 2 && face.Kind == LateralKind.Periodic)
                device.Launch(Average(On(stress, Pair.Count), On(solid), face), face.Box);
            else
                Extrapolate(stress, solid, 6, face, symmetric && crystals is null);
            // A crystal is not its own mirror image.
            crystals?.Follow(On(stress, Pair.Count), face.Axis, -1, face.Box);
            if (face.Axis == 2)
                (sideFace ??= new(this)).Close(sides[face.High ? 1 : 0], face, stress, constants, crystals);
            else if (symmetric || face.Kind == LateralKind.Free)
                Lateral(stress, constants, face, !symmetric, crystals);
            crystals?.Follow(On(stress, Pair.Count), face.Axis, 1, face.Box);
            Join(stress, 6, face);
        }
    }

    /// <summary>A field whose slopes on faces are not known.</summary>
    /// <param name="body">1 at cells that have it, and points on their faces, else 0.</param>
    /// <param name="surface">Its values on the SE side (SE plane), where they are known.</param>
    private void Smooth(View<double> field, View<double> body, View<double>? surface)
    {
        foreach (var face in faces)
        {
            if (face is { Axis: 2, High: true } && surface is { } known)
                device.Launch(
                    new PlaceOnFace(new(known, grid.Layout.Plane, 1), new(field, grid.Layout, 1), grid.Z - 1),
                        grid.SurfacePlane);
            else if (face.Axis != 2 && face.Kind == LateralKind.Periodic)
                device.Launch(Average(On(field), On(body), face), face.Box);
            else
                Extrapolate(field, body, 1, face, face.Axis != 2 && face.Kind == LateralKind.Symmetric);
            Join(field, 1, face);
        }
    }

    /// <summary>
    /// Where a face was an edge, joins what its two faces gave it: of the first one it is kept beyond the last nodes of
    /// both axes, where nothing lies, and of the second one the mean with that is taken.
    /// </summary>
    private void Join(View<double> field, int components, in Face face)
    {
        if (face.Part == FacePart.Whole)
            return;
        var spare = Edge(grid, grid.X + 1, grid.Y + 1);
        var away = grid.Layout.Index(spare.X0, spare.Y0, 0) - grid.Layout.Index(face.Box.X0, face.Box.Y0, 0);
        if (face.Part == FacePart.FirstOfEdge)
            device.Launch(new CopyPlane<Closed, double>(On(field, components), -away), spare);
        else
            device.Launch(new MeanOfTwo(On(field, components), away), face.Box);
    }

    private void Extrapolate(View<double> field, View<double> body, int components, Face face, bool even)
    {
        // Where there is one cell alone, it is the second one as well and there is no difference.
        var (slope, bend) = even ? Even : face.Cells < 3 ? Second : Third;
        var (second, third) = (Math.Min(face.Cells, 2) * face.Inward, Math.Min(face.Cells, 3) * face.Inward);
        device.Launch(
            new ExtrapolateToFace(On(field, components), On(body), face.Inward, second, third, slope, bend), face.Box);
    }

    /// <summary>
    /// A face z = const of the film, for the law of its side to say what is known of the stress there.
    /// </summary>
    private sealed class SideFace(FaceClosure closure) : IFaceStress
    {
        private readonly GridLevel grid = closure.Grid;
        private Face face;
        private View<double> stress;
        private ElasticConstants constants;
        private Crystals? crystals;

        /// <summary>Lets a law say what it knows of a face.</summary>
        public void Close(SideLaw law, in Face on, View<double> of, in ElasticConstants with, Crystals? and)
        {
            (face, stress, constants, crystals) = (on, of, with, and);
            law.Close(this);
        }

        public void SetPressure()
        {
            if (face.High && closure.Se.Normal == NormalLaw.Pressure)
                closure.SetNormal(stress, constants, -closure.Se.Pressure, face, crystals);
        }

        public void ClearShear()
        {
            var field = closure.On(stress, Pair.Count);
            closure.Device.Launch(new ImposeComponent(field, Pair.YZ, 0), face.Box);
            closure.Device.Launch(new ImposeComponent(field, Pair.XZ, 0), face.Box);
        }

        public void SetShear(Field<Side, double> traction)
        {
            closure.RepeatPlane(traction);
            var (field, sign) = (closure.On(stress, Pair.Count), face.High ? 1 : -1);
            closure.Device.Launch(new ImposeInterfaceShear(field, traction, sign, grid.Components), face.Box);
        }
    }

    private void Lateral(View<double> stress, ElasticConstants constants, Face face, bool free, Crystals? crystals)
    {
        if (free)
            SetNormal(stress, constants, 0, face, crystals);
        device.Launch(new ImposeComponent(On(stress, Pair.Count), Pair.XY, 0), face.Box);
        var across = face.Axis == 0 ? Pair.XZ : Pair.YZ;
        device.Launch(new ImposeComponent(On(stress, Pair.Count), across, 0), face.Box);
    }

    private void SetNormal(View<double> stress, ElasticConstants constants, double traction, Face face,
        Crystals? crystals)
    {
        if (crystals is null)
            device.Launch(new ImposeNormalTraction(On(stress, Pair.Count), constants, face.Axis, traction), face.Box);
        else
            device.Launch(new ImposeComponent(On(stress, Pair.Count), face.Axis, traction), face.Box);
    }

    private static AverageToFace Average(Field<Closed, double> field, Field<Closed, double> body, Face face) =>
        new(field, body, face.Inward, face.Cells * face.Inward);

    private Field<Closed, double> On(View<double> values, int components = 1) => new(values, grid.Layout, components);

    /// <summary>
    /// Fills the nodes that periodic axes repeat in a plane field; its indices are those of the layout's plane z = -1.
    /// </summary>
    private void RepeatPlane(View<double> field)
    {
        var (layout, rows) = (grid.Layout.Plane, grid.HasY ? grid.Y + 1 : 1);
        var plane = new Field<Side, double>(field, layout, 2);
        if (grid.Periodic[0])
            device.Launch(new CopyPlane<Side, double>(plane, -grid.X),
                new Box<Side>(layout, grid.X, grid.X + 1, 0, rows, 0, 1));
        if (grid.Periodic[1])
            device.Launch(new CopyPlane<Side, double>(plane, -grid.Y * layout.StrideY),
                new Box<Side>(layout, 0, grid.X + 1, grid.Y, grid.Y + 1, 0, 1));
    }

    private static IEnumerable<Face> Faces(GridLevel grid, LateralFaces lateral)
    {
        var (layout, nx, ny, nz) = (grid.Layout, grid.X, grid.Y, grid.Z);
        yield return new(2, false, LateralKind.Free, new Box<Closed>(layout, 0, nx, 0, ny, -1, 0), layout.StrideZ, nz);
        yield return new(2, true, LateralKind.Free, new Box<Closed>(layout, 0, nx, 0, ny, nz, nz + 1),
            -layout.StrideZ, nz);
        yield return new(0, false, lateral.XMin, new Box<Closed>(layout, -1, 0, 0, ny, -1, nz + 1), 1, nx);
        yield return new(0, true, lateral.XMax, new Box<Closed>(layout, nx, nx + 1, 0, ny, -1, nz + 1), -1, nx);
        if (!grid.HasY)
            yield break;
        yield return new(1, false, lateral.YMin, new Box<Closed>(layout, 0, nx, -1, 0, -1, nz + 1), layout.StrideY, ny);
        yield return new(1, true, lateral.YMax, new Box<Closed>(layout, 0, nx, ny, ny + 1, -1, nz + 1),
            -layout.StrideY, ny);
    }

    /// <summary>
    /// The faces, and after them the edges along z, each as a part of the two faces that meet there, one after the
    /// other.
    /// </summary>
    private static IEnumerable<Face> Parts(GridLevel grid, Face[] whole) => whole.Concat(
        from x in whole
        where x.Axis == 0
        from y in whole
        where y.Axis == 1
        let edge = Edge(grid, x.Box.X0, y.Box.Y0)
        from part in (Face[])[x with { Box = edge, Part = FacePart.FirstOfEdge },
            y with { Box = edge, Part = FacePart.SecondOfEdge }]
        select part);

    private static Box<Closed> Edge(GridLevel grid, int x, int y) =>
        new(grid.Layout, x, x + 1, y, y + 1, -1, grid.Z + 1);

    /// <summary>
    /// A face or an edge of it: its points in the ghost layer, the way inward, and the cells along that way.
    /// </summary>
    private readonly record struct Face(int Axis, bool High, LateralKind Kind, Box<Closed> Box, int Inward, int Cells,
        FacePart Part = FacePart.Whole);

    /// <summary>A face, or the edge that two faces have in common as a part of the first or the second one.</summary>
    private enum FacePart { Whole, FirstOfEdge, SecondOfEdge }
}
