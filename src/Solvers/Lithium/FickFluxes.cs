using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Fick's law: T by harmonic means or Kirchhoff's, where D follows x, and as G what gradients drive across themselves
/// in
/// grains that lie obliquely.
/// </summary>
public sealed class FickFluxes : LithiumFluxes
{
    private readonly IDevice device;
    private readonly FilmTransport film;

    /// <summary>The fluxes of a film without stress.</summary>
    public FickFluxes(IDevice device, FilmTransport film)
    {
        (this.device, this.film) = (device, film);
        var none = film.Grid.FaceField<double>();
        Drift = HasDrift
            ? new(film.Grid.FaceField<double>(), film.Grid.FaceField<double>(), film.Grid.FaceField<double>())
            : new(none, none, none);
    }

    /// <inheritdoc/>
    public override bool AreRenewed => film.Faces.Vary;

    /// <inheritdoc/>
    public override bool HasDrift => film.Faces.IsOblique;

    /// <inheritdoc/>
    public override FaceFields Transmissibility => film.Faces.Across;

    /// <inheritdoc/>
    public override FaceFields Drift { get; }

    /// <inheritdoc/>
    public override void Linearise(Field<Cell, double> x, Field<Surface, double> uptake, double last) =>
        TakeState(x, uptake);

    /// <inheritdoc/>
    public override void TakeState(Field<Cell, double> x, Field<Surface, double> uptake)
    {
        film.Grid.FillGhosts(x);
        film.Faces.Update(x);
    }

    /// <inheritdoc/>
    public override void Observe(Field<Cell, double> x, Field<Surface, double> uptake)
    {
        TakeState(x, uptake);
        UpdateDrift(x, uptake);
    }

    /// <inheritdoc/>
    public override void AddDrift(
        Field<Cell, double> x, Field<Surface, double> uptake, Field<Cell, double> y, double tau)
    {
        if (!HasDrift)
            return;
        UpdateDrift(x, uptake);
        device.Launch(new AddDrift(Drift, y, tau), film.Grid.Cells);
    }

    /// <inheritdoc/>
    public override void Relate(Field<Cell, double> x, in SurfaceRelation relation) =>
        device.Launch(new DiffusiveRelation(film.UnderSurface(x), relation), film.Grid.SurfacePlane);

    private void UpdateDrift(Field<Cell, double> x, Field<Surface, double> uptake)
    {
        if (!HasDrift)
            return;
        for (var axis = 0; axis < 3; axis++)
            device.Launch(new Fill<Flat, double>(Drift.Across(axis).AsFlat, 0), film.Grid.Flat(1));
        film.Faces.AddCross(x, Transmissibility, Drift, uptake);
    }
}
