using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The iteration for the x of an implicit stage that is not linear in x, as the fixed point of a map that takes x to
/// the
/// solution of a system linearised about it: <see cref="TryNext"/>, then the caller writes <see cref="Image"/>, then
/// <see cref="Compare"/> and <see cref="Accelerate"/>, by Anderson's method. It ends when the map changes x by less
/// than
/// <see cref="SolverCase.CouplingTolerance"/> times the largest x; the result is an image of the map.
/// </summary>
public sealed class StageIteration(IDevice device, GridLevel grid, SolverCase settings)
{
    private const int MaxIterations = 60;

    /// <summary>
    /// Accuracy of linear systems within the iteration: relative to their right side, and relative to their first
    /// residual,
    /// which is what the iteration has left.
    /// </summary>
    public const double LinearTolerance = 1e-13, LinearReduction = 1e-3;

    private readonly AndersonAcceleration anderson = new(device, grid);
    private int trials;

    /// <summary>Iterations so far, of all stages.</summary>
    public long Iterations { get; private set; }

    /// <summary>The image of x; holds x before.</summary>
    public Field<Cell, double> Image { get; } = grid.CellField<double>();

    /// <summary>By how much the last image differed from x.</summary>
    public Field<Cell, double> Change { get; } = grid.CellField<double>();

    /// <summary>The largest of <see cref="Change"/>, relative to the largest x; 1 at first.</summary>
    public double LastChange { get; private set; }

    /// <summary>Begins a stage.</summary>
    public void Begin()
    {
        anderson.Restart();
        (trials, LastChange) = (0, 1);
    }

    /// <summary>Begins an iteration at x; false after too many.</summary>
    public bool TryNext(Field<Cell, double> x)
    {
        if (trials++ == MaxIterations)
            return false;
        Iterations++;
        device.Launch(new Copy<Flat, double>(x.AsFlat, Image.AsFlat), grid.Flat(1));
        return true;
    }

    /// <summary>Compares the image with x.</summary>
    /// <returns>Whether x is the fixed point; null where the image has left all numbers.</returns>
    public bool? Compare(Field<Cell, double> x)
    {
        device.Launch(new Difference<Flat>(Image.AsFlat, x.AsFlat, Change.AsFlat), grid.Flat(1));
        var (step, largest) = (Largest(Change), Largest(Image));
        if (!double.IsFinite(step))
            return null;
        LastChange = step / largest;
        return step <= settings.CouplingTolerance * largest;
    }

    /// <summary>Takes x and <see cref="Change"/> after it was tempered for the image.</summary>
    public void Retake(Field<Cell, double> x)
    {
        device.Launch(new Copy<Flat, double>(x.AsFlat, Image.AsFlat), grid.Flat(1));
        device.Launch(new Axpby<Flat, double>(Change.AsFlat, Image.AsFlat, 1, 1), grid.Flat(1));
    }

    /// <summary>x ← the next iterate.</summary>
    public void Accelerate(Field<Cell, double> x) => anderson.Next(x, Image, Change);

    /// <summary>x ← the last image, the result.</summary>
    public void End(Field<Cell, double> x) =>
        device.Launch(new Copy<Flat, double>(Image.AsFlat, x.AsFlat), grid.Flat(1));

    private double Largest(Field<Cell, double> field) => device.Max(new Magnitude<Cell>(field), grid.Cells);
}
