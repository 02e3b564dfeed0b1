using System.Runtime.Intrinsics;

namespace MesoLiMg.Solvers;

/// <summary>
/// Small dense systems with a symmetric positive definite matrix on the host, in memory that the caller keeps: A = L Lᵀ
/// (Golub and Van Loan, Matrix Computations, section 4.2). Entry (i, j) is element i · stride + j; sums are in the same
/// order on every processor.
/// </summary>
internal static class DenseCholesky
{
    /// <summary>The lower triangle of A ← L; what is above stays.</summary>
    /// <returns>Whether A is positive definite; else it is spoilt.</returns>
    public static bool Factor(Span<double> a, int count, int stride)
    {
        for (var i = 0; i < count; i++)
        {
            var row = a.Slice(i * stride, i + 1);
            for (var j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row[..j], a.Slice(j * stride, j))) / a[j * stride + j];
            var pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0))
                return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>b ← A⁻¹ b with the L of A.</summary>
    public static void Solve(ReadOnlySpan<double> l, int count, int stride, Span<double> b)
    {
        for (var i = 0; i < count; i++)
            b[i] = (b[i] - Dot(l.Slice(i * stride, i), b[..i])) / l[i * stride + i];
        for (var i = count - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < count; j++)
                b[i] -= l[j * stride + i] * b[j];
            b[i] /= l[i * stride + i];
        }
    }

    /// <summary>X ← A⁻¹ = L⁻ᵀ L⁻¹, both triangles, with the L of A.</summary>
    /// <param name="columns">Work space: row j becomes column j of L⁻¹.</param>
    public static void Invert(ReadOnlySpan<double> l, int count, int stride, Span<double> columns, Span<double> x)
    {
        for (var j = 0; j < count; j++)
        {
            var column = columns.Slice(j * stride, count);
            column[j] = 1 / l[j * stride + j];
            for (var i = j + 1; i < count; i++)
                column[i] = -Dot(l.Slice(i * stride + j, i - j), column[j..i]) / l[i * stride + i];
        }
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
                x[i * stride + j] = x[j * stride + i] =
                    Dot(columns.Slice(i * stride + i, count - i), columns.Slice(j * stride + i, count - i));
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        const int lanes = 8;
        var (sums, k) = (Vector512<double>.Zero, 0);
        for (; k <= a.Length - lanes; k += lanes)
            sums += Vector512.Create(a[k..]) * Vector512.Create(b[k..]);
        var sum = Vector512.Sum(sums);
        for (; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }
}
