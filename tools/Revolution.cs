namespace MesoLiMg.Tools;

/// <summary>
/// Turns a lattice of the half plane r-z about the axis: r fastest, then the angle θ from 0 to 2π, then z. The seam has
/// its nodes twice, and the cells at the axis are wedges. Components in r, θ, z become those in x, y, z.
/// </summary>
internal static class Revolution
{
    /// <summary>Turns pieces of whole planes of a field.</summary>
    /// <param name="pieces">Planes of constant z: r fastest, then z.</param>
    /// <param name="radii">Points of the lattice along r.</param>
    /// <param name="angles">Angles of its points.</param>
    /// <param name="components">1; 3: r, θ, z; or 6: rr, θθ, zz, rθ, θz, rz.</param>
    public static IEnumerable<VtkPiece> Turn(IEnumerable<VtkPiece> pieces, int radii, double[] angles, int components)
    {
        var row = radii * components;
        foreach (var piece in pieces)
        {
            for (var plane = 0; plane < piece.Count / row; plane++)
                yield return piece.Numbers is int[] ids ? Repeat(ids, plane * row, row, angles.Length)
                    : Turn((double[])piece.Numbers, plane * row, row, angles, components);
        }
    }

    /// <summary>Angles of nodes, from 0 to 2π with both ends.</summary>
    public static double[] OfNodes(int cells) =>
        [.. Enumerable.Range(0, cells + 1).Select(j => 2 * Math.PI * j / cells)];

    /// <summary>Angles of the middles of cells.</summary>
    public static double[] OfCells(int cells) =>
        [.. Enumerable.Range(0, cells).Select(j => 2 * Math.PI * (j + 0.5) / cells)];

    private static VtkPiece Repeat(int[] ids, int start, int row, int times)
    {
        var turned = new int[row * times];
        for (var j = 0; j < times; j++)
            ids.AsSpan(start, row).CopyTo(turned.AsSpan(j * row));
        return new(turned, turned.Length);
    }

    private static VtkPiece Turn(double[] values, int start, int row, double[] angles, int components)
    {
        var turned = new double[row * angles.Length];
        for (var j = 0; j < angles.Length; j++)
        {
            var (sin, cos) = Math.SinCos(angles[j]);
            for (var i = 0; i < row; i += components)
                Rotate(values.AsSpan(start + i, components), cos, sin, turned.AsSpan(j * row + i, components));
        }
        return new(turned, turned.Length);
    }

    /// <summary>v = R v', σ = R σ' Rᵀ, R turning x to r and y to θ.</summary>
    private static void Rotate(ReadOnlySpan<double> from, double c, double s, Span<double> to)
    {
        switch (from.Length)
        {
            case 3:
                (to[0], to[1], to[2]) = (c * from[0] - s * from[1], s * from[0] + c * from[1], from[2]);
                break;
            case 6:
                var (rr, tt, rt, tz, rz) = (from[0], from[1], from[3], from[4], from[5]);
                (to[0], to[1], to[2]) =
                    (c * c * rr + s * s * tt - 2 * c * s * rt, s * s * rr + c * c * tt + 2 * c * s * rt, from[2]);
                (to[3], to[4], to[5]) = (c * s * (rr - tt) + (c * c - s * s) * rt, s * rz + c * tz, c * rz - s * tz);
                break;
            default:
                from.CopyTo(to);
                break;
        }
    }
}
