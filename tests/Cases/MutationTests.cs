using FsCheck;
using FsCheck.Fluent;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Cases;

/// <summary>Case files with random damage. MESOLIMG_MUTATIONS sets how many (docs/robustness.md).</summary>
public class MutationTests
{
    private const string Alphabet = " \n\t:-{}[],#&*!|>'\"%@`~.=+^/()0159enmGPaµ°²\0\u2028é";

    /// <summary>Numbers and words that are valid somewhere.</summary>
    private static readonly string[] Pieces =
    [
        "0", "-1", "1e300", "1e-300", "nan", "inf", "1 nm", "1 m", "1 K", "1 mA/cm^2", "-5 GPa", "two-way", "none",
            "friction", "bonded", "slab", "3d", "periodic", "[]", "{}", "~", "true", "[1, 1]", "[4, 4, 4]",
            "{ mg: 45 GPa, li: 7.8 GPa }",
    ];

    private static readonly int Mutations = Counts.Of("MESOLIMG_MUTATIONS", 1000);

    [Fact]
    public void A_mutilated_case_is_read_or_refused_in_one_line_and_never_fails_otherwise() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Mutations),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
            ReadOrRefused(Mutilate(CaseText.Plate, new System.Random(seed)), [])));

    [Fact]
    public void A_mutilated_override_is_applied_or_refused_in_one_line_and_never_fails_otherwise() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Mutations / 2),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
            ReadOrRefused(CaseText.Plate,
                [Mutilate("protocol.0.plate={ current: 1 mA/cm^2, time: 10 s }", new System.Random(seed))])));

    /// <summary>
    /// All entries of the examples, written out with their defaults, are mutilated; what is still read has to be what
    /// it says, and to start or fail in good order.
    /// </summary>
    [Fact, Trait("Category", "Slow")]
    public void A_mutilated_example_is_refused_or_starts_as_the_case_that_it_is()
    {
        string[] texts = [.. CaseText.Examples().Select(Small)];
        var random = new System.Random(17);
        int started = 0;
        for (int i = 0; i < Mutations; i++)
        {
            string text = Change(texts[random.Next(texts.Length)], random);
            CaseDocument document;
            try
            {
                document = CaseText.Parse(text);
            }
            catch (InputException e)
            {
                Assert.True(!e.Message.Any(char.IsControl), e.Message);
                continue;
            }
            // What is written down beside the results is the case that is run.
            string written = CaseWriter.Write(document.Case);
            Assert.Equal(written, CaseWriter.Write(CaseText.Parse(written).Case));
            AssertStarts(document, text);
            started++;
        }
        Assert.True(started > Mutations / 20, $"only {started} of {Mutations} were read");
    }

    private static bool ReadOrRefused(string text, string[] overrides)
    {
        try
        {
            CaseText.Parse(text, overrides);
            return true;
        }
        catch (InputException e)
        {
            return e.Message.StartsWith(overrides is [] ? "a.yaml" : "", StringComparison.Ordinal)
                && !e.Message.Any(char.IsControl);
        }
    }

    /// <summary>
    /// An example with every entry written out, on a grid that takes a moment where it can have such a one.
    /// </summary>
    private static string Small(string file)
    {
        Case @case = CaseReader.Read(file, []).Case;
        string cells = @case.Domain.Kind switch
        {
            DomainKind.Slab => "[6]",
            DomainKind.ThreeD => "[3, 3, 3]",
            _ => "[4, 4]"
        };
        try
        {
            return CaseWriter.Write(CaseReader.Read(file, [$"domain.cells={cells}"]).Case);
        }
        catch (InputException)
        {
            // Its layers and grains need more cells.
            return CaseWriter.Write(@case);
        }
    }

    /// <summary>
    /// Runs the first steps, if the grid is small: they give finite numbers, or the run fails with its reason.
    /// </summary>
    private static void AssertStarts(CaseDocument document, string text)
    {
        if (GridShape.Of(document.Case.Domain).CellCount > 100)
            return;
        using var device = new HostDevice(1);
        using var cancel = new CancellationTokenSource();
        try
        {
            new Simulation(device, document, InitialConcentration.Of(document.Case))
                .Run(new FirstSteps(cancel), cancel.Token);
        }
        catch (Exception e) when (e is InputException or RunException or OperationCanceledException)
        {
            Assert.False(e.Message.Contains('\n'), e.Message);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}\n{text}");
        }
    }

    /// <summary>
    /// One to four random edits: a piece removed, doubled or moved, a troublesome character put in, or a value
    /// replaced.
    /// </summary>
    private static string Mutilate(string text, System.Random random)
    {
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(1, 12), text.Length - at),
                to = random.Next(text.Length - length + 1);
            string piece = text.Substring(at, length);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, piece),
                2 => text.Remove(at, length).Insert(to, piece),
                3 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
                _ => WithValue(text, at, Pieces[random.Next(Pieces.Length)]),
            };
            if (text == "") return text;
        }
        return text;
    }

    /// <summary>
    /// One or two digits or values replaced, or a mutilation now and then: text that is often read, and means something
    /// else.
    /// </summary>
    private static string Change(string text, System.Random random)
    {
        if (random.Next(5) == 0) return Mutilate(text, random);
        for (int edits = random.Next(1, 3); edits > 0; edits--)
        {
            int digit = text.IndexOfAny("0123456789".ToCharArray(), random.Next(text.Length));
            text = random.Next(3) == 0 || digit < 0
                ? WithValue(text, random.Next(text.Length), Pieces[random.Next(Pieces.Length)])
                : text.Remove(digit, 1).Insert(digit, random.Next(10).ToString());
        }
        return text;
    }

    /// <summary>Another value behind the next colon.</summary>
    private static string WithValue(string text, int at, string value)
    {
        int colon = text.IndexOf(": ", at, StringComparison.Ordinal);
        if (colon < 0) return text;
        int end = text.AsSpan(colon + 2).IndexOfAny(",}]\n");
        return end < 0 ? text : string.Concat(text.AsSpan(0, colon + 2), value, text.AsSpan(colon + 2 + end));
    }

    private sealed class FirstSteps(CancellationTokenSource cancel) : ISimulationObserver
    {
        private const int Steps = 3;

        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
            Assert.All(row.ToArray(), value => Assert.True(value is null || double.IsFinite(value.Value)));
            if (simulation.Step >= Steps) cancel.Cancel();
        }

        public void Reached(Simulation simulation)
        {
        }
    }
}
