using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
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
    private readonly View<double> inverse, load, response, unit, column, planeField;
    private readonly InverseRefinement? refinement;
    private readonly Matrix<double> stiffness, matrix, identity, inverted;
    private readonly Cholesky<double> factors;
    private readonly Vector<double>[] modes;
    private readonly double[] packedInverse, plane;
    private readonly (int Row, int Column, int At)[][] springEntries;
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
        refinement = level.Grid.HasY ? new InverseRefinement(device, dofs.Length, stride) : null;
        (unit, column) = (level.Grid.Field<double>(level.Grid.Components), level.Grid.Field<double>(level.Grid.Components));
        dofView = device.Allocate<int>(dofs.Concat(Enumerable.Repeat(0, stride - dofs.Length)).ToArray());
        positions = device.Allocate<int>(Positions());
        identity = Matrix<double>.Build.DenseIdentity(dofs.Length);
        (stiffness, matrix, inverted, factors) = (identity.Clone(), identity.Clone(), identity.Clone(), identity.Cholesky());
        (packedInverse, plane, planeField) = (new double[stride * stride], new double[level.SpringsLength], device.Allocate<double>(Box.RoundUp(level.SpringsLength)));
        modes = [.. Motions().Concat(PunchDifferences())];
        springEntries = [SpringEntries(false), SpringEntries(true)];
    }

    /// <summary>Takes over the level's moduli, column by column. Springs wait for <see cref="Update"/>: with friction they change far more often.</summary>
    public void UpdateStiffness()
    {
        if (!ReferenceEquals(exact, level))
        {
            device.Convert(level.Lame.Lambda, exact.Lame.Lambda, level.Grid.Flat(1));
            device.Convert(level.Lame.Mu, exact.Lame.Mu, level.Grid.Flat(1));
        }
        var springs = exact.HasSprings.ToArray();
        exact.HasSprings.AsSpan().Clear();
        var field = new double[unit.Length];
        for (var j = 0; j < dofs.Length; j++)
        {
            Array.Clear(field);
            field[dofs[j]] = 1;
            device.Upload<double>(field, unit);
            exact.Project(unit);
            exact.Apply(unit, column);
            device.Download<double>(column, field);
            for (var i = 0; i < dofs.Length; i++)
                stiffness[i, j] = field[dofs[i]];
        }
        springs.CopyTo(exact.HasSprings, 0);
    }

    /// <summary>Takes over the level's springs, and the moduli of the last <see cref="UpdateStiffness"/>.</summary>
    public void Update()
    {
        stiffness.CopyTo(matrix);
        AddSprings();
        Regularise();
        Invert();
        refinement?.Refine(matrix, inverted);
        for (var i = 0; i < dofs.Length; i++)
            for (var j = 0; j < dofs.Length; j++)
                packedInverse[j * stride + i] = 0.5 * (inverted[i, j] + inverted[j, i]);
        device.Upload<double>(packedInverse, inverse);
    }

    private void Invert()
    {
        try
        {
            factors.Factorize(matrix);
            factors.Solve(identity, inverted);
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
        device.Launch(new DenseMultiply(inverse, load, response, dofs.Length, stride), Box.Flat(dofs.Length));
        device.Convert(response, solution, Box.Flat(dofs.Length));
        device.Launch<Unpack<T>, T>(new(solution, positions, x), level.Grid.Flat(level.Grid.Components));
    }

    /// <summary>Adds the springs of the two faces: plane fields (xx, yy, xy).</summary>
    private void AddSprings()
    {
        for (var side = 0; side < 2; side++)
        {
            if (!level.HasSprings[side])
                continue;
            device.Convert(level.Springs[side], planeField, Box.Flat(level.SpringsLength));
            device.Download<double>(planeField, plane);
            foreach (var (i, j, at) in springEntries[side])
                matrix[i, j] += plane[at];
        }
    }

    /// <summary>Where the springs of a side act in the matrix: rows and columns, and their place in the plane field.</summary>
    private (int Row, int Column, int At)[] SpringEntries(bool top)
    {
        const int x = 0, y = 2;
        var (layout, rows) = (level.Grid.Layout, dofs.Select((dof, i) => (dof, i)).ToDictionary(pair => pair.dof, pair => pair.i));
        List<(int, int, int)> entries = [];
        for (var i = 0; i < dofs.Length; i++)
        {
            var (node, component) = Locate(dofs[i]);
            if (node.Z != (top ? level.Grid.Z : 0) || component is not (x or y))
                continue;
            var at = layout.Index(node.X, node.Y, -1);
            entries.Add((i, i, component == x ? at : at + layout.StrideZ));
            if (rows.TryGetValue(component == x ? dofs[i] + 2 * layout.Length : dofs[i] - 2 * layout.Length, out var other))
                entries.Add((i, other, at + 2 * layout.StrideZ));
        }
        return [.. entries];
    }

    /// <summary>Adds a stiffness to every direction that the operator leaves free: rigid motions, and under a punch the differences of u_z on its face.</summary>
    private void Regularise()
    {
        var scale = matrix.Diagonal().AbsoluteMaximum();
        var body = matrix.Diagonal().Map(k => k > 0 ? 1.0 : 0);
        // Voids: nodes without any stiffness, and parts that hang together at an edge or a corner.
        for (var i = 0; i < matrix.RowCount; i++)
            matrix[i, i] += matrix[i, i] > 0 ? Hinge * scale : scale;
        List<Vector<double>> stiffened = [];
        foreach (var mode in modes)
        {
            // Turns and translations overlap where the grid is not symmetric about its middle.
            var rest = stiffened.Aggregate(mode.PointwiseMultiply(body), (m, done) => m - (m * done) * done);
            var direction = rest / rest.L2Norm();
            if (direction * matrix * direction > NoStiffness * scale)
                continue;
            for (var i = 0; i < dofs.Length; i++)
                for (var j = 0; j < dofs.Length; j++)
                    matrix[i, j] += scale * direction[i] * direction[j];
            stiffened.Add(direction);
        }
    }

    private IEnumerable<Vector<double>> Motions() => RigidMotions.Candidates(level.Grid, held).Select(motion => Vector<double>.Build.Dense(dofs.Length, i =>
    {
        var (node, component) = Locate(dofs[i]);
        var (x, y) = motion(level.Grid.FromMiddle(0, node.X), level.Grid.FromMiddle(1, node.Y));
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
