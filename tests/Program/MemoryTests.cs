using MesoLiMg.Studies.Runs;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Kernels;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;
using CaseRun = MesoLiMg.Tests.Support.CaseRun;

namespace MesoLiMg.Tests.Program;

/// <summary>What the program says that a case needs is what it takes.</summary>
public class MemoryTests
{
    [Theory]
    [InlineData("kind: slab, height: 140 nm, cells: [20000]", "none")]
    [InlineData("kind: slab, height: 140 nm, cells: [20000]", "one-way")]
    [InlineData("kind: plane-strain, size: [100 nm, 140 nm], cells: [200, 280]", "two-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "two-way")]
    [InlineData("kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [200, 280]", "none")]
    [InlineData("kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [200, 280]", "one-way")]
    [InlineData("kind: plane-strain, size: [100 nm, 140 nm], cells: [200, 280]", "one-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "none")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "one-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "one-way", "double")]
    [InlineData("kind: plane-strain, size: [100 nm, 140 nm], cells: [200, 280]", "one-way", "double")]
    [InlineData("kind: 3d, size: [400 nm, 400 nm, 140 nm], cells: [80, 80, 12]", "one-way")]
    [InlineData("kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [200, 280]",
        "one-way\nmaterial: { diffusivity: { mg: 1e-11 cm^2/s, li: 2e-11 cm^2/s } }")]
    public void The_estimate_is_right_within_fifteen_percent(string domain, string coupling,
        string precision = "mixed") =>
        AssertEstimate($"domain: {{ {domain} }}\ncoupling: {coupling}\ninterfaces: {{ se: {{ law: friction }} "
            + $"}}\nsolver: {{ precision: {precision} }}");

    [Theory]
    [InlineData("kind: plane-strain, size: [100 nm, 140 nm], cells: [200, 280]", "one-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "two-way")]
    public void The_estimate_counts_layers(string domain, string coupling) =>
        AssertEstimate($"domain: {{ {domain} }}\ncoupling: {coupling}\ninterfaces: {{ collector: {{ law: layer, "
            + $"thickness: 100 nm, youngs_modulus: 411 GPa, poisson_ratio: 0.28 }} }}");

    [Theory]
    [InlineData("kind: slab, height: 140 nm, cells: [20000]", "none")]
    [InlineData("kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [200, 280]", "one-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56]", "two-way")]
    [InlineData("kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 28]",
        "one-way\ninterfaces: { collector: { law: layer, thickness: 100 nm, youngs_modulus: 411 GPa, poisson_ratio: "
        + "0.28 } }")]
    public void The_estimate_of_what_is_copied_for_a_snapshot_is_right(string domain, string coupling)
    {
        var document = CaseText.Parse($"domain: {{ {domain} }}\ncoupling: {coupling}");
        using var device = new Copying(new HostDevice(1));
        SnapshotBuilder.Begin(new Simulation(device, document, InitialConcentration.Of(document.Case)), CaseRun.Nobody);
        Assert.InRange(Memory.Snapshot(document.Case) / device.Copied, 0.9, 1.1);
    }

    /// <summary>Counts the bytes of the copies that are begun.</summary>
    private sealed class Copying(IDevice device) : DeviceProxy(device)
    {
        public long Copied { get; private set; }

        public override Func<double[]> BeginDownload(View<double> from)
        {
            Copied += from.Length * sizeof(double);
            return base.BeginDownload(from);
        }
    }

    private static void AssertEstimate(string text)
    {
        var document = CaseText.Parse(text);
        using var device = new HostDevice(1);
        _ = new Simulation(device, document, InitialConcentration.Of(document.Case));
        Assert.InRange(Memory.Needed(document.Case) / device.AllocatedBytes, 0.87, 1.15);
    }

    [Fact]
    public void The_estimate_is_right_with_grains()
    {
        var document = CaseText.Parse("""
            domain: { kind: 3d, size: [100 nm, 100 nm, 140 nm], cells: [40, 40, 56] }
            coupling: none
            material: { diffusivity_ratio: 2 }
            microstructure: { grains: 5, texture: random, boundaries: { permeability: 1e-7 m/s } }
            """);
        using var device = new HostDevice(1);
        _ = new Simulation(device, document, InitialConcentration.Of(document.Case));
        Assert.InRange(Memory.Needed(document.Case) / device.AllocatedBytes, 0.87, 1.15);
    }
}
