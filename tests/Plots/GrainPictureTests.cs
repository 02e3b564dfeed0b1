using System.Xml.Linq;
using MesoLiMg.Model;
using MesoLiMg.Tests.Microstructure;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tests.Plots;

/// <summary>Pictures of grains: who touches whom can be seen.</summary>
public class GrainPictureTests
{
    [Theory]
    [InlineData("{ kind: 3d, size: [1 um, 1 um, 140 nm], cells: [64, 64, 4], lateral: periodic }",
        "{ kind: columnar, grains: 60 }")]
    [InlineData("{ kind: 3d, size: [1 um, 1 um, 1 um], cells: [32, 32, 32] }", "{ kind: equiaxed, grains: 200 }")]
    [InlineData("{ kind: plane-strain, size: [1 um, 200 nm], cells: [100, 20] }",
        "{ kind: columnar, grain_size: 60 nm }")]
    public void GrainsThatTouchDifferInColourAndAllColoursAreUsed(string domain, string microstructure)
    {
        var grains = Grains(domain, microstructure);
        var colours = GrainColours.Of(grains.Grid, grains.Grain, ColourMap.Grains.Count);
        var (nx, ny, nz) = grains.Grid.Cells;
        for (var cell = 0; cell < grains.Grain.Length; cell++)
        {
            var (x, y, z) = (cell % nx, cell / nx % ny, cell / nx / ny);
            int[] beside = [x + 1 < nx ? cell + 1 : cell, y + 1 < ny ? cell + nx : cell, z + 1 < nz
                ? cell + nx * ny : cell];
            Assert.All(beside.Where(other => grains.Grain[other] != grains.Grain[cell]), other =>
                Assert.NotEqual(colours[grains.Grain[cell]], colours[grains.Grain[other]]));
        }
        Assert.Equal(Math.Min(ColourMap.Grains.Count, grains.Count), grains.Grain.Select(grain => colours[grain])
            .Distinct().Count());
    }

    [Fact]
    public void ALineRunsBetweenTwoLayersAndNowhereElse()
    {
        var drawing = XDocument.Parse(
            new GrainPicture(Grains("{ kind: plane-strain, size: [40 nm, 20 nm], cells: [8, 4] }",
            "{ kind: layers, grains: 2 }"), Voids: false).Draw().ToString());
        var frame = drawing.Descendants(Svg.Namespace + "image").Single();
        double Of(string name) =>
            double.Parse(frame.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var line = Assert.Single(drawing.Descendants(Svg.Namespace + "path")).Attribute("d")!.Value.Split('M', 'L', ' ')
            .Skip(1).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        double[] expected = [Of("x"), Of("y") + Of("height") / 2, Of("x") + Of("width"), Of("y") + Of("height") / 2];
        Assert.All(expected.Zip(line), ends => Assert.Equal(ends.First, ends.Second, 0.02));
    }

    [Theory]
    [InlineData("{ kind: plane-strain, size: [10 nm, 10 um], cells: [4, 40] }", true)]
    [InlineData("{ kind: plane-strain, size: [10 um, 10 nm], cells: [40, 4] }", true)]
    [InlineData("{ kind: plane-strain, size: [40 nm, 20 nm], cells: [8, 4] }", false)]
    public void AVeryTallOrFlatBoxIsDrawnLessSoAndThePictureSaysIt(string domain, bool isLimited)
    {
        var drawing = new GrainPicture(Grains(domain, "{ kind: layers, grains: 2 }"), Voids: false).Draw();
        Assert.InRange(drawing.Height / drawing.Width, 0.1, 3.5);
        Assert.Equal(isLimited, drawing.ToString().Contains("not to scale"));
    }

    private static GrainMap Grains(string domain, string microstructure) =>
        GrainTests.Grains($"domain: {domain}\nmicrostructure: {microstructure}");
}
