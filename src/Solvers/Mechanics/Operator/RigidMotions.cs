using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Motions that nothing holds and that cost no energy: translations along x and y and the turn about z of a film that
/// slides on both sides between free or periodic faces. They are projected out of the displacement; a load that drives
/// one of them cannot be in equilibrium.
/// </summary>
public sealed class RigidMotions
{
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ConjugateGradient<Node> products;
    private readonly List<Field<Node, double>> modes = [];

    /// <summary>Finds the motions of a grid.</summary>
    /// <param name="springs">Whether springs hold the film along x and y.</param>
    public RigidMotions(IDevice device, GridLevel grid, HeldFaces held, bool springs, ConjugateGradient<Node> products)
    {
        (this.device, this.grid, this.products) = (device, grid, products);
        if (springs)
            return;
        foreach (var motion in Candidates(grid, held))
            Add(motion);
    }

    /// <summary>
    /// Displacements (u_x, u_y) of the motions that no face holds, at the distances x, y [m] from the middle (<see
    /// cref="GridLevel.FromMiddle"/>). Those along z and tilts are held by the collector.
    /// </summary>
    public static IEnumerable<Func<double, double, (double X, double Y)>> Candidates(GridLevel grid, HeldFaces held)
    {
        var x = held.IsFree(0) && grid.Kind != Model.DomainKind.Axisymmetric;
        var y = grid.HasY && held.IsFree(2);
        // One length for both axes and both ends, so that the turn of an exchanged or reversed film is that of the
        // film, to the bit.
        double Half(int axis) => Math.Max(-grid.FromMiddle(axis, 0), grid.FromMiddle(axis, grid.Widths[axis].Length));
        var half = Math.Max(Half(0), Half(1));
        if (x)
            yield return (_, _) => (1, 0);
        if (y)
            yield return (_, _) => (0, 1);
        if (x && y && !grid.Periodic[0] && !grid.Periodic[1])
            yield return (atX, atY) => (-atY / half, atX / half);
    }

    /// <summary>Keeps the motions to the components that belong to the body.</summary>
    /// <param name="body">1 there, else 0.</param>
    public void KeepWhere(Field<Node, double> body)
    {
        Field<Node, double>[] whole = [.. modes];
        modes.Clear();
        foreach (var mode in whole)
        {
            device.Launch(new Multiply<Flat, double>(body.AsFlat, mode.AsFlat, mode.AsFlat),
                grid.Flat(grid.Components));
            Normalise(mode);
        }
    }

    /// <summary>Removes the motions from a field of nodes.</summary>
    public void Remove(Field<Node, double> field)
    {
        foreach (var mode in modes)
            device.Launch(new Axpby<Flat, double>(mode.AsFlat, field.AsFlat, -products.Dot(mode, field), 1),
                grid.Flat(grid.Components));
    }

    /// <summary>The largest share of a load that drives a motion.</summary>
    public double Share(Field<Node, double> load, double norm)
    {
        var largest = 0.0;
        foreach (var mode in modes)
            largest = Math.Max(largest, Math.Abs(products.Dot(mode, load)) / norm);
        return largest;
    }

    private void Add(Func<double, double, (double X, double Y)> motion)
    {
        var mode = grid.NodeField<double>(grid.Components);
        var along = grid.AlongNodes<double>(0, i => grid.FromMiddle(0, i));
        var across = grid.HasY ? grid.AlongNodes<double>(1, i => grid.FromMiddle(1, i))
            : grid.Upload<double>([0, 0, 0]);
        // Every motion is linear in x and y, so that its values at three points give it.
        var (origin, stepX, stepY) = (motion(0, 0), motion(1, 0), motion(0, 1));
        device.Launch(new LinearMotion(
            mode, Component.X, along, across, origin.X, stepX.X - origin.X, stepY.X - origin.X), grid.Nodes);
        if (grid.HasY)
            device.Launch(new LinearMotion(
                mode, Component.Y, along, across, origin.Y, stepX.Y - origin.Y, stepY.Y - origin.Y), grid.Nodes);
        Normalise(mode);
    }

    private void Normalise(Field<Node, double> mode)
    {
        Remove(mode);
        device.Launch(new Axpby<Flat, double>(mode.AsFlat, mode.AsFlat, 0, 1 / products.Norm(mode)),
            grid.Flat(grid.Components));
        grid.FillGhosts(mode);
        modes.Add(mode);
    }
}
