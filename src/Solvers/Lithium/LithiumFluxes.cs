using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// What carries lithium from cell to cell: F = T (x_a - x_b) + G through low faces [m³/s], and what the alloy says
/// about the
/// SE side, both made linear about the x that was given last. By Fick's law <see cref="FickFluxes"/>, with stress
/// <see cref="StressCoupling"/>.
/// </summary>
public abstract class LithiumFluxes
{
    /// <summary>Whether T is written anew for every x.</summary>
    public abstract bool AreRenewed { get; }

    /// <summary>Whether there is G.</summary>
    public abstract bool HasDrift { get; }

    /// <summary>Whether neither T nor G follows x, so that a stage is linear in it.</summary>
    public bool AreLinear => !AreRenewed && !HasDrift;

    /// <summary>T.</summary>
    public abstract FaceFields Transmissibility { get; }

    /// <summary>G.</summary>
    public abstract FaceFields Drift { get; }

    /// <summary>Begins a stage.</summary>
    public virtual void BeginStage()
    {
    }

    /// <summary>Takes over an iterate of a stage, whose periodic ghosts are filled.</summary>
    /// <param name="x">Li per Mg.</param>
    /// <param name="uptake">What enters through the SE side [m/s].</param>
    /// <param name="last">By how much the last iterate changed, relative to the largest x; 1 at first.</param>
    public abstract void Linearise(Field<Cell, double> x, Field<Surface, double> uptake, double last);

    /// <summary>Takes over the x of a state, as accurately as states are.</summary>
    /// <param name="x">Li per Mg.</param>
    /// <param name="uptake">What enters through the SE side [m/s].</param>
    public abstract void TakeState(Field<Cell, double> x, Field<Surface, double> uptake);

    /// <summary>T and all of G of the accepted state, without any change to what a run carries on.</summary>
    /// <param name="x">Li per Mg.</param>
    /// <param name="uptake">What enters through the SE side [m/s].</param>
    public abstract void Observe(Field<Cell, double> x, Field<Surface, double> uptake);

    /// <summary>y ← y + τ Σ (G - G_next), of the x that was taken over.</summary>
    /// <param name="x">That x.</param>
    /// <param name="uptake">What enters through the SE side [m/s].</param>
    /// <param name="y">Field to add to.</param>
    /// <param name="tau">τ [s].</param>
    public abstract void AddDrift(
        Field<Cell, double> x, Field<Surface, double> uptake, Field<Cell, double> y, double tau);

    /// <summary>Writes how the SE side takes up lithium.</summary>
    public abstract void Relate(Field<Cell, double> x, in SurfaceRelation relation);

    /// <summary>Tempers the change of x that the solution of the stage's system asks for.</summary>
    /// <returns>Whether it was tempered.</returns>
    public virtual bool Temper(Field<Cell, double> change, Field<Cell, double> x, double tau) => false;
}
