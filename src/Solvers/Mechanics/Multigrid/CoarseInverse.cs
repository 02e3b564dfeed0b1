using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The coarsest grid solved by its inverse matrix, in double precision whatever the cycle's, so that weakly held
/// motions do not drown the others. Rigid motions that nothing holds are given a stiffness of their own, which makes
/// the matrix regular and leaves loads in equilibrium with them alone.
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
    private readonly Field<Flat, T> packed, solution;
    private readonly View<double> inverse;
    private readonly Field<Flat, double> load, response, planeField;
    private readonly Field<Node, double> unit, column;
    private readonly InverseRefinement? refinement;


    // Rows of the dense matrices have the stride of those on the device.
    private readonly double[] stiffness, matrix, factor, inverted, columns, plane, field;
    private readonly double[][] modes, stiffened;
    private readonly (int Row, int Column, int At)[][] springEntries;
    private readonly View<int> dofView, positions;

    public CoarseInverse(IDevice device, ElasticLevel<T> level, HeldFaces held)
    {
        (this.device, this.level, this.held) = (device, level, held);
        exact = level as ElasticLevel<double> ?? ElasticLevels.Create<double>(device, level.Grid, held);
        exact.Punch = level.Punch;
        dofs = FreeDofs().ToArray();
        // One entry more, always zero, for constrained unknowns; rows of whole lanes.
        stride = (dofs.Length + 8) / 8 * 8;
        (packed, solution) = (Flat<T>(stride), Flat<T>(stride));
        (load, response) = (Flat<double>(stride), Flat<double>(stride));
        inverse = device.Allocate<double>(checked(stride * stride));
        refinement = level.Grid.HasY ? new InverseRefinement(device, dofs.Length, stride) : null;
        (unit, column) = (level.Grid.NodeField<double>(level.Grid.Components),
            level.Grid.NodeField<double>(level.Grid.Components));
        dofView = device.Allocate<int>(dofs.Concat(Enumerable.Repeat(0, stride - dofs.Length)).ToArray());
        positions = device.Allocate<int>(Positions());
        double[] Dense() => new double[stride * stride];
        (stiffness, matrix, factor, inverted, columns) = (Dense(), Dense(), Dense(), Dense(), Dense());
        (plane, field, planeField) = (new double[level.SpringsLength], new double[unit.Values.Length],
            Flat<double>(FlatBox.RoundUp(level.SpringsLength)));
        modes = [.. Motions().Concat(PunchDifferences())];
        stiffened = [.. modes.Select(mode => new double[mode.Length])];
        springEntries = [SpringEntries(false), SpringEntries(true)];
    }

    /// <summary>
    /// Takes over the level's moduli, column by column. Springs wait for <see cref="Update"/>: with friction they
    /// change far more often.
    /// </summary>
    public void UpdateStiffness()
    {
        if (!ReferenceEquals(exact, level))
        {
            device.Convert(level.Lame.Lambda.AsFlat, exact.Lame.Lambda.AsFlat, level.Grid.Flat(1));
            device.Convert(level.Lame.Mu.AsFlat, exact.Lame.Mu.AsFlat, level.Grid.Flat(1));
        }
        var (low, high) = (exact.HasSprings[0], exact.HasSprings[1]);
        exact.HasSprings.AsSpan().Clear();
        for (var j = 0; j < dofs.Length; j++)
        {
            Array.Clear(field);
            field[dofs[j]] = 1;
            device.Upload<double>(field, unit);
            exact.Project(unit);
            exact.Apply(unit, column);
            device.Download<double>(column, field);
            for (var i = 0; i < dofs.Length; i++)
                stiffness[i * stride + j] = field[dofs[i]];
        }
        (exact.HasSprings[0], exact.HasSprings[1]) = (low, high);
    }

    /// <summary>Takes over the level's springs, and the moduli of the last <see cref="UpdateStiffness"/>.</summary>
    public void Update()
    {
        stiffness.CopyTo(matrix, 0);
        AddSprings();
        Regularise();
        Invert();
        refinement?.Refine(matrix, inverted);
        for (var i = 0; i < dofs.Length; i++)
            for (var j = 0; j < i; j++)
                inverted[i * stride + j] = inverted[j * stride + i] =
                    0.5 * (inverted[i * stride + j] + inverted[j * stride + i]);
        device.Upload<double>(inverted, inverse);
    }

    private Field<Flat, TNumber> Flat<TNumber>(int length) where TNumber : unmanaged =>
        new(device.Allocate<TNumber>(length), FlatBox.Of(length).Layout, 1);

    private void Invert()
    {
        matrix.CopyTo(factor, 0);
        if (!DenseCholesky.Factor(factor, dofs.Length, stride))
            throw new RunException(
                "the stiffness of the coarsest grid is not positive definite: moduli and stiffnesses of interfaces "
                + "are too far apart");
        DenseCholesky.Invert(factor, dofs.Length, stride, columns, inverted);
    }

    /// <summary>x ← A⁻¹ b</summary>
    public void Apply(Field<Node, T> b, Field<Node, T> x)
    {
        var unknowns = FlatBox.Of(dofs.Length);
        device.Launch<Pack<T>, Flat, T>(new(b, dofView, packed), unknowns);
        device.Convert(packed, load, unknowns);
        device.Launch(new DenseMultiply(inverse, load, response, dofs.Length, stride), unknowns);
        device.Convert(response, solution, unknowns);
        device.Launch<Unpack<T>, Flat, T>(new(solution, positions, x.AsFlat), level.Grid.Flat(level.Grid.Components));
    }

    /// <summary>Adds the springs of the two faces: plane fields (xx, yy, xy).</summary>
    private void AddSprings()
    {
        for (var side = 0; side < 2; side++)
        {
            if (!level.HasSprings[side])
                continue;
            device.Convert(level.Springs[side].AsFlat, planeField, FlatBox.Of(level.SpringsLength));
            device.Download<double>(planeField, plane);
            foreach (var (i, j, at) in springEntries[side])
                matrix[i * stride + j] += plane[at];
        }
    }

    /// <summary>
    /// Where the springs of a side act in the matrix: rows and columns, and their place in the plane field.
    /// </summary>
    private (int Row, int Column, int At)[] SpringEntries(bool top)
    {
        const int x = 0, y = 2;
        var (layout, rows) = (level.Grid.Layout, dofs.Select((dof, i) => (dof, i))
            .ToDictionary(pair => pair.dof, pair => pair.i));
        List<(int, int, int)> entries = [];
        for (var i = 0; i < dofs.Length; i++)
        {
            var (node, component) = Locate(dofs[i]);
            if (node.Z != (top ? level.Grid.Z : 0) || component is not (x or y))
                continue;
            var at = layout.Index(node.X, node.Y, -1);
            entries.Add((i, i, component == x ? at : at + layout.StrideZ));
            if (rows.TryGetValue(component == x ? dofs[i] + 2 * layout.Length : dofs[i] - 2 * layout.Length,
                out var other))
                entries.Add((i, other, at + 2 * layout.StrideZ));
        }
        return [.. entries];
    }

    /// <summary>
    /// Adds a stiffness to every direction that the operator leaves free: rigid motions, and under a punch the
    /// differences of u_z on its face.
    /// </summary>
    private void Regularise()
    {
        var scale = 0.0;
        for (var i = 0; i < dofs.Length; i++)
            scale = Math.Max(scale, Math.Abs(matrix[i * stride + i]));
        // Voids: nodes without any stiffness, and parts that hang together at an edge or a corner.
        for (var i = 0; i < dofs.Length; i++)
            matrix[i * stride + i] += matrix[i * stride + i] > 0 ? Hinge * scale : scale;
        var known = 0;
        foreach (var mode in modes)
        {
            var direction = stiffened[known];
            if (!TakeDirection(mode, stiffened.AsSpan(0, known), direction) || Energy(direction) > NoStiffness * scale)
                continue;
            for (var i = 0; i < dofs.Length; i++)
                for (var j = 0; j < dofs.Length; j++)
                    matrix[i * stride + j] += scale * direction[i] * direction[j];
            known++;
        }
    }

    /// <summary>
    /// The part of a motion that belongs to the body and is none of the directions known, of length 1: turns and
    /// translations overlap where the grid is not symmetric about its middle.
    /// </summary>
    /// <returns>Whether there is one.</returns>
    private bool TakeDirection(double[] mode, ReadOnlySpan<double[]> known, double[] direction)
    {
        for (var i = 0; i < dofs.Length; i++)
            direction[i] = stiffness[i * stride + i] > 0 ? mode[i] : 0;
        foreach (var done in known)
        {
            var share = Product(direction, done);
            for (var i = 0; i < dofs.Length; i++)
                direction[i] -= share * done[i];
        }
        var length = Math.Sqrt(Product(direction, direction));
        for (var i = 0; i < dofs.Length; i++)
            direction[i] /= length;
        return length > 0;
    }

    /// <summary>
    /// a · b, to twice the precision (Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005) 1955), so that the order of
    /// the unknowns does not show.
    /// </summary>
    private double Product(double[] a, double[] b)
    {
        var (sum, rest) = (0.0, 0.0);
        for (var i = 0; i < dofs.Length; i++)
        {
            var product = a[i] * b[i];
            var total = sum + product;
            var added = total - sum;
            rest += sum - (total - added) + (product - added) + Math.FusedMultiplyAdd(a[i], b[i], -product);
            sum = total;
        }
        return sum + rest;
    }

    /// <summary>v · A v</summary>
    private double Energy(double[] v)
    {
        var sum = 0.0;
        for (var i = 0; i < dofs.Length; i++)
            for (var j = 0; j < dofs.Length; j++)
                sum += v[i] * matrix[i * stride + j] * v[j];
        return sum;
    }

    private IEnumerable<double[]> Motions() => RigidMotions.Candidates(level.Grid, held)
        .Select(motion => dofs.Select(dof =>
    {
        var (node, component) = Locate(dof);
        var (x, y) = motion(level.Grid.FromMiddle(0, node.X), level.Grid.FromMiddle(1, node.Y));
        return component switch { 0 => x, 2 => y, _ => 0 };
    }).ToArray());

    private IEnumerable<double[]> PunchDifferences()
    {
        if (!level.Punch)
            yield break;
        var plane = Enumerable.Range(0, dofs.Length)
            .Where(i => Locate(dofs[i]) is { Component: 1 } dof && dof.Node.Z == level.Grid.Z).ToArray();
        for (var k = 1; k < plane.Length; k++)
        {
            // Helmert's orthogonal contrasts.
            var mode = new double[dofs.Length];
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
        var ones = level.Grid.NodeField<double>(level.Grid.Components);
        device.Launch(new Fill<Flat, double>(ones.AsFlat, 1), level.Grid.Flat(level.Grid.Components));
        device.Launch(new KeepFree<double>(exact.Free, ones), level.Grid.Nodes);
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
        var all = Enumerable.Repeat(dofs.Length, unit.Values.Length).ToArray();
        for (var i = 0; i < dofs.Length; i++)
            all[dofs[i]] = i;
        return all;
    }
}
