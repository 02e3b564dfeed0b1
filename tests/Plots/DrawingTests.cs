using System.Xml.Linq;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tests.Plots;

public class DrawingTests
{
    [Theory]
    [InlineData(0, 0.1709)]
    [InlineData(-178.3, 358.1)]
    [InlineData(3e-7, 3.1e-7)]
    [InlineData(42, 42)]
    [InlineData(0, 0)]
    public void TicksAreRoundNumbersInsideTheAxis(double low, double high)
    {
        var scale = Scale.Around([low, high]);
        Assert.InRange(scale.Ticks.Count, 2, 8);
        Assert.All(scale.Ticks, tick => Assert.InRange(scale.Position(tick), 0, 1));
        var step = scale.Ticks[1] - scale.Ticks[0];
        var digit = step / Math.Pow(10, Math.Floor(Math.Log10(step * (1 + 1e-9))));
        Assert.Contains(new[] { 1.0, 2, 5 }, round => Math.Abs(digit - round) < 1e-6);
        Assert.All(scale.Ticks, tick => Assert.Equal(Math.Round(tick / step), tick / step, 1e-6));
    }

    [Theory]
    [InlineData(0, 0.1709)]
    [InlineData(-178.3, 358.1)]
    [InlineData(0.3737, 0.9733)]
    public void AnAxisAroundValuesBeginsAndEndsAtTicks(double low, double high)
    {
        var scale = Scale.Around([low, high]);
        Assert.Equal((scale.From, scale.To), (scale.Ticks[0], scale.Ticks[^1]));
        Assert.True(scale.From <= low && scale.To >= high);
    }

    [Fact]
    public void RoundingBelowZeroDoesNotLengthenAnAxis() => Assert.Equal(0, Scale.Around([-1e-10, 0.05]).From);

    [Fact]
    public void LabelsOfTicksDiffer()
    {
        var scale = Scale.Around([0.101, 0.1023]);
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(scale.Label).Distinct().Count());
    }

    [Fact]
    public void ALogarithmicAxisMarksPowersOfTen()
    {
        var scale = Scale.Decades([3e-12, 1e-9]);
        Assert.Equal(["10^{−11}", "10^{−10}", "10^{−9}"], scale.Ticks.Select(scale.Label));
        Assert.All(scale.MinorTicks, tick => Assert.InRange(scale.Position(tick), 0, 1));
    }

    [Fact]
    public void TheSequentialMapGrowsLighter() =>
        Assert.All(Enumerable.Range(1, 63), i => Assert.True(Luminance(ColourMap.Sequential, 4 * i) > Luminance(ColourMap.Sequential, 4 * (i - 1)), $"at {4 * i}"));

    [Fact]
    public void TheDivergingMapIsLightestAtZeroAndFallsToBothSides()
    {
        Assert.All(Enumerable.Range(1, 127), i => Assert.True(Luminance(ColourMap.Diverging, i) >= Luminance(ColourMap.Diverging, i - 1), $"at {i}"));
        Assert.All(Enumerable.Range(129, 127), i => Assert.True(Luminance(ColourMap.Diverging, i) <= Luminance(ColourMap.Diverging, i - 1), $"at {i}"));
    }

    [Fact]
    public void LabelsAtEndsKeepTheirDistanceAndStayInside()
    {
        var placed = Chart.Spread([10, 10.5, 11, 60, 99], 10, 0, 100);
        Assert.All(placed.Zip(placed.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 10 - 1e-9));
        Assert.All(placed, y => Assert.InRange(y, 0, 100));
        Assert.Equal(60, placed[3]);
    }

    [Fact]
    public void MarkedPartsBecomeSpansAndNothingIsLost()
    {
        var spans = RichText.Spans("*U* against Li/Li^{+} (mV)", 8).ToList();
        Assert.Equal("Uagainst Li/Li+(mV)", string.Concat(spans.Select(span => span is XText text ? text.Value : ((XElement)span).Value)));
        Assert.Contains(spans.OfType<XElement>(), span => span.Value == "+" && (double)span.Attribute("dy")! < 0);
        Assert.Equal(2, spans.OfType<XElement>().Count(span => span.Attribute("dx") is not null));
    }

    [Fact]
    public void AnImageIsAPngOfTheRightSize()
    {
        var png = PngImage.Of([0, 1, 0.5, 0.2, 0.7, 0.9], 3, ColourMap.Sequential, magnify: 4);
        Assert.Equal("89504E470D0A1A0A0000000D494844520000000C00000008", Convert.ToHexString(png[..24]));
        Assert.Equal("49454E44AE426082", Convert.ToHexString(png[^8..]));
    }

    [Fact]
    public void AChartIsWellFormedWhateverItsLabelsHold()
    {
        var chart = new Chart("a < b & c", new("*z* < \"5\"", Scale.Around([0, 1])), new("&", Scale.Around([0, 1])), [new("<0>", "black", [(0, 0), (1, 1)])]);
        var root = XDocument.Parse(chart.Draw().ToString()).Root!;
        Assert.Equal(("svg", "a < b & c"), (root.Name.LocalName, root.Element(Drawing.Svg + "title")!.Value));
    }

    private static double Luminance(ColourMap map, int shade)
    {
        var (r, g, b) = map.At(shade / 255.0);
        static double Linear(byte value) => value <= 10 ? value / 3294.6 : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);
    }
}
