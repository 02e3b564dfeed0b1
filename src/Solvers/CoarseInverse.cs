using MathNet.Numerics.LinearAlgebra;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The coarsest grid solved by its inverse matrix, in double precision whatever the cycle's, so that weakly held motions do not drown the others. Rigid motions that nothing holds are given a stiffness of their own, which makes the matrix regular and leaves
/// loads in equilibrium with them alone.
/// </summary>
internal sealed class CoarseInverse<T> where T : unmanaged
{
    private const double NoStiffness = 1e-10, Hinge = 1e-12;
    private readonly IDevice device;
    private readonly ElasticLevel<T> level;
    private readonly ElasticLevel<double> exact;
    private readonly HeldFaces held;
    private readonly int[] dofs;
    private readonly int stride;
    private readonly View<T> packed, solution;
    private readonly View<double> inverse, load, response, unit, column;
    private readonly View<int> dofView, positions;

    public CoarseInverse(IDevice device, ElasticLevel<T> level, HeldFaces held)
    {
        (this.device, this.level, this.held) = (device, level, held);
        exact = level as ElasticLevel<double> ?? ElasticLevel<double>.Create(device, level.Grid, held);
        exact.Punch = level.Punch;
        dofs = FreeDofs().ToArray();
        // One entry more, always zero, for constrained unknowns; rows of whole lanes.
        stride = (dofs.Length + 8) / 8 * 8;
        (packed, solution) = (device.Allocate<T>(stride), device.Allocate<T>(stride));
        (load, response) = (device.Allocate<double>(stride), device.Allocate<double>(stride));
        inverse = device.Allocate<double>(checked(stride * stride));
        (unit, column) = (level.Grid.Field<double>(level.Grid.Components), level.Grid.Field<double>(level.Grid.Components));
        dofView = device.Allocate<int>(dofs.Concat(Enumerable.Repeat(0, stride - dofs.Length)).ToArray());
        positions = device.Allocate<int>(Positions());
    }

    /// <summary>Takes over the level's operator as it is now.</summary>
    public void Update()
    {
        TakeOver();
        var n = dofs.Length;
        var matrix = Matrix<double>.Build.Dense(n, n);
        var zeros = new double[unit.Length];
        for (var j = 0; j < n; j++)
        {
            zeros[dofs[j]] = 1;
            device.Upload(zeros, unit);
            exact.Project(unit);
            exact.Apply(unit, column);
            var image = device.Download(column);
            for (var i = 0; i < n; i++)
                matrix[i, j] = image[dofs[i]];
            zeros[dofs[j]] = 0;
        }
        Regularise(matrix);
        var inverted = Inverse(matrix);
        var values = new double[stride * stride];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                values[j * stride + i] = 0.5 * (inverted[i, j] + inverted[j, i]);
        device.Upload(values, inverse);
    }

    private static Matrix<double> Inverse(Matrix<double> matrix)
    {
        try
        {
            return matrix.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(matrix.RowCount));
        }
        catch (ArgumentException e)
        {
            throw new RunException("the stiffness of the coarsest grid is not positive definite: moduli and stiffnesses of interfaces are too far apart", e);
        }
    }

    /// <summary>x ← A⁻¹ b</summary>
    public void Apply(View<T> b, View<T> x)
    {
        device.Launch<Pack<T>, T>(new(b, dofView, packed), Box.Flat(dofs.Length));
        device.Convert(packed, load, Box.Flat(dofs.Length));
        device.Launch(new DenseMultiply<double>(inverse, load, response, dofs.Length, stride), Box.Flat(dofs.Length));
        device.Convert(response, solution, Box.Flat(dofs.Length));
        device.Launch<Unpack<T>, T>(new(solution, positions, x), level.Grid.Flat(level.Grid.Components));
    }

    /// <summary>Copies the level's coefficients where it is not in double precision itself.</summary>
    private void TakeOver()
    {
        if (ReferenceEquals(exact, level))
            return;
        device.Convert(level.Lame.Lambda, exact.Lame.Lambda, level.Grid.Flat(1));
        device.Convert(level.Lame.Mu, exact.Lame.Mu, level.Grid.Flat(1));
        for (var side = 0; side < 2; side++)
        {
            exact.HasSprings[side] = level.HasSprings[side];
            device.Convert(level.Springs[side], exact.Springs[side], Box.Flat(level.SpringsLength));
        }
    }

    /// <summary>Adds a stiffness to every direction that the operator leaves free: rigid motions, and under a punch the differences of u_z on its face.</summary>
    private void Regularise(Matrix<double> matrix)
    {
        var scale = matrix.Diagonal().AbsoluteMaximum();
        // Voids: nodes without any stiffness, and parts that hang together at an edge or a corner.
        for (var i = 0; i < matrix.RowCount; i++)
            matrix[i, i] += matrix[i, i] > 0 ? Hinge * scale : scale;
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
        var ones = level.Grid.Field<double>(level.Grid.Components);
        device.Launch(new Fill<double>(ones, 1), level.Grid.Flat(level.Grid.Components));
        device.Launch(new KeepFree<double>(exact.Free, ones, level.Grid.Components, level.Grid.Layout.Length), level.Grid.Nodes);
        var free = device.Download(ones);
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
}
