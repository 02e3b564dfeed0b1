using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>A run has all the memory that it needs after its first step.</summary>
public class AllocationTests
{
    [Theory]
    [InlineData("spring", "one-way")]
    [InlineData("friction", "one-way")]
    [InlineData("spring", "two-way")]
    public void Time_steps_allocate_nothing_on_the_device_and_less_than_a_field_on_the_host(string law, string coupling)
    {
        var document = CaseText.Parse($$"""
            domain: { kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [16, 16, 16] }
            coupling: {{coupling}}
            interfaces: { se: { law: {{law}}, stiffness: 1e18 Pa/m } }
            solver: { time_step: 0.1 s }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.6 s } } ]
            """);
        using var device = new HostDevice(1);
        var steps = new Steps(device);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        simulation.Run(steps);

        var later = steps.Allocated[2..];
        Assert.All(later, step => Assert.Equal(later[0].Device, step.Device));
        // A row of the history and the coarsest grid's matrices, whatever the grid.
        Assert.All(later, step => Assert.InRange(step.Host, 0, sizeof(double) * simulation.Grid.Layout.Length));
    }

    /// <summary>Bytes on the device after each step, and managed bytes that the step took.</summary>
    private sealed class Steps(IDevice device) : ISimulationObserver
    {
        private long before;

        public List<(long Device, long Host)> Allocated { get; } = [];

        public void Stepped(Simulation simulation, double?[] row)
        {
            Allocated.Add((device.AllocatedBytes, GC.GetAllocatedBytesForCurrentThread() - before));
            before = GC.GetAllocatedBytesForCurrentThread();
        }

        public void Reached(Simulation simulation)
        {
        }
    }
}
