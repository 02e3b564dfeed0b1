using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// x at cells and on the surface of the film, of accepted states and of those that are tried: derived from a state when
/// it
/// is first asked for, and kept with it.
/// </summary>
/// <param name="closure">What brings fields of cells to faces.</param>
/// <param name="slopeIsKnown">Whether Fick's law alone says how steep x is at the SE side.</param>
public sealed class LithiumClosure(IDevice device, FilmTransport film, FaceClosure closure, bool slopeIsKnown)
{
    /// <summary>x of a state.</summary>
    public Field<Closed, double> Of(LithiumState state)
    {
        if (state.IsClosed)
            return state.Closed;
        device.Launch(new CopyToCentres(state.X, state.Closed), film.Grid.Cells);
        if (slopeIsKnown)
            closure.Concentration(state.Closed, film.Conducts, film.Faces.AcrossSurface, state.Uptake);
        else
            closure.Concentration(state.Closed, film.Conducts, state.HasSurface ? state.SurfaceRatio.Values : null);
        state.IsClosed = true;
        return state.Closed;
    }

    /// <summary>Largest and smallest x on the film's part of the SE side.</summary>
    public (double Largest, double Smallest) SurfaceExtremes(LithiumState state)
    {
        var (x, surface) = (Of(state), film.Grid.ClosedPlane(film.Grid.Z));
        return (
            device.Max(new ElementWhere<Closed>(x, film.Conducts, 0), surface),
            device.Min(new ElementWhere<Closed>(x, film.Conducts, double.MaxValue), surface));
    }
}
