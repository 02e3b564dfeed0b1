using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Stiffness tensors by group of cells, turned by the grains' orientations, on the device.</summary>
public sealed class Crystals
{
    /// <summary>
    /// Per axis across a face: the pairs (XX YY ZZ XY YZ XZ) of the stresses in it and of its traction.
    /// </summary>
    private static readonly (int[] InPlane, int[] Traction)[] Faces = [([1, 2, 4], [0, 3, 5]), ([0, 2, 5], [1, 3, 4]),
        ([0, 1, 3], [2, 4, 5])];

    private readonly IDevice device;
    private readonly StiffnessTensor[] tensors;
    private readonly View<int> group;
    private readonly View<double> follow;

    /// <summary>Uploads tensors.</summary>
    /// <param name="tensors">C by group, in sample axes.</param>
    /// <param name="group">Group of points, in the grid's layout: those on faces have their cell's.</param>
    /// <param name="groupOfCell">Group of cells, x fastest.</param>
    /// <param name="voids">The group that has no stiffness; null without voids.</param>
    public Crystals(IDevice device, GridLevel grid, IReadOnlyList<StiffnessTensor> tensors, View<int> group,
        int[] groupOfCell, int? voids = null)
    {
        (this.device, this.tensors, this.group) = (device, [.. tensors], group);
        Body = device.Allocate<int>(GroupsOfBody(grid, groupOfCell, voids));
        Compliances = new(device.Allocate<double>(Table([.. tensors.Select(tensor => tensor.Inverse())])), group,
            tensors.Count + 1);
        follow = device.Allocate<double>(FollowTable());
    }

    /// <summary>Compliances at cells and points on faces.</summary>
    public Anisotropic<double> Compliances { get; }

    /// <summary>Group of cells; ghosts outside the body, and voids, have one more, without stiffness.</summary>
    private View<int> Body { get; }

    /// <summary>Stiffnesses at cells, zero outside the body.</summary>
    public Anisotropic<T> Stiffnesses<T>(GridLevel grid) where T : unmanaged =>
        new(grid.Upload<T>(Table(tensors)), Body, tensors.Length + 1);

    /// <summary>Takes off the stresses in a face what follows its traction (sign -1), or puts it back (+1).</summary>
    /// <param name="axis">Axis across the face.</param>
    public void Follow(Field<Closed, double> stress, int axis, double sign, in Box<Closed> face)
    {
        var (p, t) = Faces[axis];
        var (inPlane, traction) = (new StressComponents(p[0], p[1], p[2]), new StressComponents(t[0], t[1], t[2]));
        var offset = 9 * axis * tensors.Length;
        device.Launch(
            new FollowTraction(stress, follow, group, inPlane, traction, sign, offset, tensors.Length), face);
    }

    private int[] GroupsOfBody(GridLevel grid, int[] groupOfCell, int? voids)
    {
        var body = Enumerable.Repeat(tensors.Length, grid.Layout.Length).ToArray();
        // Along periodic axes the body goes on at the other end.
        var (beyondX, beyondY) = (grid.Periodic[0] ? 1 : 0, grid.Periodic[1] ? 1 : 0);
        for (var z = 0; z < grid.Z; z++)
            for (var y = -beyondY; y < grid.Y + beyondY; y++)
                for (var x = -beyondX; x < grid.X + beyondX; x++)
                {
                    var at = groupOfCell[(x + grid.X) % grid.X + grid.X * ((y + grid.Y) % grid.Y + grid.Y * z)];
                    body[grid.Layout.Index(x, y, z)] = at == voids ? tensors.Length : at;
                }
        return body;
    }

    private static double[] Table(IReadOnlyList<StiffnessTensor> of)
    {
        var count = of.Count + 1;
        var table = new double[Anisotropic<double>.PerGroup * count];
        for (var g = 0; g < of.Count; g++)
        {
            var k = 0;
            for (var i = 0; i < 6; i++)
                for (var j = i; j < 6; j++)
                    table[k++ * count + g] = of[g][i, j];
        }
        return table;
    }

    private double[] FollowTable()
    {
        var table = new double[27 * tensors.Length];
        for (var axis = 0; axis < 3; axis++)
        {
            for (var g = 0; g < tensors.Length; g++)
            {
                var matrix = tensors[g].FollowTraction(Faces[axis].InPlane, Faces[axis].Traction);
                for (var k = 0; k < 9; k++)
                    table[(9 * axis + k) * tensors.Length + g] = matrix[k / 3, k % 3];
            }
        }
        return table;
    }
}
