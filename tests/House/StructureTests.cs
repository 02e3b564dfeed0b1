using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.House;

/// <summary>
/// Layers and rooms import only what comes before them, and no files of a layer go round in a circle.
/// </summary>
public sealed class StructureTests(StructureTests.Program program) : IClassFixture<StructureTests.Program>
{
    /// <summary>The layers from the bottom up.</summary>
    private static readonly string[] Layers = ["kernels", "src/Device", "src/Model", "src/Solvers", "src/IO", "tools",
        "src/Studies", "src/Cli"];

    /// <summary>The rooms of each layer from the first to the last: one may use only those before it.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["kernels"] =
        [
            "Lanes", "Fields", "Composition", "Vectors", "Mechanics/Tensors", "Mechanics/Materials", "Multigrid",
            "Mechanics/Elements", "Mechanics", "Lithium", "Interfaces",
        ],
        ["src/Device"] = [""],
        ["src/Model"] =
        [
            "Text", "Units", "Declare", "Tables", "Cases/Ocv", "Cases/Kinetics", "Cases", "Properties", "Geometry",
            "Cases/Interfaces", "Layers", "Microstructure", "Reading",
        ],
        ["src/Solvers"] =
        [
            "Reporting", "Grids", "Linear", "Materials", "Mechanics/Operator", "Mechanics/Multigrid",
            "Mechanics/Interfaces", "Mechanics", "Lithium/Kinetics", "Lithium", "Fields", "Time",
        ],
        ["src/IO"] = ["Files", "Hdf5", "Import/Maps", "Import", "Snapshots", "Probe", "Runs"],
        ["tools"] = ["Bench", "Plots", ""],
        ["src/Studies"] =
            ["Printing", "Runs", "Convergence", "Sweeps", "Verification", "Paper", "Report"],
        ["src/Cli"] = ["Process", "Commands", ""],
    };

    /// <summary>The program as it was compiled.</summary>
    public sealed class Program
    {
        internal SourceGraph Graph { get; } = new(Directory.GetFiles(AppContext.BaseDirectory, "MesoLiMg.*.dll")
            .Append(Path.Combine(AppContext.BaseDirectory, "mesolimg.dll")).Where(path => !path.EndsWith("Tests.dll")),
                CaseText.Root());
    }

    [Fact]
    public void The_graph_knows_the_files_and_what_they_use()
    {
        Assert.Contains(("src/Device/HostDevice.cs", "src/Device/IDevice.cs"), program.Graph.Arrows);
        Assert.All(program.Graph.Files, file => Assert.Contains(Layers, layer => file.StartsWith(layer + "/")));
    }

    [Fact]
    public void No_files_of_a_layer_go_round_in_a_circle() =>
        Empty(program.Graph.Cycles().Select(cycle => string.Join(", ", cycle)));

    [Fact]
    public void No_layer_uses_one_above_it() => Empty(
        from arrow in program.Graph.Arrows
        where Array.IndexOf(Layers, Layer(arrow.From)) < Array.IndexOf(Layers, Layer(arrow.To))
        select $"{arrow.From} uses {arrow.To}");

    [Fact]
    public void Every_file_lies_in_a_room() => Empty(program.Graph.Files.Where(file => Place(file) < 0));

    [Fact]
    public void No_room_uses_one_after_it() => Empty(Backward(program.Graph));

    [Fact]
    public void No_rooms_of_a_layer_go_round_in_a_circle() => Empty(RoomCycles(program.Graph));

    [Fact]
    public void A_planted_circle_of_files_is_found()
    {
        var graph = new SourceGraph(("src/IO/A.cs", "src/IO/B.cs"), ("src/IO/B.cs", "src/IO/C.cs"),
            ("src/IO/C.cs", "src/IO/A.cs"), ("src/IO/C.cs", "src/IO/D.cs"));
        Assert.Equal(["src/IO/A.cs", "src/IO/B.cs", "src/IO/C.cs"], Assert.Single(graph.Cycles()));
    }

    [Fact]
    public void A_planted_circle_of_rooms_is_found()
    {
        var graph = new SourceGraph(("src/IO/Hdf5/A.cs", "src/IO/Runs/B.cs"), ("src/IO/Runs/C.cs", "src/IO/Hdf5/D.cs"));
        Assert.Empty(graph.Cycles());
        Assert.Equal("src/IO/Hdf5, src/IO/Runs", Assert.Single(RoomCycles(graph)));
    }

    [Fact]
    public void A_planted_arrow_to_a_later_room_is_found()
    {
        var graph = new SourceGraph(("src/IO/Runs/A.cs", "src/IO/Hdf5/B.cs"),
            ("src/IO/Files/C.cs", "src/IO/Runs/D.cs"));
        Assert.Equal("src/IO/Files/C.cs uses src/IO/Runs/D.cs", Assert.Single(Backward(graph)));
    }

    /// <summary>Arrows within a layer that lead to a later room.</summary>
    private static IEnumerable<string> Backward(SourceGraph graph) =>
        from arrow in graph.Arrows
        where Layer(arrow.From) == Layer(arrow.To) && Place(arrow.From) < Place(arrow.To)
        select $"{arrow.From} uses {arrow.To}";

    /// <summary>The number of a file's room in its layer; -1 for one that has none.</summary>
    private static int Place(string file) =>
        Array.IndexOf(Rooms[Layer(file)], Room(file)[Layer(file).Length..].TrimStart('/'));

    private static string Layer(string file) => Layers.Single(layer => file.StartsWith(layer + "/"));

    private static string Room(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private static IEnumerable<string> RoomCycles(SourceGraph graph)
    {
        var next = graph.Arrows.Select(arrow => (From: Room(arrow.From), To: Room(arrow.To)))
            .Where(arrow => arrow.From != arrow.To).ToLookup(arrow => arrow.From, arrow => arrow.To);
        return StrongComponents.Of([.. next.Select(room => room.Key).Order(StringComparer.Ordinal)], room => next[room]
            .Distinct()).Select(cycle => string.Join(", ", cycle));
    }

    private static void Empty(IEnumerable<string> lines)
    {
        var found = string.Join("\n", lines);
        Assert.True(found == "", found);
    }
}
