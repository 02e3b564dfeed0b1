namespace MesoLiMg.Model;

/// <summary>The sides of the film. What a law asks of its entries is in its own file (Cases/Interfaces).</summary>
internal sealed partial class CaseRules
{
    private Case Whole => @case;

    /// <summary>Warns of entries that the law of a side does not read.</summary>
    private void WarnOfInterface(string path, InterfaceCase side)
    {
        (string choice, string why) = ("law", With("law", side.Law));
        if (side.Law.FarSideEntry is { } farSide)
            (choice, why) = (farSide, $"{why} and {farSide} {side.FarSide.Word}");
        NoEffect(path, side, choice, why, [.. InterfaceLaws.Entries.Except(side.Law.EntriesOf(side.FarSide))]);
    }

    /// <summary>The rules for the entries of one side.</summary>
    private sealed class SideRules(CaseRules all, string path) : ISideRules
    {
        public DomainCase Domain => all.Whole.Domain;

        public IReadOnlyList<string> FarSides => [.. InterfaceLaws.OfFarSides.Select(kind => kind.Word)];

        public InputException Fail(string key, string what) => all.Fail($"{path}.{key}", what);

        public void Require(string key) => all.Require(path, key);

        public void Refuse(string key, string why) => all.Refuse($"{path}.{key}", why);
    }
}
