using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.House;

/// <summary>Layers and rooms import only what comes before them, and no files of a layer go round in a circle.</summary>
public sealed class StructureTests(StructureTests.Program program) : IClassFixture<StructureTests.Program>
{
    /// <summary>The layers from the bottom up.</summary>
    private static readonly string[] Layers = ["kernels", "src/Device", "src/Model", "src/Solvers", "src/IO", "tools", "src/Studies", "src/Cli"];

    /// <summary>The program as it was compiled.</summary>
    public sealed class Program
    {
        internal SourceGraph Graph { get; } = new(Directory.GetFiles(AppContext.BaseDirectory, "MesoLiMg.*.dll")
            .Append(Path.Combine(AppContext.BaseDirectory, "mesolimg.dll")).Where(path => !path.EndsWith("Tests.dll")), CaseText.Root());
    }

    [Fact]
    public void The_graph_knows_the_files_and_what_they_use()
    {
        Assert.Contains(("src/Device/HostDevice.cs", "src/Device/IDevice.cs"), program.Graph.Arrows);
        Assert.All(program.Graph.Files, file => Assert.Contains(Layers, layer => file.StartsWith(layer + "/")));
    }

    [Fact]
    public void No_files_of_a_layer_go_round_in_a_circle() => Empty(program.Graph.Cycles().Select(cycle => string.Join(", ", cycle)));

    [Fact]
    public void No_layer_uses_one_above_it() => Empty(
        from arrow in program.Graph.Arrows
        where Array.IndexOf(Layers, Layer(arrow.From)) < Array.IndexOf(Layers, Layer(arrow.To))
        select $"{arrow.From} uses {arrow.To}");

    [Fact]
    public void No_rooms_of_a_layer_go_round_in_a_circle() => Empty(RoomCycles(program.Graph));

    [Fact]
    public void A_planted_circle_of_files_is_found()
    {
        var graph = new SourceGraph(("src/IO/A.cs", "src/IO/B.cs"), ("src/IO/B.cs", "src/IO/C.cs"), ("src/IO/C.cs", "src/IO/A.cs"), ("src/IO/C.cs", "src/IO/D.cs"));
        Assert.Equal(["src/IO/A.cs", "src/IO/B.cs", "src/IO/C.cs"], Assert.Single(graph.Cycles()));
    }

    [Fact]
    public void A_planted_circle_of_rooms_is_found()
    {
        var graph = new SourceGraph(("src/IO/Hdf5/A.cs", "src/IO/Runs/B.cs"), ("src/IO/Runs/C.cs", "src/IO/Hdf5/D.cs"));
        Assert.Empty(graph.Cycles());
        Assert.Equal("src/IO/Hdf5, src/IO/Runs", Assert.Single(RoomCycles(graph)));
    }

    private static string Layer(string file) => Layers.Single(layer => file.StartsWith(layer + "/"));

    private static string Room(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private static IEnumerable<string> RoomCycles(SourceGraph graph)
    {
        var next = graph.Arrows.Select(arrow => (From: Room(arrow.From), To: Room(arrow.To))).Where(arrow => arrow.From != arrow.To).ToLookup(arrow => arrow.From, arrow => arrow.To);
        return StrongComponents.Of([.. next.Select(room => room.Key).Order(StringComparer.Ordinal)], room => next[room].Distinct()).Select(cycle => string.Join(", ", cycle));
    }

    private static void Empty(IEnumerable<string> lines)
    {
        var found = string.Join("\n", lines);
        Assert.True(found == "", found);
    }
}
