using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The film and the elastic layers that are meshed with it. Lithium lives in the film's grid, displacement in this one,
/// which has the layers' cells below and above those of the film and the same rows, so that
/// a cell of the film is found a number of planes further on. Without layers both are one grid.
/// </summary>
public sealed class FilmStack
{
    private readonly IDevice device;
    private readonly GridLevel film;
    private readonly Materials materials;
    private readonly Field<Cell, double> x;
    private readonly Field<Closed, double> solid;
    private readonly View<int> group;
    private readonly int shift;
    private readonly bool layered;

    /// <summary>Sets up the grid of a case.</summary>
    /// <param name="film">The film's grid.</param>
    public FilmStack(IDevice device, Case @case, GridLevel film, Materials materials)
    {
        (this.device, this.film, this.materials) = (device, film, materials);
        var shape = GridShape.WithLayers(@case);
        layered = shape.HasLayers;
        Grid = layered ? new GridLevel(device, shape, film.Periodic[0], film.Periodic[1]) : film;
        shift = shape.Layers.Below * film.Layout.StrideZ;
        group = layered ? device.Allocate<int>(materials.GroupsOfStack(Grid, shape.Layers.Below)) : materials.Group;
        Eigenstrain = Grid.CellField<double>();
        solid = materials.Solid;
        if (layered && materials.HasVoids)
            materials.WriteSolid(device, group, solid = Grid.ClosedField<double>(), Grid.Closed);
        if (!layered)
            return;
        (x, Mechanical) = (Grid.CellField<double>(), new StressFields(device, Grid));
    }

    /// <summary>The grid of the displacement.</summary>
    public GridLevel Grid { get; }

    /// <summary>β of the lithium last given, at cells; 0 in layers.</summary>
    public Field<Cell, double> Eigenstrain { get; }

    /// <summary>Stress at the cells of film and layers, and what follows from it; null without layers.</summary>
    public StressFields? Mechanical { get; }

    /// <summary>Derives β, and λ, μ where they are to be written, from an iterate of a film's lithium.</summary>
    /// <param name="lithium">x at cells of the film.</param>
    /// <param name="stiffness">Where λ, μ go; null to leave them.</param>
    public void Take(Field<Cell, double> lithium, LameFields<double>? stiffness)
    {
        Spread(lithium);
        var here = layered ? x : lithium;
        device.Launch(new ChemicalStrain<Cell>(here, materials.Swelling.Over(group), Eigenstrain), Grid.Cells);
        WriteStiffness(here, stiffness);
    }

    /// <summary>Takes over β of a state, and derives λ, μ where they are to be written.</summary>
    /// <param name="lithium">x at cells of the film.</param>
    /// <param name="strain">β there.</param>
    /// <param name="stiffness">Where λ, μ go; null to leave them.</param>
    public void Take(Field<Closed, double> lithium, Field<Closed, double> strain, LameFields<double>? stiffness)
    {
        Spread(lithium);
        // β of layers is zero and stays so.
        CopyToStack(strain.AsFlat, Eigenstrain);
        WriteStiffness(layered ? x : lithium, stiffness);
    }

    private void Spread<TPlace>(Field<TPlace, double> lithium) where TPlace : struct, IPlace
    {
        if (layered)
            CopyToStack(lithium.AsFlat, x);
    }

    private void CopyToStack(Field<Flat, double> from, Field<Cell, double> to) =>
        device.Launch(new CopyAcross(from, to.AsFlat, -shift), FilmCells);

    private void WriteStiffness(View<double> here, LameFields<double>? stiffness)
    {
        if (stiffness is not { } lame)
            return;
        device.Launch(new StoreLame(materials.Constants(here, group), lame), Grid.Cells);
        if (!materials.HasVoids)
            return;
        device.Launch(new KeepBody(solid, lame.Lambda), Grid.Cells);
        device.Launch(new KeepBody(solid, lame.Mu), Grid.Cells);
    }

    /// <summary>Stress at the cells of the film for a displacement and <see cref="Eigenstrain"/>.</summary>
    public void UpdateFilmStress<TPlace>(ElasticitySolver mechanics, Field<TPlace, double> filmStress)
        where TPlace : struct, IPlace
    {
        mechanics.Operator.CellStress(mechanics.Displacement, Eigenstrain, Mechanical?.Stress.Values
            ?? filmStress.Values);
        if (Mechanical is { Stress: var stress })
            device.Launch(new CopyAcross(stress.AsFlat, filmStress.AsFlat, shift), film.Cells);
    }

    /// <summary>Strain at the cells of the film for a displacement; 0 in voids.</summary>
    public void UpdateFilmStrain(ElasticitySolver mechanics, Field<Closed, double> filmStrain)
    {
        var strain = Mechanical?.Strain ?? filmStrain;
        mechanics.Operator.CellStrain(mechanics.Displacement, strain);
        if (materials.HasVoids)
            device.Launch(new KeepWhere<Closed>(solid, strain), Grid.Centres);
        if (layered)
            device.Launch(new CopyAcross(strain.AsFlat, filmStrain.AsFlat, shift), film.Cells);
    }

    /// <summary>
    /// The mechanical fields of film and layers for the state last given, which are of use for snapshots alone.
    /// </summary>
    public void UpdateFields() => Mechanical?.FollowCells(Eigenstrain);

    /// <summary>The film's cells among those of the stack.</summary>
    private Box<Cell> FilmCells
    {
        get
        {
            var below = shift / film.Layout.StrideZ;
            return new(Grid.Layout, 0, film.X, 0, film.Y, below, below + film.Z);
        }
    }
}
