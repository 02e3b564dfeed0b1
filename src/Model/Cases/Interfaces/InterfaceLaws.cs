namespace MesoLiMg.Model;

/// <summary>The tangential laws by name: a further one is a line here, beside files of its own.</summary>
public static class InterfaceLaws
{
    /// <summary>All laws in the order in which help names them.</summary>
    public static IReadOnlyList<InterfaceLawKind> All { get; } =
    [
        Bonded.Kind,
        Spring.Kind,
        Friction.Kind,
        Frictionless.Kind,
        Layer.Kind,
    ];

    /// <summary>The laws that can be on a layer's far side.</summary>
    public static IEnumerable<InterfaceLawKind> OfFarSides => All.Where(kind => kind.FarSideEntry is null);

    /// <summary>The entries that laws read, without repetition.</summary>
    public static IEnumerable<string> Entries => All.SelectMany(kind => kind.Entries).Distinct();

    extension(InterfaceCase side)
    {
        /// <summary>The law with its parameters.</summary>
        public InterfaceLaw Tangential
        {
            get
            {
                var (kind, far) = (KindOf(side.Law), KindOf(side.FarSide));
                return kind.Over is { } over
                    ? over(side, far == kind ? kind.Of(side) : far.Of(side))
                    : kind.Of(side);
            }
        }

        /// <summary>The meshed layer; null without one.</summary>
        public ElasticLayer? Layer => side.Tangential.Neighbour;
    }

    /// <summary>The help on an entry with the laws that read it.</summary>
    public static string HelpWithLaws(string help, string entry)
    {
        string[] laws = [.. All.Where(kind => kind.Entries.Contains(entry)).Select(kind => kind.Word)];
        return laws.Length == 0 ? help : $"{help} With law {string.Join(", ", laws)}.";
    }

    private static InterfaceLawKind KindOf(InterfaceLawName name) => All.Single(kind => kind.Equals(name));
}
