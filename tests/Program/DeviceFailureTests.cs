using System.Text.Json;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>A device that fails is one line and an exit code, and what was written before stays whole.</summary>
public class DeviceFailureTests
{
    [Fact]
    public void A_driver_that_fails_in_the_middle_of_a_run_is_one_line_with_the_step_and_the_last_snapshot_stays_readable()
    {
        using var run = new ProgramRun();
        var (exit, error) = Run(run, new Failing(new HostDevice(1), afterLaunches: 10_000));
        Assert.Equal(Fail.Failed, exit);
        Assert.Matches(@"^step \d+ \(t = [0-9.]+ s\): made-up GPU failed in \w+(`\d)?: unspecified launch failure\r?\n$", error);

        var snapshots = RunFolder.Snapshots(run["out"]);
        Assert.NotEmpty(snapshots);
        Assert.All(snapshots, snapshot => Assert.True(SnapshotReader.Read(snapshot).Time >= 0));
        var summary = JsonDocument.Parse(File.ReadAllText(run["out/run.json"])).RootElement;
        Assert.StartsWith("failed: step ", summary.GetProperty("status").GetString());
        Assert.DoesNotContain(run.Contents, file => file.EndsWith(".tmp"));
    }

    [Fact]
    public void A_device_with_too_little_memory_is_refused_with_both_numbers_before_anything_is_written()
    {
        using var run = new ProgramRun();
        var (exit, error) = Run(run, new Small(new HostDevice(1)));
        Assert.Equal(Fail.BadInput, exit);
        Assert.Matches(@"^the case needs about [0-9.]+ \w+ for 140 cells; .* has [0-9.]+ \w+; use fewer cells\r?\n$",
            error);
        Assert.Empty(run.Contents);
    }

    [Fact]
    public void A_driver_that_has_less_memory_than_it_said_is_one_line_before_anything_is_written()
    {
        using var run = new ProgramRun();
        var (exit, error) = Run(run, new Full(new HostDevice(1), 20));
        Assert.Equal(Fail.Failed, exit);
        Assert.Equal("made-up GPU: out of memory", error.Trim());
        Assert.Empty(run.Contents);
    }

    [Fact]
    public void A_GPU_that_the_case_does_not_fit_is_not_taken_by_auto()
    {
        using var device = DeviceFactory.Open("auto", 1, double.PositiveInfinity);
        Assert.StartsWith("host", device.Name);
    }

    private static (int Exit, string Error) Run(ProgramRun run, IDevice device)
    {
        using (device)
        {
            var error = new StringWriter();
            var exit = Fail.Guard(error, () =>
            {
                var document = CaseText.Parse(ProgramRun.Plate);
                MesoLiMg.Studies.Runs.CaseRun.Into(run["out"], document, device,
                    MesoLiMg.Studies.Runs.CaseRun.Prepare(document.Case, device), TextWriter.Null,
                    CancellationToken.None, new());
                return 0;
            });
            return (exit, error.ToString());
        }
    }

    /// <summary>Its driver fails after so many launches.</summary>
    private sealed class Failing(IDevice device, long afterLaunches) : DeviceProxy(device)
    {
        public override void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        {
            if (Launches > afterLaunches)
                throw new DeviceException($"made-up GPU failed in {typeof(TKernel).Name}: unspecified launch failure");
            base.Launch<TKernel, TPlace, T>(kernel, box);
        }
    }

    private sealed class Small(IDevice device) : DeviceProxy(device)
    {
        public override long MemoryBytes => 100_000;
    }

    /// <summary>Its driver gives only so many arrays.</summary>
    private sealed class Full(IDevice device, int arrays) : DeviceProxy(device)
    {
        private int given;

        public override View<T> Allocate<T>(int length) => given++ < arrays ? base.Allocate<T>(length)
            : throw new DeviceException("made-up GPU: out of memory");
    }
}
