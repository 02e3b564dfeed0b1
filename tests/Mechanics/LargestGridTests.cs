using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>Indices have 32 bits: grids beyond them are refused before anything is allocated.</summary>
public class LargestGridTests
{
    [Fact]
    public void The_largest_cube_is_taken_and_the_next_one_refused_with_its_size()
    {
        using var device = new HostDevice(1);
        GridLevel Cube(int n) =>
            new(device, new GridShape(DomainKind.ThreeD, (n, n, n), (1e-9, 1e-9, 1e-9)), false, false);
        Assert.InRange(6L * Cube(GridLevel.LargestCube).Layout.Length, 2_000_000_000, int.MaxValue);
        var refused = Assert.Throws<InputException>(() => Cube(GridLevel.LargestCube + 1));
        Assert.Contains(GridLevel.LargestCube.ToString(), refused.Message);
        Assert.Equal(0, device.AllocatedBytes);
    }
}
