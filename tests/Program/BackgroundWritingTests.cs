using System.Text.Json;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Kernels;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>Snapshots are made beside the run, from copies of which there is one set at a time.</summary>
public class BackgroundWritingTests
{
    [Fact]
    public void Copies_are_taken_by_another_thread_and_all_of_them_before_those_of_the_next_snapshot_are_begun()
    {
        using var run = new ProgramRun();
        using var device = new Watched(new HostDevice(1));
        Into(run, device);
        Assert.True(device.Snapshots > 10, $"{device.Snapshots} snapshots");
        Assert.Equal(0, device.LeftOver);
        Assert.Equal(0, device.TakenBySimulation);
        Assert.Equal(device.Snapshots, RunFolder.Snapshots(run["out"]).Count);
    }

    [Fact]
    public void A_copy_that_is_lost_on_its_way_ends_the_run_with_the_reason_and_keeps_the_snapshots_before()
    {
        using var run = new ProgramRun();
        using var device = new Watched(new HostDevice(1)) { LostFrom = 3 };
        var error = new StringWriter();
        Assert.Equal(Fail.Failed, Fail.Guard(error, () => Into(run, device)));
        Assert.Matches(@"^(step \d+ \(t = [0-9.e-]+ s\): )?made-up GPU failed in copying results\r?\n$",
            error.ToString());
        Assert.Equal(2, RunFolder.Snapshots(run["out"]).Count);
        Assert.All(RunFolder.Snapshots(run["out"]), snapshot => Assert.True(SnapshotReader.Read(snapshot).Time >= 0));
        Assert.StartsWith("failed: ", JsonDocument.Parse(File.ReadAllText(run["out/run.json"])).RootElement.GetProperty(
            "status").GetString());
        Assert.DoesNotContain(run.Contents, file => file.EndsWith(".tmp"));
    }

    private static int Into(ProgramRun run, IDevice device)
    {
        var document = CaseText.Parse(ProgramRun.Plate, "output.every_steps=1");
        MesoLiMg.Studies.Runs.CaseRun.Into(run["out"], document, device,
            MesoLiMg.Studies.Runs.CaseRun.Prepare(document.Case, device), TextWriter.Null,
            CancellationToken.None, new());
        return 0;
    }

    /// <summary>Counts copies that are begun and taken.</summary>
    private sealed class Watched(IDevice device) : DeviceProxy(device)
    {
        private readonly int simulation = Environment.CurrentManagedThreadId;
        private long launches = -1;
        private int open, takenBySimulation;

        /// <summary>The snapshot whose copies are lost first.</summary>
        public int LostFrom { get; init; } = int.MaxValue;

        public int Snapshots { get; private set; }

        /// <summary>Copies that were not taken when those of a later snapshot began.</summary>
        public int LeftOver { get; private set; }

        public int TakenBySimulation => takenBySimulation;

        public override Func<double[]> BeginDownload(View<double> from)
        {
            // Between two snapshots something is computed.
            if (Launches != launches)
                (Snapshots, LeftOver, launches) = (Snapshots + 1, LeftOver + open, Launches);
            Interlocked.Increment(ref open);
            var (take, number) = (base.BeginDownload(from), Snapshots);
            return () =>
            {
                Interlocked.Decrement(ref open);
                if (Environment.CurrentManagedThreadId == simulation)
                    Interlocked.Increment(ref takenBySimulation);
                return number < LostFrom ? take() : throw new DeviceException("made-up GPU failed in copying results");
            };
        }
    }
}
