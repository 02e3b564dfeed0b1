using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What the steps of a simulation report beside fields.</summary>
public readonly record struct StepReport(long Step, double Time, double TimeStep, int ProtocolStep, int Cycle,
    double Charge, int CgIterations, int NewtonSteps, double Residual, long DiffusionIterations,
    long CouplingIterations, double BalanceError);

/// <summary>
/// Computes the scalars of a step by reductions on the device, one per column; null where a quantity has no value.
/// </summary>
public sealed class History
{
    private const double CornerRadius = 5e-9;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly FilmFields fields;
    private readonly DiffusionSolver diffusion;
    private readonly ElasticitySolver? mechanics;
    private readonly Field<Closed, double> solid;
    private readonly double?[] row;
    private readonly Func<double?>?[] terms;
    private readonly double saturation, magnesium, metalVolume, extent;
    private readonly (View<double> X, View<double> Y, View<double> Z) distances;

    /// <summary>Prepares the columns of a case.</summary>
    /// <param name="solid">1 where there is a body, 0 in voids.</param>
    public History(IDevice device, GridLevel grid, Case @case, FilmFields fields, DiffusionSolver diffusion,
        ElasticitySolver? mechanics, Field<Closed, double> solid)
    {
        (this.device, this.grid, this.fields, this.diffusion, this.mechanics, this.solid) =
            (device, grid, fields, diffusion, mechanics, solid);
        (magnesium, metalVolume) = (@case.Material.MagnesiumConcentration, @case.Material.MetalMolarVolume);
        saturation = @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;
        // A slab is computed as a column of some width: its energy counts per area.
        extent = grid.Kind == DomainKind.Slab ? diffusion.Surface.Area : 1;
        Columns = ColumnsOf(@case.Domain.Kind);
        row = new double?[Columns.Count];
        var values = mechanics is null ? [] : mechanics.Terms.SelectMany(term => term.Columns)
            .ToDictionary(value => value.Column, value => value.Value);
        terms = [.. SideLaws.ColumnsOf(@case.Domain.Kind).Select(column => values.GetValueOrDefault(column.Name))];
        distances = CornerDistances(LateralFaces.Of(@case.Domain));
    }

    /// <summary>The columns in the order of <see cref="Row"/>.</summary>
    public IReadOnlyList<HistoryColumn> Columns { get; }

    /// <summary>All columns for a kind of domain.</summary>
    public static IReadOnlyList<HistoryColumn> ColumnsOf(DomainKind kind) =>
    [
        new("step", "-", "number of the time step"),
        new("time", "s", "time"),
        new("time_step", "s", "length of the step"),
        new("protocol_step", "-", "number of the protocol's step, repetitions counted one by one"),
        new("cycle", "-", "number of the repetition, 0 outside of them"),
        new("charge", "C/m^2", "charge passed per area of the SE side"),
        new("current", "A/m^2", "current density, mean over the SE side; negative while stripping"),
        new("electrode_potential", "V",
            "potential of the electrode: that of the kinetics, or with a uniform current the mean over the SE side; 0 "
            + "V where there is metal"),
        new("metal_thickness", "m", "plated lithium metal, mean thickness over the SE side"),
        new("x_mean", "-", "Li per Mg, mean over the film"),
        new("x_se", "-", "Li per Mg, mean over the SE side"),
        new("x_collector", "-", "Li per Mg, mean over the collector side"),
        new("segregation", "-", "x_collector / x_se"),
        new("theta", "-", "utilisation, mean concentration over that of the full alloy"),
        new("von_mises_max", "Pa", "largest von Mises stress, faces included"),
        new("von_mises_max_off_corner", "Pa", "largest von Mises stress outside 5 nm about the edge of the SE side"),
        new("von_mises_mean", "Pa", "mean von Mises stress"),
        new("von_mises_se", "Pa", "mean von Mises stress on the SE side"),
        new("von_mises_collector", "Pa", "mean von Mises stress on the collector side"),
        new("sigma_h_mean", "Pa", "mean hydrostatic stress"),
        new("sigma_h_se", "Pa", "mean hydrostatic stress on the SE side"),
        new("sigma_h_collector", "Pa", "mean hydrostatic stress on the collector side"),
        new("potential_se", "V", "mean potential on the SE side, chemical and mechanical"),
        new("potential_chem_difference", "V", "chemical potential difference, collector minus SE"),
        new("potential_mech_difference", "V", "mechanical potential difference, collector minus SE"),
        new("energy_per_mg_difference", "V", "elastic energy per Mg over F, SE minus collector"),
        new("energy_per_li_difference", "V", "elastic energy per Li over F, SE minus collector"),
        new("elastic_energy", kind switch { DomainKind.Slab => "J/m^2", DomainKind.PlaneStrain => "J/m", _ => "J" },
            "elastic energy of the film"),
        .. SideLaws.ColumnsOf(kind),
        new("lithium_balance_error", "-",
            "lithium found and lithium brought, their difference over the larger of content and throughput"),
        new("cg_iterations", "-", "iterations of the elasticity solver in the step"),
        new("newton_steps", "-", "linear systems solved for friction in the step"),
        new("equilibrium_residual", "-", "unbalanced force at the end of the step, over the load"),
        new("diffusion_iterations", "-", "iterations of the diffusion solver in the step"),
        new("coupling_iterations", "-", "iterations between lithium and stress, or for D(x), in the step, both stages"),
    ];

