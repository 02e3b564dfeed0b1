namespace MesoLiMg.Model;

/// <summary>
/// How a crystal lies in the sample: the unit quaternion of the rotation that turns the sample's axes into the
/// crystal's. Its matrix g takes components from sample to crystal axes, v_crystal = g v_sample. Euler angles are kept
/// beside it, because a quarter turn is exact in angles and not in the halves of angles that quaternions are made of.
/// </summary>
public readonly record struct Orientation(double W, double X, double Y, double Z)
{
    /// <summary>The Euler angles [rad] that it was made of; null where it was made of a quaternion.</summary>
    private readonly (double Phi1, double Phi, double Phi2)? given;

    /// <summary>Entries so near to 0 or ±1 are: right angles turn tensors exactly.</summary>
    private const double Rounding = 1e-15;

    /// <summary>Crystal axes along the sample's.</summary>
    public static Orientation Identity => new(1, 0, 0, 0);

    private Orientation(double phi1, double phi, double phi2)
        : this(Math.Cos(phi / 2) * Math.Cos((phi1 + phi2) / 2), Math.Sin(phi / 2) * Math.Cos((phi1 - phi2) / 2),
            Math.Sin(phi / 2) * Math.Sin((phi1 - phi2) / 2), Math.Cos(phi / 2) * Math.Sin((phi1 + phi2) / 2)) =>
        given = (phi1, phi, phi2);

    /// <summary>
    /// From Bunge's Euler angles [rad], g = Z(φ2) X(Φ) Z(φ1). They are taken to 1e-12 of a degree: 30° and 120° then
    /// differ by a right angle to the bit, although radians round them, and the matrix of φ1 + 90° is that of φ1 with
    /// its columns exchanged.
    /// </summary>
    public static Orientation FromEuler(double phi1, double phi, double phi2) => new(phi1, phi, phi2);

    /// <summary>From a quaternion of any length but 0.</summary>
    public static Orientation FromQuaternion(double w, double x, double y, double z)
    {
        var length = Math.Sqrt(w * w + x * x + y * y + z * z);
        return new(w / length, x / length, y / length, z / length);
    }

    /// <summary>The opposite rotation, whose matrix is the transposed one.</summary>
    public Orientation Inverse => new(W, -X, -Y, -Z);

    /// <summary>The orientation that a case gives.</summary>
    public static Orientation Of(OrientationCase given) => given switch
    {
        { Euler: [var phi1, var phi, var phi2] } => FromEuler(phi1, phi, phi2),
        { Quaternion: [var w, var x, var y, var z] } => FromQuaternion(w, x, y, z),
        _ => throw new ArgumentException("an orientation has three angles or four numbers", nameof(given)),
    };

    /// <summary>What <see cref="Of"/> makes the same orientation of, to the bit.</summary>
    public OrientationCase AsCase() => given is (var phi1, var phi, var phi2) ? new() { Euler = [phi1, phi, phi2] }
        : new() { Quaternion = [W, X, Y, Z] };

    /// <summary>
    /// Uniform over all rotations (Marsaglia, Ann. Math. Stat. 43 (1972) 645: a point on the unit sphere in four
    /// dimensions).
    /// </summary>
    public static Orientation Random(SplitMix64 random)
    {
        while (true)
        {
            var (w, x, y, z) = (2 * random.Uniform() - 1, 2 * random.Uniform() - 1, 2 * random.Uniform() - 1,
                2 * random.Uniform() - 1);
            if (w * w + x * x + y * y + z * z is > 1e-4 and <= 1)
                return FromQuaternion(w, x, y, z);
        }
    }

    /// <summary>The c axis near z, random about it.</summary>
    /// <param name="spread">Standard deviation of the tilts about x and y [rad].</param>
    public static Orientation Fibre(SplitMix64 random, double spread)
    {
        // Half an angle that is uniform over the circle is uniform over half of it, which is all that a quaternion
        // needs.
        var (cosine, sine) = random.OnCircle();
        var spin = new Orientation(cosine, 0, 0, sine);
        // tan(θ/2) about an axis in the plane.
        var tilt = FromQuaternion(1, spread / 2 * random.Normal(), spread / 2 * random.Normal(), 0);
        return tilt * spin;
    }

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>, both about the sample's axes.</summary>
    public static Orientation operator *(Orientation a, Orientation b) => new(
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z,
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
        a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W);

    /// <summary>g, rows are the crystal's axes in the sample.</summary>
    public double[,] Matrix() => given is (var phi1, var phi, var phi2)
        ? EulerMatrix(CosineAndSine(phi1), CosineAndSine(phi), CosineAndSine(phi2)) : QuaternionMatrix();

    /// <summary>
    /// Z(φ2) X(Φ) Z(φ1) of cosines and sines: those of φ1 + 90° exchange its first two columns, one of them negative,
    /// to the bit, and those of -φ1 and Φ + 180° turn it about the sample's x.
    /// </summary>
    private static double[,] EulerMatrix((double C, double S) first, (double C, double S) tilt,
        (double C, double S) second) => new[,]
    {
        { first.C * second.C - first.S * second.S * tilt.C, first.S * second.C + first.C * second.S * tilt.C,
            second.S * tilt.S },
        { -(first.C * second.S) - first.S * second.C * tilt.C, first.C * second.C * tilt.C - first.S * second.S,
            second.C * tilt.S },
        { first.S * tilt.S, -first.C * tilt.S, tilt.C },
    };

    /// <summary>
    /// Sums are paired so that turns by 180° about the sample's axes, which exchange the four numbers, only change
    /// signs.
    /// </summary>
    private double[,] QuaternionMatrix()
    {
        double Exact(double value) => Math.Abs(value) < Rounding ? 0 : Math.Abs(Math.Abs(value) - 1) < Rounding
            ? Math.Sign(value) : value;
        return new[,]
        {
            { Exact(W * W + X * X - (Y * Y + Z * Z)), Exact(2 * (X * Y + W * Z)), Exact(2 * (X * Z - W * Y)) },
            { Exact(2 * (X * Y - W * Z)), Exact(W * W + Y * Y - (X * X + Z * Z)), Exact(2 * (Y * Z + W * X)) },
            { Exact(2 * (X * Z + W * Y)), Exact(2 * (Y * Z - W * X)), Exact(W * W + Z * Z - (X * X + Y * Y)) },
        };
    }

    /// <summary>
    /// Cosine and sine of an angle [rad], taken to 1e-12 of a degree and then from its distance to the nearest right
    /// angle alone, so that a right angle more or a change of sign exchanges them or their signs and nothing else.
    /// </summary>
    private static (double C, double S) CosineAndSine(double angle)
    {
        const double perDegree = 1e12, rightAngle = 90 * perDegree;
        // Whole numbers below 2^53, so that all steps from here to the last product are exact.
        var units = Math.Round(angle * (180 / Math.PI) * perDegree);
        var rightAngles = Math.Floor(units / rightAngle);
        var rest = units - rightAngles * rightAngle;
        double Radians(double of) => of * (Math.PI / 180 / perDegree);
        var (c, s) = rest == rightAngle / 2 ? (Math.Sqrt(0.5), Math.Sqrt(0.5))
            : rest < rightAngle / 2 ? (Math.Cos(Radians(rest)), Math.Sin(Radians(rest)))
            : (Math.Sin(Radians(rightAngle - rest)), Math.Cos(Radians(rightAngle - rest)));
        return (rightAngles - 4 * Math.Floor(rightAngles / 4)) switch
        {
            0 => (c, s),
            1 => (-s, c),
            2 => (-c, -s),
            _ => (s, -c),
        };
    }

    /// <summary>
    /// Bunge's Euler angles [rad]: φ1 and φ2 from 0 to 2π, Φ from 0 to π; φ2 = 0 where only a sum or difference of both
    /// is defined.
    /// </summary>
    public (double Phi1, double Phi, double Phi2) Euler()
    {
        var (sum, difference) = (Math.Atan2(Z, W), Math.Atan2(Y, X));
        var phi = 2 * Math.Atan2(Math.Sqrt(X * X + Y * Y), Math.Sqrt(W * W + Z * Z));
        static double Positive(double angle) => angle < 0 ? angle + 2 * Math.PI : angle >= 2 * Math.PI
            ? angle - 2 * Math.PI : angle;
        return phi < Rounding ? (Positive(2 * sum), 0, 0) : Math.PI - phi < Rounding
            ? (Positive(2 * difference), Math.PI, 0) : (Positive(sum + difference), phi, Positive(sum - difference));
    }
}
