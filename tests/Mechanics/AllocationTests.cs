using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// A run has all the memory that it needs after its first steps: then a time step allocates nothing, neither on the
/// device nor on the host.
/// </summary>
public class AllocationTests
{
    private const string Crystal = "{ c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";

    [Theory]
    [InlineData("spring, one-way", "")]
    [InlineData("friction, one-way", "interfaces.se={ law: friction, stiffness: 1e18 Pa/m, strength: 0.01 GPa }")]
    [InlineData("friction on both sides, two-way", "coupling=two-way",
        "interfaces.se={ law: friction, stiffness: 1e18 Pa/m, strength: 0.01 GPa }",
        "interfaces.collector={ law: friction, stiffness: 1e17 Pa/m, strength: 0.01 GPa, friction_coefficient: 0.3 }")]
    [InlineData("spring, two-way", "coupling=two-way")]
    [InlineData("modulus that follows x", "coupling=two-way", "material.youngs_modulus={ mg: 45 GPa, li: 7.8 GPa }")]
    [InlineData("free on both sides", "interfaces.se={ law: slide }")]
    [InlineData("no stress", "coupling=none")]
    [InlineData("diffusivity that follows x", "coupling=none",
        "material.diffusivity={ mg: 1e-10 cm^2/s, li: 1e-9 cm^2/s }")]
    [InlineData("grains and their boundaries", "coupling=two-way", $"material.stiffness={Crystal}",
        "material.diffusivity_ratio=1.5",
        "microstructure={ kind: columnar, grains: 5, seed: 3, texture: { kind: random }, boundaries: { width: 1 nm, "
        + "diffusivity: 1e-9 cm^2/s } }")]
    [InlineData("periodic", "domain.lateral=periodic")]
    [InlineData("kinetics", "kinetics={ law: butler-volmer, exchange_current_density: 1 A/m^2 }", "initial.x=0.05")]
    [InlineData("metal", "on_saturation=plate", "kinetics={ law: butler-volmer, exchange_current_density: 1 A/m^2 }",
        "initial.x=0.05")]
    [InlineData("strip", "domain={ kind: plane-strain, size: [100 nm, 140 nm], cells: [16, 16] }", "coupling=two-way")]
    [InlineData("disc under a punch", "domain={ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [16, 16] }",
        "interfaces.se={ law: spring, stiffness: 1e18 Pa/m, normal: punch }")]
    [InlineData("slab", "domain={ kind: slab, height: 140 nm, cells: [64] }", "coupling=two-way")]
    public void Time_steps_allocate_nothing(string what, params string[] overrides)
    {
        var document = CaseText.Parse("""
            domain: { kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [8, 8, 8] }
            coupling: one-way
            interfaces: { se: { law: spring, stiffness: 1e18 Pa/m } }
            solver: { time_step: 0.1 s }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 1.4 s, potential: -3 V } } ]
            output: { at: [ 5 s ] }
            """, [.. overrides.Where(o => o != "")]);
        using var device = new HostDevice(1);
        var steps = new Steps(device);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        simulation.Run(steps);

        // The first steps meet every part of the program once (multigrid for diffusion where stress makes it stiff),
        // the last one writes the end of the run.
        var later = steps.Allocated[8..^1];
        Assert.True(later.Count > 4, what);
        Assert.All(later, step => Assert.Equal(later[0].Device, step.Device));
        Assert.Equal("0", string.Join(" ", later.Select(step => step.Host).Distinct()));
    }

    /// <summary>Bytes on the device after each step, and managed bytes that the step took.</summary>
    private sealed class Steps(IDevice device) : ISimulationObserver
    {
        private long before;

        public List<(long Device, long Host)> Allocated { get; } = new(100);

        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
            Allocated.Add((device.AllocatedBytes, GC.GetAllocatedBytesForCurrentThread() - before));
            before = GC.GetAllocatedBytesForCurrentThread();
        }

        public void Reached(Simulation simulation)
        {
        }
    }
}