    /// <summary>The scalars of the state that <see cref="FilmFields"/> hold, until the next ones.</summary>
    public ReadOnlySpan<double?> Row(in StepReport report)
    {
        var next = 0;
        Write(ref next, [report.Step, report.Time, report.TimeStep, report.ProtocolStep, report.Cycle, report.Charge]);
        WriteElectrode(ref next);
        WriteLithium(ref next);
        WriteStress(ref next);
        WritePotentials(ref next);
        WriteTerms(ref next);
        Write(ref next, [report.BalanceError, mechanics is null ? null : report.CgIterations, mechanics is null ? null
            : report.NewtonSteps, mechanics is null ? null : report.Residual, report.DiffusionIterations]);
        Write(ref next, [diffusion.Iteration is null ? null : report.CouplingIterations]);
        return row;
    }

    private void WriteElectrode(ref int next)
    {
        var (state, surface) = (diffusion.State, diffusion.Surface);
        Write(ref next, [state.Current * PhysicalConstants.Faraday * magnesium,
            fields.ElectrodePotential(state, surface), surface.Integral(state.Metal) / surface.Area * magnesium
            * metalVolume]);
    }

    private void WriteLithium(ref int next)
    {
        var (xSe, xCollector) = (FilmMean(fields.X, grid.Z), FilmMean(fields.X, -1));
        double? xMean = diffusion.Film.Volume > 0 ? diffusion.Film.Content(diffusion.X) / diffusion.Film.Volume : null;
        Write(ref next, [xMean, xSe, xCollector, xSe is > 0 ? xCollector / xSe : null, xMean / saturation]);
    }

    private void WriteStress(ref int next)
    {
        var (low, high, stress) = (-1, grid.Z, fields.Mechanical);
        if (mechanics is null)
        {
            Write(ref next, [null, null, null, null, null, null, null, null]);
            return;
        }
        Write(ref next,
        [
            device.Max(new Element<Closed>(stress.VonMises), grid.Closed),
            device.Max(new AwayFromCorners(stress.VonMises, distances.X, distances.Y, distances.Z, CornerRadius),
                grid.Closed),
            VolumeMean(stress.VonMises), Mean(stress.VonMises, high), Mean(stress.VonMises, low),
            VolumeMean(stress.SigmaH), Mean(stress.SigmaH, high), Mean(stress.SigmaH, low),
        ]);
    }

    private void WritePotentials(ref int next)
    {
        Write(ref next, [FilmMean(fields.Potentials, grid.Z, 2), CollectorMinusSe(fields.Potentials, 0)]);
        if (mechanics is null)
        {
            Write(ref next, [null, null, null, null]);
            return;
        }
        Write(ref next,
        [
            CollectorMinusSe(fields.Potentials, 1), -CollectorMinusSe(fields.Potentials, 3),
                -CollectorMinusSe(fields.Potentials, 4),
            device.Sum(new Weighted<Closed>(fields.Mechanical.EnergyDensity, diffusion.Film.Geometry.Volume),
                grid.Centres) / extent,
        ]);
    }

    private void WriteTerms(ref int next)
    {
        foreach (var value in terms)
            row[next++] = value?.Invoke();
    }

    private void Write(ref int next, ReadOnlySpan<double?> values)
    {
        values.CopyTo(row.AsSpan(next));
        next += values.Length;
    }

    private double? CollectorMinusSe(Field<Closed, double> field, int component) =>
        FilmMean(field, -1, component) - FilmMean(field, grid.Z, component);

    private double Mean(Field<Closed, double> field, int plane, int component = 0)
    {
        var box = grid.ClosedPlane(plane);
        return device.Sum(new WeightedWhere<Closed>(field, component, solid, diffusion.Film.Geometry.FaceZ), box)
            / device.Sum(new Weighted<Closed>(solid, diffusion.Film.Geometry.FaceZ), box);
    }

    /// <summary>Mean over the part of a face that belongs to the film; null where all of it is inert.</summary>
    private double? FilmMean(Field<Closed, double> field, int plane, int component = 0)
    {
        var box = grid.ClosedPlane(plane);
        var area = device.Sum(new Weighted<Closed>(diffusion.Film.Conducts, diffusion.Film.Geometry.FaceZ), box);
        return area > 0 ? device.Sum(
            new WeightedWhere<Closed>(field, component, diffusion.Film.Conducts, diffusion.Film.Geometry.FaceZ), box)
            / area : null;
    }

    private double VolumeMean(Field<Closed, double> field) =>
        device.Sum(new WeightedWhere<Closed>(field, 0, solid, diffusion.Film.Geometry.Volume), grid.Centres)
            / device.Sum(new Weighted<Closed>(solid, diffusion.Film.Geometry.Volume), grid.Centres);

    /// <summary>Distances of the closed grid's points from the free lateral faces and from the SE side.</summary>
    private (View<double>, View<double>, View<double>) CornerDistances(LateralFaces lateral)
    {
        double[] Along(int axis, bool lowFree, bool highFree)
        {
            var cells = grid.Widths[axis].Length;
            var (h, length) = (grid.Widths[axis][0], grid.NodePosition(axis, cells));
            double Position(int i) => i < 0 ? 0 : i >= cells ? length : (i + 0.5) * h;
            return Enumerable.Range(-1, cells + 3)
                .Select(i => Math.Min(lowFree ? Position(i) : double.MaxValue, highFree ? length - Position(i)
                    : double.MaxValue))
                .Select(d => Math.Min(d, 1.0)).ToArray();
        }
        return (
            device.Allocate<double>(Along(0, lateral.XMin == LateralKind.Free, lateral.XMax == LateralKind.Free)),
            device.Allocate<double>(Along(1, lateral.YMin == LateralKind.Free, lateral.YMax == LateralKind.Free)),
            device.Allocate<double>(Along(2, false, true)));
    }
}
