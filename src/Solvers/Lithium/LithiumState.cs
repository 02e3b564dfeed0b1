using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// All that time steps carry forward of lithium: with the slip of the interfaces, the displacement and the time a run
/// can go
/// on from it. And what is derived from it once, x on the surface of the film.
/// </summary>
public sealed class LithiumState(GridLevel grid)
{
    /// <summary>x = Li per Mg at cells.</summary>
    public Field<Cell, double> X { get; } = grid.CellField<double>();

    /// <summary>Rate of x at cells [1/s].</summary>
    public Field<Cell, double> Rate { get; } = grid.CellField<double>();

    /// <summary>
    /// Metal on the SE side as thickness of the alloy's lattice, moles per area over c_Mg [m].
    /// </summary>
    public Field<Surface, double> Metal { get; } = grid.SurfaceField<double>();

    /// <summary>Rate of <see cref="Metal"/> [m/s].</summary>
    public Field<Surface, double> MetalRate { get; } = grid.SurfaceField<double>();

    /// <summary>What the alloy takes up through the SE side [m/s].</summary>
    public Field<Surface, double> Uptake { get; } = grid.SurfaceField<double>();

    /// <summary>x on the SE side where a surface law was solved for it.</summary>
    public Field<Surface, double> SurfaceRatio { get; } = grid.SurfaceField<double>();

    /// <summary>Whether <see cref="SurfaceRatio"/> is known.</summary>
    public bool HasSurface { get; set; }

    /// <summary>Current over F c_Mg, mean over the SE side [m/s].</summary>
    public double Current { get; set; }

    /// <summary>Electrode potential φ [V]; not a number where no surface law gives it.</summary>
    public double Potential { get; set; } = double.NaN;

    /// <summary>x at cells and on the surface of the film, as <see cref="LithiumClosure"/> derives it.</summary>
    internal Field<Closed, double> Closed { get; } = grid.ClosedField<double>();

    /// <summary>Whether <see cref="Closed"/> is derived; to be reset by whoever changes the fields above.</summary>
    internal bool IsClosed { get; set; }
}

/// <summary>What is given at the SE side.</summary>
/// <param name="Current">i/(F c_Mg), mean over the side [m/s].</param>
/// <param name="Potential">φ [V]; the current follows from it.</param>
public readonly record struct SurfaceDrive(double Current, double? Potential = null);
