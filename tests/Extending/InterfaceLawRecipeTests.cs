using System.Globalization;
using System.Text.Json;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Extending;

/// <summary>The recipe of an interface law in docs/extending.md: it is followed as it stands, built and run.</summary>
public class InterfaceLawRecipeTests
{
    private const string CaseFile = "exponential.yaml";

    /// <summary>As in the case of the recipe [nm, Pa, m].</summary>
    private const double H = 5, Height = 30, Strength = 0.3e9, Length = 0.5e-9;

    private const int Nx = 8, Ny = 6;

    private static readonly Recipe Law = Recipe.Read(
        File.ReadAllText(Path.Combine(CaseText.Root(), "docs", "extending.md")),
        "An interface law (exponential traction)");

    [Fact]
    public void The_recipe_names_files_of_its_own_and_one_line_in_two_others()
    {
        Assert.Equal(6, Law.Steps.Count);
        var insertions = Law.Steps.Where(step => step.After is not null).ToArray();
        Assert.Equal(2, insertions.Length);
        Assert.All(insertions, step => Assert.Single(step.Code.TrimEnd().Split('\n')));
    }

    [Fact, Trait("Category", "Slow")]
    public void A_law_made_as_the_recipe_says_has_its_traction()
    {
        using var tree = new ScratchTree();
        Law.Apply(tree.Folder);
        var changes = tree.Changes();
        Assert.InRange(changes.Count, 1, 2);
        Assert.All(changes, change => Assert.Equal((1, 0), (change.Added, change.Removed)));
        tree.Build();
        tree.Run("run", tree[CaseFile], "-o", tree["out"]);
        AssertTraction(tree);
        Assert.Contains("With law exponential", tree.Run("help-case", "interfaces.se.slip_length"));
        Assert.Contains("slip_length: 0.5 nm", File.ReadAllText(tree["out/case.yaml"]));
    }

    /// <summary>The shears on each face of the SE side are the mean of the tractions of its four nodes.</summary>
    private static void AssertTraction(ScratchTree tree)
    {
        var nodes = Points(tree, Nx + 1, Ny + 1, 0).Select(point => Traction(Numbers(point, "displacement"))).ToArray();
        var faces = Points(tree, Nx, Ny, H / 2).Select(point => Numbers(point, "stress")).ToArray();
        for (var j = 0; j < Ny; j++)
        {
            for (var i = 0; i < Nx; i++)
            {
                var corner = i + j * (Nx + 1);
                int[] around = [corner, corner + 1, corner + Nx + 1, corner + Nx + 2];
                var stress = faces[i + j * Nx];
                Assert.Equal(around.Average(node => nodes[node].X), stress[5], 1e-6 * Strength);
                Assert.Equal(around.Average(node => nodes[node].Y), stress[4], 1e-6 * Strength);
            }
        }
        // From where nothing moves to where the interface carries nearly all that it can.
        var sizes = nodes.Select(t => Math.Sqrt(t.X * t.X + t.Y * t.Y) / Strength).ToArray();
        Assert.True(sizes.Min() < 0.01 && sizes.Max() is > 0.5 and < 1, $"{sizes.Min():g3} to {sizes.Max():g3}");
    }

    /// <summary>t = -t_max (1 - exp(-|u|/δ)) u/|u|</summary>
    private static (double X, double Y) Traction(double[] u)
    {
        var size = Math.Sqrt(u[0] * u[0] + u[1] * u[1]);
        var over = size == 0 ? 0 : -Strength * (1 - Math.Exp(-size / Length)) / size;
        return (over * u[0], over * u[1]);
    }

    /// <summary>What the program gives at points of the SE side, x fastest.</summary>
    private static JsonElement[] Points(ScratchTree tree, int nx, int ny, double first)
    {
        var points = from j in Enumerable.Range(0, ny)
                     from i in Enumerable.Range(0, nx)
                     select string.Create(CultureInfo.InvariantCulture, $"{first + i * H},{first + j * H},{Height}");
        var snapshot = Directory.GetFiles(tree["out/snapshots"], "*.h5").Order(StringComparer.Ordinal).Last();
        var json = tree.Run("probe", snapshot, "--points", string.Join(';', points), "--json");
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("points").EnumerateArray()];
    }

    private static double[] Numbers(JsonElement point, string field) =>
        [.. point.GetProperty(field).EnumerateArray().Select(number => number.GetDouble())];
}
