using FsCheck;
using FsCheck.Fluent;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class MutationTests
{
    private const string Alphabet = " \n\t:-{}[],#&*!|>'\"%@`~.=+^/()0159enmGPaµ°²\0\u2028é";

    [Fact]
    public void A_mutilated_case_is_read_or_refused_in_one_line_and_never_fails_otherwise() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => ReadOrRefused(Mutilate(CaseText.Plate, new System.Random(seed)), [])));

    [Fact]
    public void A_mutilated_override_is_applied_or_refused_in_one_line_and_never_fails_otherwise() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
            ReadOrRefused(CaseText.Plate, [Mutilate("protocol.0.plate={ current: 1 mA/cm^2, time: 10 s }", new System.Random(seed))])));

    private static bool ReadOrRefused(string text, string[] overrides)
    {
        try
        {
            CaseText.Parse(text, overrides);
            return true;
        }
        catch (InputException e)
        {
            return e.Message.StartsWith(overrides is [] ? "a.yaml" : "", StringComparison.Ordinal) && !e.Message.Any(char.IsControl);
        }
    }

    /// <summary>One to four random edits: a piece removed, doubled or moved, or a troublesome character put in.</summary>
    private static string Mutilate(string text, System.Random random)
    {
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(1, 12), text.Length - at), to = random.Next(text.Length - length + 1);
            string piece = text.Substring(at, length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, piece),
                2 => text.Remove(at, length).Insert(to, piece),
                _ => text.Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
            };
            if (text == "") return text;
        }
        return text;
    }
}
