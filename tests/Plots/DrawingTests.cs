using System.Globalization;
using System.Xml.Linq;
using MesoLiMg.Model;
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

    [Theory]
    [InlineData(0.1, 0.1 + 1e-15, false, "0.1")]
    [InlineData(29.999998, 30.000003, false, "30")]
    [InlineData(-10.0000001, -9.9999999, true, "−10")]
    [InlineData(0, 0, false, "0")]
    public void AFieldThatIsUniformButForNoiseHasOneNumberOnItsBar(double low, double high, bool signed, string label)
    {
        var picture = new FieldPicture("t", new Quantity("q", 1, ColourMap.Sequential, signed), [low, high, low, high],
            new(DomainKind.PlaneStrain, (2, 1, 2), (1e-8, 1, 1e-8)));
        var texts = XDocument.Parse(picture.Draw().ToString()).Descendants()
            .Where(element => element.Name.LocalName == "text").ToList();
        Assert.Single(texts, text => text.Value == label && text.Attribute("text-anchor") is null
            && double.TryParse(text.Value.Replace('−', '-'), CultureInfo.InvariantCulture, out _));
        Assert.DoesNotContain(texts, text => text.Value.Length > 12);
    }

    [Fact]
    public void AnAxisOfSmallNumbersHasPowersOfTenInPlaceOfZeros()
    {
        var scale = Scale.Around([-1.5e-6, 2.7e-6]);
        Assert.All(scale.Ticks.Select(scale.Label), label => Assert.Matches(@"^0$|^−?(\d(\.\d)?×)?10\^\{−6\}$", label));
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(scale.Label).Distinct().Count());
        var narrow = Scale.Around([1.001e-5, 1.002e-5]);
        Assert.Equal(narrow.Ticks.Count, narrow.Ticks.Select(narrow.Label).Distinct().Count());
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

    [Theory]
    [InlineData(2e-3, 6e-3)]
    [InlineData(0.031, 0.74)]
    [InlineData(3e-9, 4e2)]
    [InlineData(1.23, 1.28)]
    public void ALogarithmicAxisIsLittleLongerThanItsValuesAndHasTicks(double low, double high)
    {
        var scale = Scale.Decades([high, low]);
        Assert.InRange(Math.Log(scale.To / scale.From) / Math.Log(high / low), 1.05, 1.1);
        Assert.InRange(scale.Position(low), 0.03, 0.05);
        Assert.InRange(scale.Ticks.Count, 3, 8);
        Assert.All(scale.Ticks.Concat(scale.MinorTicks), tick => Assert.InRange(scale.Position(tick), 0, 1));
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(scale.Label).Distinct().Count());
    }

    [Fact]
    public void AConvergencePictureIsMarkedAtItsLevelsAndNamesEveryLineAtItsFineEnd()
    {
        var chart = ConvergencePicture.OfErrors([("x, L²", [1e-2, 2.5e-3, 6e-4]), ("σ_rr", [3e-2, 1e-2, 3e-3])]);
        Assert.Equal(["1", "2", "4"], chart.X.Scale.Ticks.Select(chart.X.Scale.Label));
        Assert.Equal(["first order", "second order", "*x*, L²", "*σ*_{rr}"], chart.Curves.Select(curve => curve.Label)
            .Where(label => label.Length > 0));
        Assert.All(chart.Curves, curve => Assert.InRange(chart.X.Scale.Position(curve.Points[^1].X), 0.95, 1));
        Assert.All(chart.Curves.SelectMany(curve => curve.Points), point =>
            Assert.InRange(chart.Y.Scale.Position(point.Y), 0, 1));
    }

    [Fact]
    public void RefinementGoesToTheRightInAConvergenceStudy()
    {
        var chart = ConvergencePicture.Of([("von_mises", [4e-3, 2e-3, 1e-3], true)], 2);
        Assert.Equal(["2", "4", "8"], chart.X.Scale.Ticks.Select(chart.X.Scale.Label));
        Assert.Contains(chart.Curves, curve => curve is { Label: "von mises", Style: LineStyle.Marks });
    }

    [Fact]
    public void CurvesOfAPictureDifferWithoutTheirColours()
    {
        var lines = Enumerable.Range(0, 4).Select(i => Curve.Numbered(i, "", []));
        Assert.Equal(4, lines.Select(line => line.Style).Distinct().Count());
        var marks = Enumerable.Range(0, 14).Select(i => Curve.Numbered(i, "", [], marks: true)).ToList();
        Assert.Equal(7, marks.Take(7).Select(curve => curve.Mark).Distinct().Count());
        Assert.Equal(14, marks.Select(curve => (curve.Mark, curve.Colour)).Distinct().Count());
    }

    [Fact]
    public void ALegendSaysWhatLinesAndMarksMean()
    {
        var chart = new Chart("", new("", Scale.Around([0, 1])), new("", Scale.Around([0, 1])),
            [Curve.Numbered(0, "1 A", [(0, 0), (1, 1)], marks: true)])
        {
            Key = [(LineStyle.Marks, "computed"), (LineStyle.Thin, "exact")]
        };
        var texts = XDocument.Parse(chart.Draw().ToString()).Descendants(Svg.Namespace + "text")
            .Select(text => text.Value).ToList();
        Assert.Equal(["1 A", "computed", "exact"], texts[^3..]);
    }

    [Theory]
    [InlineData("u_z", "*u*_{z}")]
    [InlineData("x, L²", "*x*, L²")]
    [InlineData("sigma_h", "*σ*_{h}")]
    [InlineData("x_se", "*x*_{se}")]
    [InlineData("von_mises_max", "von mises max")]
    [InlineData("stress on the held face", "stress on the held face")]
    public void NamesOfTablesBecomeSymbolsOrWords(string name, string shown) =>
        Assert.Equal(shown, RichText.Symbol(name));

    [Theory]
    [InlineData("x")]
    [InlineData("von_mises")]
    [InlineData("potential")]
    [InlineData("a field that no table names")]
    public void ColoursOfUnsignedQuantitiesGrowLighter(string field)
    {
        var map = Quantity.Of(field, "Pa", 1e9).Map;
        Assert.All(Enumerable.Range(1, 63), i =>
            Assert.True(Luminance(map, 4 * i) > Luminance(map, 4 * (i - 1)), $"at {4 * i}"));
    }

    [Theory]
    [InlineData(2e9, "*σ*_{vM} (GPa)", 1e-9)]
    [InlineData(2e7, "*σ*_{vM} (MPa)", 1e-6)]
    [InlineData(0, "*σ*_{vM} (MPa)", 1e-6)]
    public void StressIsShownInTheUnitThatSuitsIt(double largest, string label, double factor) =>
        Assert.Equal((label, factor), Quantity.Of("von_mises", "Pa", largest) is var shown
            ? (shown.Label, shown.Factor) : default);

    [Fact]
    public void SignedQuantitiesAreShownAboutZero() =>
        Assert.All(["sigma_h", "potential_mech"], field =>
            Assert.True(Quantity.Of(field, "Pa", 1) is { Signed: true, Map.Name: "blue-red" }));

    [Fact]
    public void TheDivergingMapIsLightestAtZeroAndFallsToBothSides()
    {
        Assert.All(Enumerable.Range(1, 127), i =>
            Assert.True(Luminance(ColourMap.Diverging, i) >= Luminance(ColourMap.Diverging, i - 1), $"at {i}"));
        Assert.All(Enumerable.Range(129, 127), i =>
            Assert.True(Luminance(ColourMap.Diverging, i) <= Luminance(ColourMap.Diverging, i - 1), $"at {i}"));
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
        Assert.Equal("Uagainst Li/Li+(mV)",
            string.Concat(spans.Select(span => span is XText text ? text.Value : ((XElement)span).Value)));
        Assert.Contains(spans.OfType<XElement>(), span => span.Value == "+" && (double)span.Attribute("dy")! < 0);
        Assert.Equal(2, spans.OfType<XElement>().Count(span => span.Attribute("dx") is not null));
    }

    /// <summary>
    /// Widths of Helvetica and of DejaVu Sans, which fontconfig takes where it has no face like Helvetica.
    /// </summary>
    [Theory]
    [InlineData("mechanical", 5.057, 5.739)]
    [InlineData("electrolyte", 4.557, 5.350)]
    [InlineData("32.9 min", 3.835, 4.430)]
    [InlineData("potential mech difference", 11.172, 12.915)]
    [InlineData("W%MGHmw", 5.721, 6.121)]
    [InlineData("−100", 2.252, 2.746)]
    public void ATextHasRoomInEitherFace(string text, double helvetica, double dejaVu) =>
        Assert.InRange(RichText.Width(text, 1), Math.Max(helvetica, dejaVu), 1.15 * Math.Max(helvetica, dejaVu));

    [Theory]
    [InlineData(10, 10)]
    [InlineData(1, 1000)]
    [InlineData(100, 1)]
    public void TheTitleOfAFieldIsInsideThePictureAndClearOfTheElectrolytesName(int width, int height)
    {
        const string title = "*t* = 32.9 min, section at *y* = 12.25 nm";
        var drawing = new FieldPicture(title, new Quantity("q", 1, ColourMap.Sequential, false), [0, 1, 2, 3],
            new(DomainKind.PlaneStrain, (2, 1, 2), (width * 1e-9, 1, height * 1e-9))).Draw();
        var texts = XDocument.Parse(drawing.ToString()).Descendants(Svg.Namespace + "text").ToList();
        double At(XElement text, string name) => (double)text.Attribute(name)!;
        var (shown, side) = (texts.Single(text => text.Value.StartsWith("t=")),
            texts.Single(text => text.Value == "electrolyte"));
        var end = At(shown, "x") + RichText.Width(title, Drawing.FontSize);
        Assert.True(end <= drawing.Width);
        Assert.InRange(At(side, "x") - RichText.Width("electrolyte", Drawing.FontSize), 0, drawing.Width);
        Assert.True(At(shown, "y") < At(side, "y")
            || end < At(side, "x") - RichText.Width("electrolyte", Drawing.FontSize));
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
        var chart = new Chart("a < b & c", new("*z* < \"5\"", Scale.Around([0, 1])), new("&", Scale.Around([0, 1])),
            [new("<0>", "black", [(0, 0), (1, 1)])]);
        var root = XDocument.Parse(chart.Draw().ToString()).Root!;
        Assert.Equal(("svg", "a < b & c"), (root.Name.LocalName, root.Element(Svg.Namespace + "title")!.Value));
    }

    private static double Luminance(ColourMap map, int shade)
    {
        var (r, g, b) = map.At(shade / 255.0);
        static double Linear(byte value) => value <= 10 ? value / 3294.6
            : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);
    }
}
