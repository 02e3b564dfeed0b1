using FsCheck;
using FsCheck.Fluent;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class CaseFileTests
{
    private static readonly string Plate4 = Path.Combine(CaseText.Root(), "cases", "paper", "fig4-plate.yaml");

    public static TheoryData<string> Examples() =>
        [.. CaseText.Examples().Select(file => Path.GetRelativePath(CaseText.Root(), file))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_reads_without_warnings(string file) =>
        Assert.Empty(CaseReader.Read(Path.Combine(CaseText.Root(), file), []).Warnings);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_written_out_reads_back_to_the_same_case(string file)
    {
        Case @case = CaseReader.Read(Path.Combine(CaseText.Root(), file), []).Case;
        CaseText.AssertSame(@case, CaseText.Parse(CaseWriter.Write(@case)).Case);
    }

    [Fact]
    public void The_plate_of_figure_4_has_the_numbers_of_the_paper()
    {
        Case @case = CaseReader.Read(Plate4, []).Case;
        Assert.Equal(DomainKind.Axisymmetric, @case.Domain.Kind);
        Assert.Equal((1e-7, 1.4e-7), (@case.Domain.Radius, @case.Domain.Height));
        Assert.Equal([100, 140], @case.Domain.Cells);
        Assert.Equal(new DiffusivityCase { Value = 1e-15 }, @case.Material.Diffusivity);
        Assert.Equal(new ModulusCase { Value = 40e9 }, @case.Material.YoungsModulus);
        Assert.Equal(new InterfaceCase
        {
            Law = Friction.Kind,
            Stiffness = 1e18,
            ShearStrength = 0.43e9,
            Pressure = 9e6
        }, @case.Interfaces.Se);
        Assert.Equal(new CurrentStep { Current = 10, Time = 10 }, Assert.Single(@case.Protocol).Plate);
        Assert.Equal(1, @case.Output.Every);
    }

    [Fact]
    public void A_published_value_keeps_the_unit_in_which_it_was_written()
    {
        PublishedCase peak = CaseReader.Read(Plate4, []).Case.Published.Single(
            published => published.Quantity == "von_mises_max_off_corner");
        Assert.Equal((2e9, "GPa"), (peak.Value, peak.ValueUnit));
    }

    [Fact]
    public void A_case_with_every_kind_of_entry_written_out_reads_back_to_the_same_case()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ocv.csv", "x, U [V]\n0.01, 0.4  # dilute\n0.97, 0.01\n");
        string file = folder.Write("all.yaml", """
            title: "quotes \" and \\ and: colons, [brackets] # and ü"
            domain: { kind: 3d, size: [1 um, 0.7 um, 140 nm], cells: [8, 7, 5], lateral: { all: free, y_min: periodic,
              y_max: periodic } }
            temperature: 31.7 °C
            material:
              youngs_modulus: { mg: 45 GPa, li: 7.8 GPa }
              ocv: { kind: table, file: ocv.csv, coefficients: [-39.8 kJ/mol, 1 J/mol] }
            regions:
              - { from: [0, 0, 0], to: [500 nm, 0.7 um, 140 nm], grain: 1, youngs_modulus: 44 GPa }
              - { to: [333 nm, 123.4 nm, 70 nm], grain: 2, phase: 3, diffusivity: 0, youngs_modulus: { mg: 45 GPa,
                li: 7.8 GPa }, poisson_ratio: 0.28, partial_molar_volume: 0 }
            initial: { x: { table: { axis: x, at: [0, 1 um], values: [0.1, 0.2] } } }
            protocol:
              - plate: { current: 1 mA/cm^2, capacity: 0.01 mAh/cm^2 }
              - rest: { time: 1 min }
              - strip: { current: 0.3 mA/cm^2, until: empty, time: 1 h }
            solver: { time_step: 0.1 s }
            """);
        CaseDocument document = CaseReader.Read(file, []);
        CaseText.AssertSame(document.Case, CaseText.Parse(CaseWriter.Write(document.Case)).Case);
        Assert.Equal([0.4, 0.01], document.OcvTable!.U);
    }

    [Fact]
    public void Any_numbers_written_out_read_back_to_the_same_case() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            double Any() => Math.Exp(random.NextDouble() * 60 - 30);
            double Length() => Math.Exp(random.NextDouble() * 23 - 23); // 0.1 nm to 1 m, as a domain takes it
            var @case = new Case
            {
                Domain = new()
                {
                    Kind = DomainKind.PlaneStrain,
                    Size = [Length(), Length()],
                    Cells = [random.Next(1, 1000), random.Next(1, 1000)]
                },
                Temperature = 100 + 823 * random.NextDouble(),
                Material = new()
                {
                    Diffusivity = Any(),
                    PartialMolarVolume = -Any(),
                    YoungsModulus = new() { Mg = Any(), Li = Any() },
                    MagnesiumConcentration = Any(),
                    SaturationConcentration = Any()
                },
                Interfaces = new()
                {
                    Se = new()
                    {
                        Law = Friction.Kind,
                        Stiffness = Any(),
                        ShearStrength = Any(),
                        Pressure = -Any()
                    }
                },
                Protocol = [new() { Plate = new() { Current = Any(), Capacity = Any() } },
                    new() { Rest = new() { Time = Any() } }],
                Published = [new() { Quantity = "theta", Value = Any(), ValueUnit = "mAh/cm^2",
                    Source = new string('s', random.Next(200)) }],
            };
            CaseText.AssertSame(@case, CaseText.Parse(CaseWriter.Write(@case)).Case);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_file_named_in_a_case_is_found_beside_it_and_kept_as_an_absolute_name()
    {
        using var folder = new TemporaryFolder();
        string field = folder.Write("field.h5", "");
        string file = folder.Write("a.yaml", CaseText.Slab + "\ninitial: { x: { file: field.h5 } }");
        Assert.Equal(field, CaseReader.Read(file, []).Case.Initial.X.File);
    }

    [Fact]
    public void Sections_left_blank_or_null_keep_their_defaults()
    {
        Case @case = CaseText.Parse(CaseText.Slab + "\nmaterial:\nsolver: ~\nprotocol:\noutput: { every: null }").Case;
        CaseText.AssertSame(new MaterialCase(), @case.Material);
        CaseText.AssertSame(new SolverCase(), @case.Solver);
        Assert.Empty(@case.Protocol);
        Assert.Null(@case.Output.Every);
    }

    [Fact]
    public void One_word_sets_all_lateral_faces() =>
        Assert.Equal(new LateralCase { All = LateralKind.Periodic },
            CaseText.Parse("domain: { kind: plane-strain, size: [1 um, 140 nm], cells: [8, 8], lateral: periodic }").Case.Domain.Lateral);

    [Fact]
    public void The_regular_solution_beyond_its_range_is_warned_of()
    {
        string warning = Assert.Single(
            CaseText.Parse(CaseText.Slab
            + "\nmaterial: { ocv: { kind: regular-solution } }\ninitial: { x: 0.35 }").Warnings);
        Assert.Equal("a.yaml:2: material.ocv: x comes to 0.35; the regular solution holds below 0.3 only", warning);
    }

    [Theory]
    [InlineData("protocol.0.plate.time=2 s", true)]
    [InlineData("output.every=1 s", false)]
    [InlineData("solver.time_tolerance=1e-4", false)]
    public void A_case_knows_what_makes_it_another_problem_than_that_of_its_file(string change, bool isAnother) =>
        Assert.Equal(isAnother ? change : null,
            CaseReader.Read(Path.Combine(CaseText.Root(), "cases/paper/fig4-plate.yaml"), [change]).Change);

    [Fact]
    public void A_charge_beyond_what_the_film_holds_is_warned_of()
    {
        string warning = Assert.Single(CaseText.Parse(CaseText.Plate, "protocol.0.plate.time=100 s").Warnings);
        Assert.Equal("a.yaml:6: protocol.0: fills the film beyond saturation; it holds 0.0261 mAh/cm^2 in all",
            warning);
    }

    [Fact]
    public void A_region_that_falls_between_cell_centres_is_warned_of()
    {
        string warning = Assert.Single(
            CaseText.Parse(CaseText.Slab + "\nregions: [ { from: [1 nm], to: [2 nm] } ]").Warnings);
        Assert.StartsWith("a.yaml:2: regions.0: is thinner than the cells", warning);
    }
}
