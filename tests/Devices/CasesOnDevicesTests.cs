using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// Whole runs, lithium with stress, on every device: the fields at their ends are those of the host's widest lanes.
/// </summary>
public class CasesOnDevicesTests
{
    private const double Tolerance = 1e-9;

    private static readonly Dictionary<string, string> Cases = new()
    {
        ["slab, two-way, Butler-Volmer"] = """
            domain: { kind: slab, height: 140 nm, cells: [12] }
            material: { diffusivity: 1e-11 cm^2/s, youngs_modulus: { mg: 45 GPa, li: 7.8 GPa } }
            initial: { x: 0.05 }
            kinetics: { law: butler-volmer, exchange_current_density: 5 A/m^2 }
            coupling: two-way
            """,
        ["plate, two-way, friction"] = """
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [5, 7] }
            material: { diffusivity: 1e-11 cm^2/s }
            initial: { x: 0.05 }
            interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa, pressure: 9 MPa } }
            coupling: two-way
            """,
        ["strip, one-way, spring, two grains"] = """
            domain: { kind: plane-strain, size: [100 nm, 80 nm], cells: [6, 5] }
            material: { diffusivity: 1e-11 cm^2/s }
            regions: [ { from: [50 nm, 0 nm], grain: 1, youngs_modulus: 20 GPa, diffusivity: 3e-11 cm^2/s } ]
            interfaces: { se: { law: spring, stiffness: 1e17 Pa/m } }
            """,
        ["film in 3D, one-way, bonded"] = """
            domain: { kind: 3d, size: [60 nm, 60 nm, 60 nm], cells: [4, 4, 4] }
            material: { diffusivity: 1e-11 cm^2/s }
            interfaces: { se: { law: bonded } }
            """,
        ["hexagonal plate of grains, one-way, voids, tensors and boundaries"] = """
            domain: { kind: 3d, size: [60 nm, 60 nm, 30 nm], cells: [5, 5, 3], lateral: { x_min: free, x_max: free,
              y_min: free, y_max: free }, hexagon: 50 nm }
            material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: { principal: [1, 2, 3] },
              stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa } }
            microstructure: { kind: columnar, grains: 3, texture: random, boundaries: { width: 1 nm,
              diffusivity: 1e-10 cm^2/s } }
            initial: { x: 0.05 }
            """,
        ["strip of tilted crystals, one-way"] = """
            domain: { kind: plane-strain, size: [100 nm, 80 nm], cells: [6, 5] }
            material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: 3, stiffness: { c11: 59.7 GPa, c12: 26.2 GPa,
              c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa } }
            microstructure: { kind: equiaxed, grains: 3, orientations: [ { euler: [90 deg, 35 deg, 0] },
              { euler: [90 deg, 110 deg, 0] } ] }
            """,
        ["plate with c along its axis, one-way"] = """
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [5, 7] }
            material: { diffusivity: 1e-11 cm^2/s, stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa,
              c33: 61.7 GPa, c44: 16.4 GPa } }
            interfaces: { se: { law: spring, stiffness: 1e17 Pa/m } }
            """,
    };

    private const string End = """

        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]
        solver: { time_step: 0.05 s, tolerance: 1e-12, coupling_tolerance: 1e-12, precision: double }
        """;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Narrower_lanes_of_the_host(string name)
    {
        foreach (var width in new[] { 1, 2, 4 })
            AssertAsWidest(name, new HostDevice(1, width));
    }

#if ILGPU
    [Theory]
    [MemberData(nameof(Names))]
    public void The_simulator_of_ILGPU(string name) =>
        AssertAsWidest(name, IlgpuDevices.OpenSimulator(Mapping.Rows, 1));

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenCL_and_CUDA_devices_where_there_are_any(string name)
    {
        foreach (var device in DeviceFactory.List()
            .Where(device => device.Problem is null
            && (device.Name.StartsWith("cuda") || device.Name.StartsWith("opencl"))))
            AssertAsWidest(name, DeviceFactory.Open(device.Name, 1));
    }
#endif

    private static void AssertAsWidest(string name, IDevice device)
    {
        using var expected = CaseRun.Run(CaseText.Parse(Cases[name] + End), 1);
        using var found = CaseRun.Run(CaseText.Parse(Cases[name] + End), device);
        Assert.Equal(2, found.Simulation.Step);
        foreach (var (there, here) in expected.Snapshots.Zip(found.Snapshots))
            AssertClose(there, here, expected.Snapshots[^1], device.Name);
    }

    /// <param name="scale">Its largest values are what differences are measured by; at the start some fields are
    /// rounding alone.</param>
    private static void AssertClose(Snapshot expected, Snapshot found, Snapshot scale, string device)
    {
        var largest = scale.Cells.Concat(scale.Nodes).Where(field => field.Data is double[])
            .ToDictionary(field => field.Name, field => ((double[])field.Data).Max(Math.Abs));
        Assert.Equal(expected.Step, found.Step);
        foreach (var (a, b) in expected.Cells.Concat(expected.Nodes).Zip(found.Cells.Concat(found.Nodes)))
        {
            if (a.Data is not double[] x || b.Data is not double[] y)
                continue;
            for (var i = 0; i < x.Length; i++)
                Assert.True(Math.Abs(x[i] - y[i]) <= Tolerance * largest[a.Name],
                    $"{a.Name}[{i}] is {y[i]:R} at step {found.Step} on {device}, {x[i]:R} on the widest lanes");
        }
    }
}
