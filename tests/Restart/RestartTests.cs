using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>A run that is taken up from what was written goes on as if it had never stopped, to the last bit.</summary>
public class RestartTests
{
    private const string Cycle =
        "protocol: [ { repeat: { times: 2, steps: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { strip: { "
        + "current: 2 mA/cm^2, time: 0.04 s } }, { rest: { time: 0.03 s } } ] } } ]";

    public static TheoryData<string, string> Cases => new()
    {
        { "one-way friction", $"domain: {{ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [6, 8] "
            + $"}}\ninterfaces: {{ se: {{ law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa }} }}\n{Cycle}" },
        { "two-way friction", $"domain: {{ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [4, 6] "
            + $"}}\ncoupling: two-way\ninitial: {{ x: 0.02 }}\ninterfaces: {{ se: {{ law: friction, stiffness: 1e18 "
            + $"Pa/m, strength: 0.1 GPa }} }}\n{Cycle}" },
        { "two-way, stiffness of a mixture, periodic",
            $"domain: {{ kind: plane-strain, size: [60 nm, 60 nm], cells: [5, 6], lateral: periodic }}\ncoupling: "
            + $"two-way\nmaterial: {{ youngs_modulus: {{ mg: 45 GPa, li: 7.8 GPa }} }}\ninitial: {{ x: 0.02 "
            + $"}}\n{Cycle}" },
        { "Coulomb friction under a punch",
            $"domain: {{ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [6, 8] }}\ninterfaces: {{ se: {{ "
            + $"law: friction, normal: punch, stiffness: 1e18 Pa/m, strength: 10 MPa, friction_coefficient: 0.5 }} "
            + $"}}\n{Cycle}" },
        { "bonded strip", $"domain: {{ kind: plane-strain, size: [60 nm, 60 nm], cells: [5, 6] }}\ninterfaces: {{ se: "
            + $"{{ law: bonded }}, collector: {{ law: spring, stiffness: 1e17 Pa/m }} }}\n{Cycle}" },
        { "slab with D(x)", "domain: { kind: slab, height: 140 nm, cells: [10] }\nmaterial: { diffusivity: { "
            + "polynomial: [1e-11 cm^2/s, 5e-11 cm^2/s] } }\ncoupling: none\nprotocol: [ { plate: { current: 1 "
            + "mA/cm^2, time: 0.2 s } } ]" },
        { "slab without stress to a cut-off",
            "domain: { kind: slab, height: 140 nm, cells: [20] }\ncoupling: none\ninitial: { x: 0.05 }\nprotocol: [ { "
            + "plate: { current: 1 mA/cm^2, potential: 0.32 V } }, { strip: { current: 1 mA/cm^2, until: empty } } ]" },
        { "metal by Butler and Volmer",
            "domain: { kind: slab, height: 140 nm, cells: [10] }\ncoupling: none\non_saturation: plate\ninitial: { x: "
            + "0.9 }\nkinetics: { law: butler-volmer }\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 20 s } }, { "
            + "hold: { potential: 0.2 V, capacity: 0.005 mAh/cm^2 } } ]" },
        { "two-way kinetics", $"domain: {{ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [4, 6] "
            + $"}}\ncoupling: two-way\ninitial: {{ x: 0.02 }}\ninterfaces: {{ se: {{ law: bonded }} }}\nkinetics: {{ "
            + $"law: butler-volmer }}\n{Cycle}" },
        { "tilted grains and their boundaries, kinetics",
            $"domain: {{ kind: plane-strain, size: [60 nm, 60 nm], cells: [5, 6] }}\ncoupling: none\nmaterial: {{ "
            + $"diffusivity_ratio: {{ principal: [1, 2, 4] }} }}\ninitial: {{ x: 0.02 }}\nkinetics: {{ law: "
            + $"butler-volmer }}\nmicrostructure: {{ kind: equiaxed, grains: 4, texture: random, boundaries: {{ "
            + $"diffusivity: 1e-10 cm^2/s }} }}\n{Cycle}" },
        { "two-way crystals, kinetics",
            $"domain: {{ kind: plane-strain, size: [60 nm, 60 nm], cells: [5, 6] }}\ncoupling: two-way\nmaterial: {{ "
            + $"diffusivity_ratio: 3, stiffness: {{ c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: "
            + $"16.4 GPa }} }}\ninitial: {{ x: 0.02 }}\nkinetics: {{ law: butler-volmer }}\nmicrostructure: {{ kind: "
            + $"layers, grains: 2, orientations: [ {{ euler: [90 deg, 35 deg, 0] }} ] }}\n{Cycle}" },
        { "two-way hexagonal plate",
            "domain: { kind: 3d, size: [40 nm, 30 nm, 30 nm], cells: [4, 3, 3], hexagon: 60 nm }\ncoupling: "
            + "two-way\ninitial: { x: 0.05 }\ninterfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 "
            + "GPa } }\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { rest: { time: 0.05 s } } ]" },
        { "two-way film", "domain: { kind: 3d, size: [40 nm, 30 nm, 50 nm], cells: [4, 3, 5] }\ncoupling: "
            + "two-way\ninitial: { x: 0.05 }\ninterfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 "
            + "GPa } }\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { rest: { time: 0.05 s } } ]" },
    };

