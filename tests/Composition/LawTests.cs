using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Composition;

/// <summary>Properties as functions of x: what a case writes, and what kernels read.</summary>
public class LawTests
{
    private const double Saturation = 69600.0 / 71508;

    /// <summary>Forms of Young's modulus in GPa with value and derivative.</summary>
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Slope)> Forms = new()
    {
        ["{ polynomial: [45 GPa, -20 GPa, 3 GPa] }"] = (x => 45 - 20 * x + 3 * x * x, x => -20 + 6 * x),
        ["{ polynomial: [45 GPa, -20 GPa, 0, 7 GPa, 0, -2 GPa] }"] =
            (x => 45 - 20 * x + 7 * x * x * x - 2 * Math.Pow(x, 5), x => -20 + 21 * x * x - 10 * Math.Pow(x, 4)),
        ["{ mg: 45 GPa, li: 7.8 GPa }"] = (x => 45 - 37.2 * x / (1 + x), x => -37.2 / (1 + x) / (1 + x)),
        ["{ x: [0, 1], values: [45 GPa, 25 GPa] }"] = (x => 45 - 20 * x, _ => -20),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_read_value_and_derivative_as_written(string form)
    {
        var (law, device) = Modulus(form);
        using var owner = device;
        for (var x = 0.0; x <= Saturation; x += 0.00317)
        {
            Assert.Equal(1e9 * Forms[form].Value(x), Number(device, law.At(Of(x), 0)), 1e-12 * 45e9);
            Assert.Equal(1e9 * Forms[form].Slope(x), Number(device, law.Slope(Of(x), 0)), 2e-10 * 45e9);
        }
        // Below 0 and beyond saturation the ends are held.
        Assert.Equal(1e9 * Forms[form].Value(0), Number(device, law.At(Of(-0.1), 0)), 1e-12 * 45e9);
        Assert.Equal(1e9 * Forms[form].Value(Saturation), Number(device, law.At(Of(1.5), 0)), 1e-12 * 45e9);
    }

    [Fact]
    public void A_table_is_met_at_its_points_is_monotone_between_them_and_holds_its_ends()
    {
        double[] points = [0.1, 0.15, 0.4, 0.42, 0.8], values = [40, 39, 20, 12, 11.9];
        var (law, device) = Modulus(
            $"{{ x: [{string.Join(", ", points)}], values: [{string.Join(", ", values.Select(v => $"{v} GPa"))}] }}");
        using var owner = device;
        double At(double x) => Number(device, law.At(Of(x), 0)) / 1e9;
        // The kinks where it begins and ends are rounded off over an interval of the law, 1/4096 of x.
        foreach (var (x, value) in points.Zip(values))
            Assert.Equal(value, At(x), x is 0.1 or 0.8 ? 5e-4 : 5e-5);
        for (var x = 0.1; x < 0.8; x += 0.0013)
            Assert.True(At(x + 0.0013) <= At(x) + 1e-9, $"rises at x = {x}");
        Assert.Equal(40, At(0), 1e-12);
        Assert.Equal(11.9, At(0.95), 1e-12);
    }

    [Fact]
    public void A_table_in_a_file_has_the_unit_of_its_heading()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "# measured\nx, D [m^2/s]\n0, 1e-15\n1, 3e-15\n");
        var file = folder.Write("a.yaml", CaseText.Slab + "\nmaterial: { diffusivity: { table: d.csv } }");
        var curve = PropertyCurves.Of(CaseReader.Read(file, []).Case.Material.Diffusivity);
        Assert.Equal(2e-15, curve.At(0.5), 1e-27);
    }

    [Fact]
    public void Swelling_is_the_integral_of_the_partial_molar_volume()
    {
        foreach (var volume in new[] { "{ polynomial: [1.3e-5 m^3/mol, -4e-6 m^3/mol] }",
            "{ x: [0, 1], values: [1.3e-5 m^3/mol, 0.9e-5 m^3/mol] }" })
        {
            using var device = new HostDevice(1);
            var swelling = MaterialsOf(device, $"material: {{ partial_molar_volume: {volume} }}").Swelling;
            for (var x = 0.0; x < 1.2; x += 0.01)
            {
                var known = Math.Min(x, Saturation);
                // Beyond saturation the partial molar volume keeps its last value.
                var volumes = 1.3e-5 * known - 2e-6 * known * known + (x - known) * (1.3e-5 - 4e-6 * Saturation);
                Assert.Equal(71508.0 / 3 * volumes, Number(device, swelling.Strain(Of(x), 0)), 1e-13);
                Assert.Equal(71508.0 / 3 * (1.3e-5 - 4e-6 * known), Number(device, swelling.Rate(Of(x), 0)), 1e-11);
            }
        }
    }

    [Fact]
    public void Integrals_of_all_forms_are_those_of_their_values()
    {
        PropertyCase[] forms =
        [
            new EigenstrainCase { Value = 0.3 }, new EigenstrainCase { Polynomial = [0.1, 0.2, -0.3, 0.4] },
                new EigenstrainCase { Mg = 0.1, Li = 0.7 },
            new EigenstrainCase { X = [0.2, 0.3, 0.7], Values = [0.1, 0.5, 0.4] },
        ];
        foreach (var curve in forms.Select(PropertyCurves.Of).SelectMany(curve => new[] { curve, curve.Times(2.5) }))
        {
            const int n = 3000;
            const double h = 1.0 / n;
            var sum = 0.0;
            for (var i = 0; i < n; i++)
                sum += h / 6 * (curve.At(i * h) + 4 * curve.At((i + 0.5) * h) + curve.At((i + 1) * h));
            Assert.Equal(sum, curve.Integral(1), 1e-8);
        }
    }

    [Fact]
    public void Regions_have_properties_of_their_own_form()
    {
        using var device = new HostDevice(1);
        var materials = MaterialsOf(device, """
            material: { youngs_modulus: { mg: 45 GPa, li: 7.8 GPa } }
            regions: [ { to: [2.5 um], grain: 1, youngs_modulus: 30 GPa }, { from: [2.5 um], grain: 2 }, { from: [4 um], grain: 3, youngs_modulus: { polynomial: [20 GPa, 5 GPa] } } ]
            """);
        var layout = new GridLevel(device, GridShape.Of(CaseText.Parse(CaseText.Slab).Case.Domain), false,
            false).Layout;
        double At(int cell) => Number(device, materials.Modulus.At(Of(0.2), layout.Index(0, 0, cell))) / 1e9;
        Assert.Equal(30, At(3), 1e-12);
        Assert.Equal(45 - 37.2 * 0.2 / 1.2, At(25), 1e-11);
        Assert.Equal(21, At(39), 1e-12);
    }

    [Theory]
    [InlineData("", 298.15)]
    [InlineData(", reference_temperature: 60 °C", 333.15)]
    public void Diffusivity_follows_Arrhenius(string reference, double temperature)
    {
        double D(double at)
        {
            using var device = new HostDevice(1);
            return MaterialsOf(device,
                FormattableString.Invariant(
                $"temperature: {at} K\nmaterial: {{ diffusivity: {{ value: 2e-11 cm^2/s, activation_energy: 30 kJ/mol{reference} }} }}")).LargestDiffusivities[0];
        }
        Assert.Equal(2e-15, D(temperature), 1e-30);
        Assert.Equal(Math.Exp(30e3 / PhysicalConstants.Gas * (1 / 350.0 - 1 / 320.0)), D(320) / D(350), 1e-14);
    }

    private static (CompositionLaw Law, HostDevice Device) Modulus(string form)
    {
        var device = new HostDevice(1);
        return (MaterialsOf(device, $"material: {{ youngs_modulus: {form} }}").Modulus, device);
    }

    private static Materials MaterialsOf(HostDevice device, string text)
    {
        var @case = CaseText.Parse(CaseText.Slab + "\n" + text).Case;
        return new Materials(device, @case, new GridLevel(device, GridShape.Of(@case.Domain), false, false));
    }

    private static Lane1<double> Of(double x) => Lane1<double>.Of(x);

    private static double Number(IDevice device, Lane1<double> lane)
    {
        var view = device.Allocate<double>(1);
        Lane1<double>.Store(view, 0, lane);
        return device.Download(view)[0];
    }
}
