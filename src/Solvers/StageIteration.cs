using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>A map of which the x of an implicit stage is a fixed point. A structure, so that iterating it allocates nothing.</summary>
internal interface IStageMap
{
    /// <summary>Writes the image of <paramref name="x"/>.</summary>
    /// <param name="image">Holds x before.</param>
    /// <param name="last">By how much the last image differed, relative to the largest x; 1 at first.</param>
    /// <returns>Whether there is one.</returns>
    bool Image(View<double> x, View<double> image, double last);

    /// <summary>Tempers the change of x that the last image asks for, before the next iterate is made from it.</summary>
    /// <returns>Whether it was tempered.</returns>
    bool Temper(View<double> change, View<double> x);
}

/// <summary>
/// Finds the x of an implicit stage that is not linear in x, as the fixed point of a map that takes x to the solution of a system linearised about it. Anderson acceleration; the iteration ends when the map changes x by less than
/// <see cref="SolverCase.CouplingTolerance"/> times the largest x, and the result is an image of the map.
/// </summary>
public sealed class StageIteration(IDevice device, GridLevel grid, SolverCase settings)
{
    private const int MaxIterations = 60;

    /// <summary>Accuracy of linear systems within the iteration: relative to their right side, and relative to their first residual, which is what the iteration has left.</summary>
    public const double LinearTolerance = 1e-13, LinearReduction = 1e-3;

    private readonly AndersonAcceleration anderson = new(device, grid);
    private readonly View<double> image = grid.Field<double>(), change = grid.Field<double>();

    /// <summary>Iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Iterates to the fixed point.</summary>
    /// <param name="x">A guess, and the result.</param>
    /// <returns>Whether it converged.</returns>
    internal bool Solve<TMap>(View<double> x, TMap map) where TMap : struct, IStageMap
    {
        anderson.Restart();
        var last = 1.0;
        for (var i = 0; i < MaxIterations; i++)
        {
            Iterations++;
            device.Launch(new Copy<double>(x, image), grid.Flat(1));
            if (!map.Image(x, image, last))
                return false;
            device.Launch(new Difference(image, x, change), grid.Flat(1));
            var (step, largest) = (Largest(change), Largest(image));
            if (!double.IsFinite(step))
                return false;
            if (step <= settings.CouplingTolerance * largest)
            {
                device.Launch(new Copy<double>(image, x), grid.Flat(1));
                return true;
            }
            last = step / largest;
            if (map.Temper(change, x))
            {
                device.Launch(new Copy<double>(x, image), grid.Flat(1));
                device.Launch(new Axpby<double>(change, image, 1, 1), grid.Flat(1));
            }
            anderson.Next(x, image, change);
        }
        return false;
    }

    private double Largest(View<double> field) => device.Max(new Magnitude(field), grid.Cells);
}
