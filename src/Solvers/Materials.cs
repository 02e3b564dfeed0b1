using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The materials of a case, one group per distinct set of properties: the film first, then the regions, later ones over earlier ones, then the grains of the film, which all regions lie over. Properties are stored per group, cells keep
/// its number; ghost cells repeat their neighbour's, so that points on faces have a material.
/// </summary>
public sealed class Materials
{
    private readonly MaterialCase film;
    private readonly IReadOnlyList<RegionCase> regions;
    private readonly GrainMap? grains;
    private readonly int boxes;
    private readonly int[] groupOfCell;

    /// <summary>Assigns materials to the cells of a grid.</summary>
    /// <param name="grains">Grains of the film, which regions lie over; null where it is one grain.</param>
    public Materials(IDevice device, Case @case, GridLevel grid, GrainMap? grains = null)
    {
        (film, this.grains, boxes) = (@case.Material, grains, @case.Regions.Count);
        regions = [.. @case.Regions, .. grains?.Properties(@case.Microstructure!) ?? []];
        var group = new int[grid.Layout.Length];
        Grain = new int[grid.Cells.Points];
        Phase = new int[grid.Cells.Points];
        groupOfCell = new int[grid.Cells.Points];
        Assign(grid, group);
        Group = device.Allocate<int>(group);
        ModulusMg = device.Allocate<double>(Table(Modulus, m => m.Value ?? m.Mg!.Value));
        ModulusLi = device.Allocate<double>(Table(Modulus, m => m.Value ?? m.Li!.Value));
        Poisson = device.Allocate<double>(Groups.Select(r => r?.PoissonRatio ?? film.PoissonRatio).ToArray());
        Omega = device.Allocate<double>(Groups.Select(PartialMolarVolume).ToArray());
        VariableModulus = Groups.Select(Modulus).Any(m => m.Value is null);
        Diffusivities = Groups.Select(Diffusivity).ToArray();
    }

    /// <summary>Grain id of cells, x fastest.</summary>
    public int[] Grain { get; }

    /// <summary>Phase id of cells, x fastest.</summary>
    public int[] Phase { get; }

    /// <summary>Group of cells, in the grid's layout with ghosts.</summary>
    public View<int> Group { get; }

    /// <summary>E at X = 0 and at X = 1 by group [Pa].</summary>
    public View<double> ModulusMg { get; }

    /// <summary>E at X = 1 by group [Pa].</summary>
    public View<double> ModulusLi { get; }

    /// <summary>ν by group.</summary>
    public View<double> Poisson { get; }

    /// <summary>Ω_Li by group [m³/mol].</summary>
    public View<double> Omega { get; }

    /// <summary>D by group [m²/s].</summary>
    public double[] Diffusivities { get; }

    /// <summary>Whether stiffness follows x anywhere.</summary>
    public bool VariableModulus { get; }

    /// <summary>Whether lithium can be in a cell, x fastest.</summary>
    public bool Holds(int cell) => Diffusivities[groupOfCell[cell]] > 0;

    /// <summary>λ, μ wherever x is known.</summary>
    public ElasticConstants Constants(View<double> x) => new(x, Group, ModulusMg, ModulusLi, Poisson);

    private IEnumerable<RegionCase?> Groups => regions.Prepend<RegionCase?>(null);

    private double[] Table(Func<RegionCase?, ModulusCase> modulus, Func<ModulusCase, double> value) => Groups.Select(r => value(modulus(r))).ToArray();

    private ModulusCase Modulus(RegionCase? region) => region?.YoungsModulus ?? film.YoungsModulus;

    /// <summary>Inert phases hold no lithium unless they are given a diffusivity.</summary>
    private double Diffusivity(RegionCase? region) => region?.Diffusivity ?? (region is { Phase: > 0 } ? 0 : film.Diffusivity);

    private double PartialMolarVolume(RegionCase? region) => region?.PartialMolarVolume ?? film.PartialMolarVolume;

    private void Assign(GridLevel grid, int[] group)
    {
        var centres = Enumerable.Range(0, 3).Select(axis => Centres(grid.Widths[axis])).ToArray();
        var box = grid.Closed;
        for (var z = box.Z0; z < box.Z1; z++)
        {
            for (var y = box.Y0; y < box.Y1; y++)
            {
                for (var x = box.X0; x < box.X1; x++)
                {
                    var (i, j, k) = (Math.Clamp(x, 0, grid.X - 1), Math.Clamp(y, 0, grid.Y - 1), Math.Clamp(z, 0, grid.Z - 1));
                    var cell = i + grid.X * (j + grid.Y * k);
                    var found = RegionAt(grid, [centres[0][i], centres[1][j], centres[2][k]]);
                    if (found < 0 && grains is not null && grains.Grain[cell] > 0)
                        found = boxes + grains.Grain[cell] - 1;
                    group[grid.Layout.Index(x, y, z)] = found + 1;
                    if ((x, y, z) != (i, j, k))
                        continue;
                    groupOfCell[cell] = found + 1;
                    Grain[cell] = found < 0 ? 0 : regions[found].Grain;
                    Phase[cell] = found < 0 ? 0 : regions[found].Phase;
                }
            }
        }
    }

    private int RegionAt(GridLevel grid, double[] centre)
    {
        double[] at = grid.Kind switch
        {
            DomainKind.Slab => [centre[2]],
            DomainKind.ThreeD => centre,
            _ => [centre[0], centre[2]],
        };
        for (var r = boxes - 1; r >= 0; r--)
        {
            var (from, to) = (regions[r].From, regions[r].To);
            if (Enumerable.Range(0, at.Length).All(a => (from is null || at[a] > from[a]) && (to is null || at[a] < to[a])))
                return r;
        }
        return -1;
    }

    private static double[] Centres(double[] widths)
    {
        var low = 0.0;
        return widths.Select(h => (low += h) - h / 2).ToArray();
    }
}
