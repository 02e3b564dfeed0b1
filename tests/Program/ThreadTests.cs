using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>The number of threads changes no bit of a result.</summary>
public class ThreadTests
{
    [Theory]
    [InlineData("kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [40, 57]")]
    [InlineData("kind: 3d, size: [70 nm, 60 nm, 60 nm], cells: [14, 12, 12]")]
    public void History_and_fields_are_the_same_to_the_last_bit(string domain)
    {
        var text = $$"""
            domain: { {{domain}} }
            material: { diffusivity: 1e-11 cm^2/s }
            interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.3 GPa, pressure: 9 MPa } }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.2 s } } ]
            solver: { time_step: 0.1 s }
            """;
        using var one = CaseRun.Run(CaseText.Parse(text), 1);
        foreach (var threads in new[] { 2, 3 })
        {
            using var more = CaseRun.Run(CaseText.Parse(text), threads);
            Assert.Equal(one.Rows.SelectMany(row => row), more.Rows.SelectMany(row => row));
            var (expected, found) = (one.Snapshots[^1], more.Snapshots[^1]);
            foreach (var (a, b) in expected.Cells.Concat(expected.Nodes).Concat(expected.Boundary)
                .Concat(expected.State).Zip(found.Cells.Concat(found.Nodes).Concat(found.Boundary).Concat(found.State)))
                Assert.True(Same(a.Data, b.Data), $"{a.Name} with {threads} threads");
        }
    }

    private static bool Same(Array a, Array b) => (a, b) switch
    {
        (double[] x, double[] y) => x.Length == y.Length && x.Zip(y)
            .All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second)),
        (int[] x, int[] y) => x.SequenceEqual(y),
        _ => false,
    };
}
