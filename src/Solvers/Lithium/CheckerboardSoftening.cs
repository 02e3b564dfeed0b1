using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Makes the fixed-stress split of <see cref="StressCoupling"/> right for lithium that alternates from cell to cell
/// along two axes or three, where it falls short by a factor of up to two: the change of x that an iteration finds is
/// reduced by it before the next one. What the iteration converges to stays the same.
/// </summary>
public sealed class CheckerboardSoftening
{
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Field<Cell, double> alternating, once, twice, mean;
    private readonly (Box<Cell> Cells, double Weight)[][] ends;

    /// <summary>For the film's grid.</summary>
    /// <param name="held">
    /// What holds the film. Where a face cannot move along itself a field is mirrored with the opposite sign, else with
    /// the same; in this sense an elastic layer beside the film, which holds no lithium, lies in the middle.
    /// </param>
    /// <param name="layers">Whether there are layers below and above.</param>
    public CheckerboardSoftening(IDevice device, GridLevel grid, HeldFaces held, (bool Below, bool Above) layers)
    {
        (this.device, this.grid) = (device, grid);
        (alternating, once, twice) = (grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>());
        mean = grid.HasY ? grid.CellField<double>() : twice;
        ends = [Ends(0), Ends(1), Ends(2)];

        (Box<Cell>, double)[] Ends(int axis) =>
            [.. new[] { End(axis, false), End(axis, true) }.Where(end => end.Weight > 0)];

        (Box<Cell> Cells, double Weight) End(int axis, bool high) => (grid.EndCells(axis, high), Weight(axis, high));

        double Weight(int axis, bool high) =>
            axis == 2 && (high ? layers.Above : layers.Below) ? 0.25 : held.HoldsAlong(axis, high) ? 0.5 : 0;
    }

    /// <summary>Reduces a change of x.</summary>
    /// <param name="change">Change of x.</param>
    /// <param name="terms">x at which the system of the stage was set up, and what follows from it there.</param>
    /// <param name="transmissibility">T of that system.</param>
    /// <param name="volume">V along x, entry x+1 [m³].</param>
    /// <param name="tau">Length of the stage [s].</param>
    public void Apply(
        Field<Cell, double> change, SplitTerms terms, FaceFields transmissibility, View<double> volume, double tau)
    {
        device.Launch(new Fill<Flat, double>(alternating.AsFlat, 0), grid.Flat(1));
        TakeTwo(0, 2, twice);
        device.Launch(new Axpby<Cell, double>(twice, alternating, 1, 1), grid.Cells);
        if (grid.HasY)
        {
            TakeTwo(1, 2, twice);
            device.Launch(new Axpby<Cell, double>(twice, alternating, 1, 1), grid.Cells);
            // Either axis first, so that exchanging them changes no bit.
            TakeTwo(0, 1, twice);
            TakeTwo(1, 0, mean);
            device.Launch(new Axpby<Cell, double>(twice, mean, 0.5, 0.5), grid.Cells);
            device.Launch(new Axpby<Cell, double>(mean, alternating, 1, 1), grid.Cells);
            // What alternates along three axes was counted for three pairs.
            Take(mean, once, 2);
            device.Launch(new Axpby<Cell, double>(once, alternating, -2, 1), grid.Cells);
        }
        var fluxes = new FluxBalance(transmissibility);
        device.Launch(new SoftenCheckerboard(change, alternating, terms, fluxes, volume, tau), grid.Cells);

        void TakeTwo(int first, int second, Field<Cell, double> to)
        {
            Take(change, once, first);
            Take(once, to, second);
        }

        void Take(Field<Cell, double> from, Field<Cell, double> to, int axis)
        {
            grid.FillGhosts(from);
            device.Launch(new AlternatingPart(from, transmissibility.Across(axis), to, grid.Stride(axis)), grid.Cells);
            foreach (var (cells, weight) in ends[axis])
                device.Launch(new Axpby<Cell, double>(from, to, weight, 1), cells);
        }
    }
}
