using MathNet.Numerics.LinearAlgebra;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The coarsest grid solved by its inverse matrix, multiplied on the device. Rigid motions that nothing holds are given a stiffness of their own, which makes the matrix regular and leaves
/// loads in equilibrium with them alone.
/// </summary>
internal sealed class CoarseInverse<T> where T : unmanaged
{
    private const double NoStiffness = 1e-10;
    private readonly IDevice device;
    private readonly ElasticLevel<T> level;
    private readonly HeldFaces held;
    private readonly int[] dofs;
    private readonly int stride;
    private readonly View<T> inverse, packed, solution, unit, column;
    private readonly View<int> dofView, positions;

    public CoarseInverse(IDevice device, ElasticLevel<T> level, HeldFaces held)
    {
        (this.device, this.level, this.held) = (device, level, held);
        dofs = FreeDofs().ToArray();
        // One entry more, always zero, for constrained unknowns; rows of whole lanes.
        stride = (dofs.Length + 8) / 8 * 8;
        (packed, solution) = (device.Allocate<T>(stride), device.Allocate<T>(stride));
        inverse = device.Allocate<T>(checked(stride * stride));
        (unit, column) = (level.Grid.Field<T>(level.Grid.Components), level.Grid.Field<T>(level.Grid.Components));
        dofView = device.Allocate<int>(dofs.Concat(Enumerable.Repeat(0, stride - dofs.Length)).ToArray());
        positions = device.Allocate<int>(Positions());
    }

    /// <summary>Takes over the level's operator as it is now.</summary>
    public void Update()
    {
        var n = dofs.Length;
        var matrix = Matrix<double>.Build.Dense(n, n);
        var zeros = new double[unit.Length];
        for (var j = 0; j < n; j++)
        {
            zeros[dofs[j]] = 1;
            Upload(zeros, unit);
            level.Project(unit);
            level.Apply(unit, column);
            var image = Download(column);
            for (var i = 0; i < n; i++)
                matrix[i, j] = image[dofs[i]];
            zeros[dofs[j]] = 0;
        }
        Regularise(matrix);
        var inverted = matrix.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(n));
        var values = new double[stride * stride];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                values[j * stride + i] = 0.5 * (inverted[i, j] + inverted[j, i]);
        Upload(values, inverse);
    }

    /// <summary>x ← A⁻¹ b</summary>
    public void Apply(View<T> b, View<T> x)
    {
        device.Launch<Pack<T>, T>(new(b, dofView, packed), Box.Flat(dofs.Length));
        device.Launch<DenseMultiply<T>, T>(new(inverse, packed, solution, dofs.Length, stride), Box.Flat(dofs.Length));
        device.Launch<Unpack<T>, T>(new(solution, positions, x), level.Grid.Flat(level.Grid.Components));
    }

    /// <summary>Adds a stiffness to every direction that the operator leaves free: rigid motions, and under a punch the differences of u_z on its face.</summary>
    private void Regularise(Matrix<double> matrix)
    {
        var scale = matrix.Diagonal().AbsoluteMaximum();
        List<Vector<double>> stiffened = [];
        foreach (var mode in Motions().Concat(PunchDifferences()))
        {
            // Turns and translations overlap where the grid is not symmetric about its middle.
            var rest = stiffened.Aggregate(mode, (m, done) => m - (m * done) * done);
            var direction = rest / rest.L2Norm();
            if (direction * matrix * direction > NoStiffness * scale)
                continue;
            matrix.Add(scale * direction.OuterProduct(direction), matrix);
            stiffened.Add(direction);
        }
    }

    private IEnumerable<Vector<double>> Motions() => RigidMotions.Candidates(level.Grid, held).Select(motion => Vector<double>.Build.Dense(dofs.Length, i =>
    {
        var (node, component) = Locate(dofs[i]);
        var (x, y) = motion(level.Grid.NodePosition(0, node.X), level.Grid.NodePosition(1, node.Y));
        return component switch { 0 => x, 2 => y, _ => 0 };
    }));

    private IEnumerable<Vector<double>> PunchDifferences()
    {
        if (!level.Punch)
            yield break;
        var plane = Enumerable.Range(0, dofs.Length).Where(i => Locate(dofs[i]) is { Component: 1 } dof && dof.Node.Z == level.Grid.Z).ToArray();
        for (var k = 1; k < plane.Length; k++)
        {
            // Helmert's orthogonal contrasts.
            var mode = Vector<double>.Build.Dense(dofs.Length);
            for (var i = 0; i < k; i++)
                mode[plane[i]] = 1;
            mode[plane[k]] = -k;
            yield return mode;
        }
    }

    private ((int X, int Y, int Z) Node, int Component) Locate(int dof)
    {
        var layout = level.Grid.Layout;
        var (component, rest) = Math.DivRem(dof, layout.Length);
        var (z, inPlane) = Math.DivRem(rest, layout.StrideZ);
        var (y, x) = layout.StrideY > 0 ? Math.DivRem(inPlane, layout.StrideY) : (1, inPlane);
        return ((x - 1, y - 1, z - 1), component);
    }

    private IEnumerable<int> FreeDofs()
    {
        var ones = level.Grid.Field<T>(level.Grid.Components);
        device.Launch<Fill<T>, T>(new(ones, 1), level.Grid.Flat(level.Grid.Components));
        device.Launch<KeepFree<T>, T>(new(level.Free, ones, level.Grid.Components, level.Grid.Layout.Length), level.Grid.Nodes);
        var free = Download(ones);
        var box = level.Grid.Nodes;
        for (var c = 0; c < level.Grid.Components; c++)
            for (var z = box.Z0; z < box.Z1; z++)
                for (var y = box.Y0; y < box.Y1; y++)
                    for (var x = box.X0; x < box.X1; x++)
                        if (free[c * level.Grid.Layout.Length + level.Grid.Layout.Index(x, y, z)] != 0)
                            yield return c * level.Grid.Layout.Length + level.Grid.Layout.Index(x, y, z);
    }

    private int[] Positions()
    {
        var all = Enumerable.Repeat(dofs.Length, unit.Length).ToArray();
        for (var i = 0; i < dofs.Length; i++)
            all[dofs[i]] = i;
        return all;
    }

    private void Upload(double[] values, View<T> to)
    {
        if (to is View<float> single)
            device.Upload(Array.ConvertAll(values, v => (float)v), single);
        else if (to is View<double> real)
            device.Upload(values, real);
    }

    private double[] Download(View<T> from) => from switch
    {
        View<float> single => Array.ConvertAll(device.Download(single), v => (double)v),
        View<double> real => device.Download(real),
        _ => throw new NotSupportedException(),
    };
}