    /// <summary>Two-way with friction and kinetics, in three steps for devices that are slow.</summary>
    private const string Short = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [4, 5] }
        coupling: two-way
        initial: { x: 0.02 }
        interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa } }
        kinetics: { law: butler-volmer }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { strip: { current: 1 mA/cm^2, time: 0.05 s } } ]
        solver: { time_step: 0.05 s }
        """;

    [Theory, MemberData(nameof(Cases))]
    public void ARunTakenUpAtAnyStepHasTheBitsOfOneThatNeverStopped(string name, string text) =>
        AssertTakenUp(name, text, () => new HostDevice(1));

#if ILGPU
    [Fact, Trait("Category", "Slow")]
    public void SoHasOneOnTheSimulatorOfIlgpu() =>
        AssertTakenUp("simulator", Short, () => IlgpuDevices.OpenSimulator(Mapping.Rows, 1));

    [Fact]
    public void SoHasOneOnOpenClAndCudaDevicesWhereThereAreAny()
    {
        foreach (var device in DeviceFactory.List()
            .Where(device => device.Problem is null
            && (device.Name.StartsWith("cuda") || device.Name.StartsWith("opencl"))))
            AssertTakenUp(device.Name, Short, () => DeviceFactory.Open(device.Name, 1));
    }
#endif

    private static void AssertTakenUp(string name, string text, Func<IDevice> open)
    {
        using var whole = CaseRun.Run(CaseText.Parse(text), open());
        // Written at every step, it takes the same steps.
        using var often = CaseRun.Run(CaseText.Parse(text, "output.every_steps=1"), open());
        AssertSame(name, whole.Rows, often.Rows);
        Assert.Equal(often.Rows.Count, often.Snapshots.Count);
        AssertSame(name, whole.Snapshots[^1], often.Snapshots[^1]);

        var document = CaseText.Parse(text);
        using var folder = new Scratch();
        for (var step = 0; step < often.Snapshots.Count; step += 1 + often.Snapshots.Count / 3)
        {
            SnapshotWriter.Write(often.Snapshots[step], folder["s.h5"]);
            using var device = open();
            var simulation = new Simulation(device, document, new double[GridShape.Of(document.Case.Domain).CellCount]);
            RestartPoint.Read(folder["s.h5"]).Restore(simulation);
            var rest = new Recording();
            simulation.Run(rest);
            AssertSame($"{name} from step {step}", whole.Rows.Skip(step + 1), rest.Rows);
            AssertSame($"{name} from step {step}", whole.Snapshots[^1], rest.Last
                ?? SnapshotBuilder.Build(simulation, CaseRun.Nobody), derived: rest.Last is not null);
            Assert.Equal(whole.Simulation.Notices, simulation.Notices);
        }
    }

    [Fact]
    public void ARunThatIsCancelledHasItsStateWrittenAndItsStepsAreThoseOfTheWhole()
    {
        const string text = "domain: { kind: slab, height: 140 nm, cells: [10] }\nprotocol: [ { plate: { current: 1 "
            + "mA/cm^2, time: 1 s } } ]";
        using var whole = CaseRun.OfText(text);
        using var device = new HostDevice(1);
        using var cancel = new CancellationTokenSource();
        var document = CaseText.Parse(text);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        var recording = new Recording { After = step => { if (step == 5) cancel.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => simulation.Run(recording, cancel.Token));
        Assert.Equal(5, recording.Last!.Step);
        Assert.Equal(5, recording.Last.Scalars!.Step);
        AssertSame("before", whole.Rows.Take(6), recording.Rows);
    }

    [Fact]
    public void ARunThatIsCancelledWhileItIsSetUpOrSeeksItsFirstEquilibriumEndsSoon()
    {
        const string text = "domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [12, 16] "
            + "}\ninterfaces: { se: { law: friction } }\ninitial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } "
            + "}\nsolver: { tolerance: 1e-12 }\nprotocol: []";
        var document = CaseText.Parse(text);
        var initial = InitialConcentration.Of(document.Case);
        using var cancel = new CancellationTokenSource();
        using var device = new Counting(new HostDevice(1));
        var simulation = new Simulation(device, document, initial, cancel: cancel.Token);
        var recording = new Recording();
        var setUp = device.Count;
        device.After(setUp + 200, cancel.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => simulation.Run(recording, cancel.Token));
        Assert.Empty(recording.Rows);
        Assert.Null(recording.Last);
        var cancelled = device.Count;
        new Simulation(device, document, initial).Run(recording);
        Assert.InRange(cancelled - setUp, 200, (device.Count - cancelled) / 2);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new Simulation(device, document, initial, cancel: cancel.Token));
    }

    /// <summary>Counts kernels that are launched, and does something after so many.</summary>
    private sealed class Counting(IDevice device) : DeviceProxy(device)
    {
        private (long Count, Action Do) then = (long.MaxValue, () => { });

        public long Count { get; private set; }

        public void After(long count, Action act) => then = (count, act);

        public override void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        {
            base.Launch<TKernel, TPlace, T>(kernel, box);
            if (++Count == then.Count)
                then.Do();
        }
    }

    [Fact]
    public void AStateStartsAnotherRunWithItsLithiumAndSlip()
    {
        const string text = "domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [6, 8] "
            + "}\ninterfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa } }\nprotocol: [ { "
            + "plate: { current: 1 mA/cm^2, time: 0.5 s } } ]";
        using var folder = new Scratch();
        using var first = CaseRun.OfText(text);
        SnapshotWriter.Write(first.Snapshots[^1], folder["s.h5"]);
        var document = CaseText.Parse(text.Replace("plate:", "strip:"));
        using var device = new HostDevice(1);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        RestartPoint.Read(folder["s.h5"]).Start(simulation);
        var recording = new Recording();
        simulation.Run(recording);
        var mean = simulation.History.Columns.TakeWhile(c => c.Name != "x_mean").Count();
        Assert.Equal(first.Last("x_mean"), recording.Rows[0][mean]);
        Assert.Equal((0.0, 0.0), (recording.Rows[0][1], recording.Rows[0][5]));
        var slip = (double[])first.Snapshots[^1].State.Single(f => f.Name == "slip_se").Data;
        Assert.Contains(slip, s => Math.Abs(s) > 1e-12);
        Assert.All(slip.Zip((double[])recording.First!.State.Single(f => f.Name == "slip_se").Data), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-20));
        var balance = simulation.History.Columns.TakeWhile(c => c.Name != "lithium_balance_error").Count();
        Assert.All(recording.Rows, row => Assert.InRange(row[balance]!.Value, 0, 1e-12));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("one-way")]
    public void EveryFieldOfASnapshotCanBeChosen(string coupling)
    {
        using var run = CaseRun.OfText("domain: { kind: slab, height: 140 nm, cells: [3] }\nprotocol: []",
            $"coupling={coupling}");
        Assert.Equal(SnapshotBuilder.FieldsOf(run.Simulation.Document.Case),
            run.Snapshots[^1].Cells.Concat(run.Snapshots[^1].Nodes).Select(f => f.Name));
    }

    [Fact]
    public void AStateOfAnotherGridIsRefusedWithTheDifference()
    {
        using var folder = new Scratch();
        using var run = CaseRun.OfText("domain: { kind: slab, height: 140 nm, cells: [10] }\nprotocol: []");
        SnapshotWriter.Write(run.Snapshots[^1], folder["s.h5"]);
        var document = CaseText.Parse("domain: { kind: slab, height: 140 nm, cells: [20] }\nprotocol: []");
        using var device = new HostDevice(1);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        var refusal = Assert.Throws<InputException>(() => RestartPoint.Read(folder["s.h5"])
            .Restore(simulation)).Message;
        Assert.Contains("has another grid: slab with 1 x 1 x 10 cells", refusal);
        Assert.Contains("slab with 1 x 1 x 20 cells", refusal);
    }

    private static void AssertSame(string what, IEnumerable<double?[]> expected, IEnumerable<double?[]> actual)
    {
        var (one, two) = (expected.ToList(), actual.ToList());
        Assert.True(one.Count == two.Count, $"{what}: {one.Count} rows, {two.Count} rows");
        for (var i = 0; i < one.Count; i++)
            for (var c = 0; c < one[i].Length; c++)
                Assert.True(Bits(one[i][c]) == Bits(two[i][c]),
                    $"{what}: row {i}, column {c}: {one[i][c]:R} and {two[i][c]:R}");
    }

    private static void AssertSame(string what, Snapshot expected, Snapshot actual, bool derived = true)
    {
        Assert.Equal(expected.Scalars, actual.Scalars);
        IEnumerable<SnapshotField> Fields(Snapshot s) => derived ? [.. s.Cells, .. s.Nodes, .. s.Boundary, .. s.State]
            : s.State;
        foreach (var (one, two) in Fields(expected).Zip(Fields(actual)))
        {
            var same = one.Data is double[] a && two.Data is double[] b ? a.Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual(b.Select(BitConverter.DoubleToInt64Bits)) : ((int[])one.Data)
                .SequenceEqual((int[])two.Data);
            Assert.True(same && one.Name == two.Name, $"{what}: {one.Name}");
        }
    }

    private static long? Bits(double? value) => value is { } v ? BitConverter.DoubleToInt64Bits(v) : null;

    private sealed class Recording : ISimulationObserver
    {
        public List<double?[]> Rows { get; } = [];

        public Snapshot? First { get; private set; }

        public Snapshot? Last { get; private set; }

        public Action<long> After { get; init; } = _ => { };

        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
            Rows.Add(row.ToArray());
            After(simulation.Step);
        }

        public void Reached(Simulation simulation)
        {
            Last = SnapshotBuilder.Build(simulation, CaseRun.Nobody);
            First ??= Last;
        }
    }
}
