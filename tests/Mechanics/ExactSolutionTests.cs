using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>Bodies whose stress is known in closed form.</summary>
public class ExactSolutionTests
{
    private const double Young = 40e9, Nu = 0.3, Biaxial = Young / (1 - Nu);

    [Fact]
    public void A_disc_between_plates_with_swelling_that_grows_with_r_has_the_stress_of_a_hot_cylinder()
    {
        // β = b (r/a)², ε_zz = 0, free rim (Timoshenko and Goodier, Theory of Elasticity, section 151).
        const double a = 100e-9, b = 0.02;
        double[] Exact(double r)
        {
            var s = r * r / (a * a);
            return [Biaxial * b * (1 - s) / 4, Biaxial * b * (1 - 3 * s) / 4, Biaxial * b * (Nu / 2 - s)];
        }
        double Error(int n)
        {
            var held = new HeldFaces { [0, false, 0] = true, [2, false, 1] = true, [2, true, 1] = true };
            using var body = Body(new(DomainKind.Axisymmetric, (n, 1, 4), (a / n, 1, a / n)), held);
            body.SetCells(body.Eigenstrain, (r, _, _) => b * r * r / (a * a));
            body.Solve();
            return body.Stresses().Max(s => Exact(s.At.X).Zip(s.Stress, (e, f) => Math.Abs(e - f)).Max())
                / (Biaxial * b);
        }
        var (coarse, fine) = (Error(16), Error(32));
        Assert.InRange(fine, 0, 1e-3);
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.2);
    }

    [Fact]
    public void A_free_plate_carries_the_stress_of_its_own_gradient()
    {
        // The lower face is the plate's plane of symmetry; far from the rim σ_rr = σ_θθ = E/(1-ν) (mean β - β).
        const double h = 100e-9, b = 0.03;
        using var body = Body(new(DomainKind.Axisymmetric, (160, 1, 20), (h / 20, 1, h / 20)), Sliding());
        body.SetCells(body.Eigenstrain, (_, _, z) => b * z / h);
        body.Solve();
        foreach (var (at, stress) in body.Stresses().Where(s => s.At.X < h))
        {
            var exact = Biaxial * b * (0.5 - at.Z / h);
            Assert.Equal(exact, stress[0], 1e-4 * Biaxial * b);
            Assert.Equal(exact, stress[1], 1e-4 * Biaxial * b);
            Assert.Equal(0, stress[2], 1e-4 * Biaxial * b);
        }
    }

    [Theory]
    [InlineData("{ kind: slab, height: 140 nm, cells: [20] }")]
    [InlineData("{ kind: plane-strain, size: [70 nm, 140 nm], cells: [9, 20], lateral: periodic }")]
    [InlineData("{ kind: plane-strain, size: [70 nm, 140 nm], cells: [9, 20], lateral: clamped }")]
    [InlineData("{ kind: axisymmetric, radius: 70 nm, height: 140 nm, cells: [9, 20], lateral: symmetric }")]
    [InlineData("{ kind: 3d, size: [70 nm, 35 nm, 140 nm], cells: [9, 5, 20], lateral: periodic }")]
    [InlineData("{ kind: 3d, size: [70 nm, 35 nm, 140 nm], cells: [9, 5, 20], lateral: symmetric }")]
    public void A_film_that_cannot_widen_is_stressed_by_minus_E_over_1_minus_nu_times_its_swelling(string domain)
    {
        using var run = CaseRun.OfText($$"""
            domain: {{domain}}
            material: { diffusivity: 1e-11 cm^2/s, youngs_modulus: 40 GPa, poisson_ratio: 0.3,
              partial_molar_volume: 1.3e-5 m^3/mol, magnesium_concentration: 71508 mol/m^3 }
            initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
            interfaces: { se: { law: slide, pressure: 9 MPa } }
            solver: { tolerance: 1e-12 }
            """);
        // A pressure from above adds its share by Poisson's ratio.
        var lateral = -9e6 * Nu / (1 - Nu);
        var (stress, von, hydrostatic, energy) = (run.Cells("stress"), run.Cells("von_mises"), run.Cells("sigma_h"),
            run.Cells("energy_density"));
        var x = run.Cells("x");
        for (var cell = 0; cell < x.Length; cell++)
        {
            var inPlane = -Biaxial * 1.3e-5 * 71508 * x[cell] / 3 + lateral;
            var tolerance = 1e-8 * Math.Abs(inPlane);
            double[] exact = [inPlane, inPlane, -9e6, 0, 0, 0];
            for (var c = 0; c < 6; c++)
                Assert.Equal(exact[c], stress[6 * cell + c], tolerance);
            Assert.Equal(Math.Abs(inPlane + 9e6), von[cell], tolerance);
            Assert.Equal((2 * inPlane - 9e6) / 3, hydrostatic[cell], tolerance);
            // w = (σ_xx² + σ_yy² + σ_zz² - 2ν (σ_xx σ_yy + ...))/2E
            var w = (2 * inPlane * inPlane + 81e12 - 2 * Nu * (inPlane * inPlane - 18e6 * inPlane)) / (2 * Young);
            Assert.Equal(w, energy[cell], 1e-7 * w);
        }
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.ThreeD)]
    public void Under_a_punch_the_face_stays_flat_and_carries_the_pressure(DomainKind kind)
    {
        const double p = 50e6;
        var shape = new GridShape(kind, (14, kind == DomainKind.ThreeD ? 9 : 1, 10),
            (10e-9, kind == DomainKind.ThreeD ? 10e-9 : 1, 10e-9));
        using var body = Body(shape, Sliding(), new InterfaceCase { Normal = NormalLaw.Punch, Pressure = p });
        body.SetCells(body.Eigenstrain, (x, y, z) =>
            0.02 * (x + (kind == DomainKind.ThreeD ? y : 0)) * z / (140e-9 * 100e-9));
        body.Solve();
        var top = body.Displacements().Where(d => d.At.Z > 99e-9).Select(d => d.U.Z).ToArray();
        Assert.InRange(top.Max() - top.Min(), 0, 1e-12 * top.Max());
        // Every level carries the whole force: the sum over the cells of a row, rings in r-z.
        foreach (var level in body.Stresses().GroupBy(s => Math.Round(s.At.Z * 1e9)))
        {
            double Weight((double X, double Y, double Z) at) => kind == DomainKind.Axisymmetric ? at.X : 1;
            var mean = level.Sum(s => Weight(s.At) * s.Stress[2]) / level.Sum(s => Weight(s.At));
            // In rings the mean over a cell is not quite the value at its centre.
            Assert.Equal(-p, mean, kind == DomainKind.Axisymmetric ? 2e-2 * p : 1e-7 * p);
        }
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.ThreeD)]
    public void On_periodic_faces_a_moved_pattern_has_the_moved_solution(DomainKind kind)
    {
        var shape = new GridShape(kind, (13, kind == DomainKind.ThreeD ? 10 : 1, 8),
            (5e-9, kind == DomainKind.ThreeD ? 5e-9 : 1, 5e-9));
        double[] Stress(int shiftX, int shiftY)
        {
            int Cell(double at, int shift, int n) => ((int)(at / 5e-9) - shift + 2 * n) % n;
            bool Hard(double x, double y) => Cell(x, shiftX, 13) is > 2 and < 7
                && (kind != DomainKind.ThreeD || Cell(y, shiftY, 10) is > 1 and < 5);
            using var body = Body(shape, new HeldFaces { [2, false, 1] = true },
                new InterfaceCase { Law = Spring.Kind, Stiffness = 1e17, Pressure = 9e6 }, periodic: true);
            body.SetModuli((x, y, _) => (Hard(x, y) ? 80e9 : 20e9, 0.3));
            body.SetCells(body.Eigenstrain, (x, y, z) => (Hard(x, y) ? 0.01 : 0.03) * z / 40e-9);
            body.Solve();
            var all = body.Stresses().ToArray();
            // Put back to where it was without the shift.
            return [.. all.OrderBy(s => Math.Round(s.At.Z * 1e12))
                .ThenBy(s => kind == DomainKind.ThreeD ? Cell(s.At.Y, shiftY, 10) : 0)
                .ThenBy(s => Cell(s.At.X, shiftX, 13)).SelectMany(s => s.Stress)];
        }
        var (here, there) = (Stress(0, 0), Stress(5, 3));
        var largest = here.Max(Math.Abs);
        Assert.All(here.Zip(there), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.ThreeD)]
    public void A_film_free_on_all_sides_swells_about_its_middle(DomainKind kind)
    {
        var three = kind == DomainKind.ThreeD;
        var shape = new GridShape(kind, (15, three ? 10 : 1, 7), (5e-9, three ? 5e-9 : 1, 5e-9));
        using var body = Body(shape, new HeldFaces { [2, false, 1] = true }, new InterfaceCase { Pressure = 9e6 });
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.03 * z / 35e-9);
        var result = body.Solve();
        Assert.InRange(result.Iterations, 1, 40);
        var (largest, lengthX, lengthY) = (body.Displacements().Max(d => Math.Abs(d.U.X)), 75e-9, 50e-9);
        var at = body.Displacements()
            .ToDictionary(d => (Node(d.At.X), three ? Node(d.At.Y) : 0, Node(d.At.Z)), d => d.U);
        foreach (var ((x, y, z), u) in at)
        {
            var mirrored = at[(Node(lengthX) - x, y, z)];
            Assert.Equal(-u.X, mirrored.X, 1e-9 * largest);
            Assert.Equal(u.Z, mirrored.Z, 1e-9 * largest);
            if (three)
                Assert.Equal(-u.Y, at[(x, Node(lengthY) - y, z)].Y, 1e-9 * largest);
        }
        static int Node(double at) => (int)Math.Round(at / 5e-9);
    }

    [Fact]
    public void A_rule_of_mixtures_sets_the_stiffness_by_the_atomic_fraction()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: slab, height: 140 nm, cells: [10] }
            material: { diffusivity: 1e-11 cm^2/s, youngs_modulus: { mg: 45 GPa, li: 5 GPa }, poisson_ratio: 0.3,
              partial_molar_volume: 1.3e-5 m^3/mol }
            initial: { x: 0.25 }
            solver: { tolerance: 1e-12 }
            """);
        // X = 0.25/1.25 = 0.2, E = 0.8 · 45 + 0.2 · 5 = 37 GPa.
        var (beta, biaxial) = (1.3e-5 * 71508 * 0.25 / 3, 37e9 / 0.7);
        Assert.All(run.Cells("stress").Chunk(6), s => Assert.Equal(-biaxial * beta, s[0], 1e-8 * biaxial * beta));
        // μ_mech = -Ω σ_h + (dE/dx)/E w/c_Mg, dE/dx = (E_Li - E_Mg)/(1 + x)².
        var (hydrostatic, energy) = (-2 * biaxial * beta / 3, biaxial * beta * beta);
        var slope = -40e9 / (1.25 * 1.25) / 37e9;
        var expected = (1.3e-5 * hydrostatic - slope * energy / 71508) / 96485.33212331001;
        Assert.All(run.Cells("potential_mech"), u => Assert.Equal(expected, u, 1e-8 * Math.Abs(expected)));
    }

    private static ElasticBody Body(GridShape shape, HeldFaces held, InterfaceCase? se = null, bool periodic = false)
    {
        var body = new ElasticBody(shape, held, new InterfacesCase { Se = se ?? new() }, 1e-12, periodic, periodic);
        body.SetModuli((_, _, _) => (Young, Nu));
        return body;
    }

    private static HeldFaces Sliding() => new() { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
}
