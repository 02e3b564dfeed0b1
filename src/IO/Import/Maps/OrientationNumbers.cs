using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>Orientations out of numbers in files, checked.</summary>
internal static class OrientationNumbers
{
    /// <summary>How far the length of a quaternion may be from 1, or the product of two rows of a matrix from that of a
    /// rotation, which is rounding and averaging.</summary>
    private const double Slack = 0.01;

    /// <summary>Rounding of angles in single precision.</summary>
    private const double FullTurn = 2 * Math.PI * (1 + 1e-6);

    /// <summary>Bunge's angles.</summary>
    /// <param name="unit">What the case says of them; null for radians that must be within a turn.</param>
    /// <param name="whose">Whose they are, for messages.</param>
    /// <exception cref="InputException">No numbers, or beyond 2π without a unit.</exception>
    public static Orientation Euler(ReadOnlySpan<double> angles, AngleUnit? unit, string whose)
    {
        RequireNumbers(angles, "angles", whose);
        var factor = unit == AngleUnit.Deg ? Math.PI / 180 : 1;
        foreach (var angle in angles)
        {
            if (unit is null && Math.Abs(angle) > FullTurn)
                throw new InputException(
                    $"{whose} has the Euler angle {Text(angle)}, beyond 2 pi; say microstructure.angle_unit: deg if it "
                    + "is in degrees, or rad");
        }
        return Orientation.FromEuler(factor * angles[0], factor * angles[1], factor * angles[2]);
    }

    /// <summary>A quaternion in the order w, x, y, z.</summary>
    /// <exception cref="InputException">No numbers, or far from unit length.</exception>
    public static Orientation Quaternion(double w, double x, double y, double z, string whose)
    {
        RequireNumbers([w, x, y, z], "quaternion", whose);
        var length = Math.Sqrt(w * w + x * x + y * y + z * z);
        return Math.Abs(length - 1) <= Slack ? Orientation.FromQuaternion(w, x, y, z)
            : throw new InputException($"{whose} has a quaternion of length {Text(length)}, expected 1");
    }

    /// <summary>
    /// A quaternion of DREAM.3D, in the order x, y, z, w: its matrix from sample to crystal axes has 2 (x y - w z) in
    /// the first row and second column, where <see cref="Orientation"/> has a plus, so that the vector's sign is the
    /// other one.
    /// </summary>
    /// <inheritdoc cref="Quaternion(double, double, double, double, string)"/>
    public static Orientation OfDream3D(ReadOnlySpan<double> q, string whose) =>
        Quaternion(q[3], -q[0], -q[1], -q[2], whose);

    /// <summary>A matrix from sample to crystal axes, row by row.</summary>
    /// <exception cref="InputException">It is no rotation.</exception>
    public static Orientation Matrix(ReadOnlySpan<double> g, string whose)
    {
        RequireNumbers(g, "matrix", whose);
        var determinant = g[0] * (g[4] * g[8] - g[5] * g[7]) - g[1] * (g[3] * g[8] - g[5] * g[6])
            + g[2] * (g[3] * g[7] - g[4] * g[6]);
        var far = Math.Abs(determinant - 1);
        for (var i = 0; i < 9; i++)
            far = Math.Max(far,
                Math.Abs(g[i / 3 * 3] * g[i % 3 * 3] + g[i / 3 * 3 + 1] * g[i % 3 * 3 + 1]
                + g[i / 3 * 3 + 2] * g[i % 3 * 3 + 2] - (i % 4 == 0 ? 1 : 0)));
        if (far > Slack)
            throw new InputException($"{whose} has a matrix that is no rotation");
        // 4 times the square of each number of the quaternion; the largest one is a safe divisor.
        double[] squares =
            [1 + g[0] + g[4] + g[8], 1 + g[0] - g[4] - g[8], 1 - g[0] + g[4] - g[8], 1 - g[0] - g[4] + g[8]];
        return Array.IndexOf(squares, squares.Max()) switch
        {
            0 => Orientation.FromQuaternion(squares[0], g[5] - g[7], g[6] - g[2], g[1] - g[3]),
            1 => Orientation.FromQuaternion(g[5] - g[7], squares[1], g[1] + g[3], g[2] + g[6]),
            2 => Orientation.FromQuaternion(g[6] - g[2], g[1] + g[3], squares[2], g[5] + g[7]),
            _ => Orientation.FromQuaternion(g[1] - g[3], g[2] + g[6], g[5] + g[7], squares[3]),
        };
    }

    /// <summary>Requires numbers.</summary>
    /// <exception cref="InputException">One is infinite or none at all.</exception>
    public static void RequireNumbers(ReadOnlySpan<double> numbers, string what, string whose)
    {
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number))
                throw new InputException(
                    $"{whose} has the {what} {string.Join(", ", numbers.ToArray().Select(Text))}, expected numbers");
        }
    }

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
