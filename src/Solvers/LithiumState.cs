using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// All that time steps carry forward of lithium: with the slip of the interfaces, the displacement and the time a run can go on from it. Fields of the SE plane have the indices of the layout's plane z = -1.
/// </summary>
public sealed class LithiumState(GridLevel grid)
{
    /// <summary>x = Li per Mg at cells.</summary>
    public View<double> X { get; } = grid.Field<double>();

    /// <summary>Rate of x at cells [1/s].</summary>
    public View<double> Rate { get; } = grid.Field<double>();

    /// <summary>Metal on the SE side as thickness of the alloy's lattice, moles per area over c_Mg (SE plane) [m].</summary>
    public View<double> Metal { get; } = grid.SurfaceField();

    /// <summary>Rate of <see cref="Metal"/> [m/s].</summary>
    public View<double> MetalRate { get; } = grid.SurfaceField();

    /// <summary>What the alloy takes up through the SE side (SE plane) [m/s].</summary>
    public View<double> Uptake { get; } = grid.SurfaceField();

    /// <summary>x on the SE side where a surface law was solved for it (SE plane).</summary>
    public View<double> SurfaceRatio { get; } = grid.SurfaceField();

    /// <summary>Whether <see cref="SurfaceRatio"/> is known.</summary>
    public bool HasSurface { get; set; }

    /// <summary>Current over F c_Mg, mean over the SE side [m/s].</summary>
    public double Current { get; set; }

    /// <summary>Electrode potential φ [V]; not a number where no surface law gives it.</summary>
    public double Potential { get; set; } = double.NaN;
}

/// <summary>What is given at the SE side.</summary>
/// <param name="Current">i/(F c_Mg), mean over the side [m/s].</param>
/// <param name="Potential">φ [V]; the current follows from it.</param>
public readonly record struct SurfaceDrive(double Current, double? Potential = null);
