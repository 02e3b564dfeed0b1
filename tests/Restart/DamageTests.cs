using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// Damaged files are read right or refused in one line. MESOLIMG_DAMAGES sets the number of damages
/// (docs/robustness.md).
/// </summary>
public class DamageTests
{
    private static readonly int Damages = Counts.Of("MESOLIMG_DAMAGES", 150);

    [Fact]
    public void A_snapshot_with_any_damage_is_refused_in_one_line()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Film), folder["whole.h5"]);
        var whole = File.ReadAllBytes(folder["whole.h5"]);
        var random = new System.Random(11);
        for (var i = 0; i < Damages; i++)
        {
            var damaged = Damage(whole, random);
            if (damaged.AsSpan().SequenceEqual(whole))
                continue;
            File.WriteAllBytes(folder["damaged.h5"], damaged);
            var refusal = Assert.ThrowsAny<InputException>(() => SnapshotReader.Read(folder["damaged.h5"])).Message;
            Assert.DoesNotContain('\n', refusal);
        }
    }

    /// <summary>
    /// Whatever happens to the files of a run, going on ends with the whole run's history, or in one line that says why
    /// not.
    /// </summary>
    [Fact, Trait("Category", "Slow")]
    public void A_folder_with_any_damage_is_gone_on_with_to_the_same_end_or_refused_in_one_line()
    {
        using var run = new ProgramRun();
        var text = """
            domain: { kind: slab, height: 140 nm, cells: [6] }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.2 s } } ]
            output: { every_steps: 3 }
            """;
        Assert.Equal(0, ProgramRun.Call("run", run.Write("slab.yaml", text), "-o", run["whole"]).Exit);
        File.WriteAllText(run["whole/run.json"], File.ReadAllText(run["whole/run.json"])
            .Replace("finished", "running"));
        var history = File.ReadAllText(run["whole/history.csv"]);
        var files = Directory.GetFiles(run["whole"], "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToArray();
        var random = new System.Random(13);
        for (var i = 0; i < Math.Max(8, Damages / 10); i++)
        {
            Copy(run["whole"], run["one"]);
            for (var damages = random.Next(1, 4); damages > 0; damages--)
            {
                var file = Path.Combine(
                    run["one"], Path.GetRelativePath(run["whole"], files[random.Next(files.Length)]));
                File.WriteAllBytes(file, Damage(File.ReadAllBytes(file), random));
            }
            var (exit, _, errors) = ProgramRun.Call("run", run["slab.yaml"], "-o", run["one"], "--threads", "1");
            Assert.True(exit is 0 or 2 && !errors.Contains("internal", StringComparison.Ordinal), $"{exit}: {errors}");
            if (exit == 0)
                Assert.Equal(history, File.ReadAllText(run["one/history.csv"]));
            else
                Assert.Single(errors.Trim().Split('\n'));
            Directory.Delete(run["one"], recursive: true);
        }
    }

    [Fact]
    public void Commands_pass_over_a_damaged_snapshot_and_say_so()
    {
        using var run = new ProgramRun();
        var text = "domain: { kind: slab, height: 140 nm, cells: [6] }\nprotocol: [ { plate: { current: 1 mA/cm^2, "
            + "time: 0.1 s } } ]\noutput: { every: 0.05 s }";
        Assert.Equal(0, ProgramRun.Call("run", run.Write("slab.yaml", text), "-o", run["out"]).Exit);
        var damaged = RunFolder.Snapshots(run["out"])[1];
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^100]);
        var info = ProgramRun.Call("info", run["out"]);
        Assert.Equal(0, info.Exit);
        Assert.Contains(Path.GetFileName(damaged), Assert.Single(info.Errors.Trim().Split('\n')));
        var export = ProgramRun.Call("export", run["out"]);
        Assert.Equal(0, export.Exit);
        Assert.Contains("2 images", export.Output);
        Assert.Contains("passed over", export.Errors);
        Assert.Equal(2, ProgramRun.Call("info", damaged).Exit);
    }

    /// <summary>
    /// One damage of the kinds that disks, copies and crashes make: cut, bits flipped, a piece zeroed, repeated
    /// elsewhere or random, or more at the end.
    /// </summary>
    private static byte[] Damage(byte[] whole, System.Random random)
    {
        if (whole.Length == 0)
            return [0];
        var bytes = (byte[])whole.Clone();
        var (at, length) = (random.Next(bytes.Length), Math.Min(bytes.Length, random.Next(1, 600)));
        var (from, to) = (random.Next(bytes.Length - length + 1), random.Next(bytes.Length - length + 1));
        switch (random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                for (var flips = random.Next(1, 9); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes.AsSpan(from, length).Clear();
                return bytes;
            case 3:
                whole.AsSpan(from, length).CopyTo(bytes.AsSpan(to));
                return bytes;
            case 4:
                random.NextBytes(bytes.AsSpan(from, length));
                return bytes;
            default:
                return [.. bytes, .. whole[..length]];
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
