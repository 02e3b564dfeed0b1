using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// A V-cycle for the implicit stage of diffusion on grids that are coarsened along x and y alone: lines along z are
/// solved exactly, whatever the cells' shape and the film's layers. Corrections are constant over coarse cells, so that
/// fast grain
/// boundaries, barriers and voids ask for no weights of their own, and conductances of coarse faces are sums of fine
/// ones over the longer way between coarse cells, without which such corrections come out half as large as they should
/// (Braess, Computing 55
/// (1995) 379). Symmetric and positive. It is computed in single precision, on numbers without units.
/// </summary>
public sealed class LateralMultigrid : IPreconditioner<Cell>
{
    /// <summary>
    /// What the norm of the first residual is made: decaying fields fade away long before they reach the smallest
    /// numbers of single precision, on which processors are slow.
    /// </summary>
    private const double Norm = 1e15;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly LateralLevel finest;
    private readonly double largestVolume;
    private double scale;
    private int below;

    /// <param name="volume">Volumes of cells, entry x+1 [m³].</param>
    public LateralMultigrid(IDevice device, GridLevel grid, View<double> volume)
    {
        (this.device, this.grid) = (device, grid);
        var volumes = device.Download(volume).AsSpan(1, grid.X).ToArray();
        largestVolume = volumes.Max();
        double[] relative = [.. volumes.Select(v => v / largestVolume)];
        finest = new LateralLevel(device, grid, relative, [.. Enumerable.Repeat(1.0, grid.Y)]);
    }

    /// <summary>Takes over transmissibilities [m³/s] and the stage's length τ [s].</summary>
    /// <param name="stiffness">
    /// The largest τ Σ T/V over faces along x and y. On a coarser grid it is a quarter; where it is below one, there is
    /// no need of another.
    /// </param>
    public void Set(in FaceFields t, double tau, double stiffness)
    {
        below = 0;
        for (var left = stiffness; left > 1 && below < finest.Below; left /= 4)
            below++;
        finest.Take(t, tau / largestVolume);
        finest.Factor(below);
    }

    /// <summary>Prepares for a solution with a first residual of this norm.</summary>
    public void Begin(double residual) => scale = residual > 0 ? Norm / residual : 1;

    /// <inheritdoc/>
    public Correction<Cell> Apply(Field<Cell, double> r)
    {
        device.Launch(new ToSingle<Flat>(r.AsFlat, finest.B.AsFlat, scale), grid.Flat(1));
        finest.Cycle(below);
        return new(finest.X, 1 / (scale * largestVolume));
    }
}
