using MesoLiMg.Model;
using Xunit;

namespace MesoLiMg.Tests.Files;

public class ClosedGridTests
{
    [Theory, MemberData(nameof(Samples.Grids), MemberType = typeof(Samples))]
    public void CellsAndBoundaryAreEachNumberedInOrderWithoutGaps(string name)
    {
        var grid = Samples.Grid(name);
        var closed = new ClosedGrid(grid);
        long cells = 0, boundary = 0;
        for (var z = 0; z < closed.Points.Z; z++)
            for (var y = 0; y < closed.Points.Y; y++)
                for (var x = 0; x < closed.Points.X; x++)
                {
                    var onFace = z == 0 || z == closed.Points.Z - 1
                        || (grid.Has(0) && (x == 0 || x == closed.Points.X - 1))
                            || (grid.Has(1) && (y == 0 || y == closed.Points.Y - 1));
                    Assert.Equal((!onFace, onFace ? boundary++ : cells++), closed.Locate(x, y, z));
                }
        Assert.Equal((grid.CellCount, closed.BoundaryCount), (cells, boundary));
    }

    [Fact]
    public void PointsOfAnAxisAreItsEndsAndTheCellCentres()
    {
        var closed = new ClosedGrid(new(DomainKind.Slab, (1, 1, 3), (1, 1, 2)));
        Assert.Equal([0, 1, 3, 5, 6], Enumerable.Range(0, 5).Select(k => closed.Coordinate(2, k)));
    }
}
