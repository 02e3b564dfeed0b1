namespace MesoLiMg.Model;

/// <summary>
/// How a crystal lies in the sample: the unit quaternion of the rotation that turns the sample's axes into the crystal's. Its matrix g takes components from sample to crystal axes, v_crystal = g v_sample.
/// </summary>
public readonly record struct Orientation(double W, double X, double Y, double Z)
{
    /// <summary>Entries so near to 0 or ±1 are: right angles turn tensors exactly.</summary>
    private const double Rounding = 1e-15;

    /// <summary>Crystal axes along the sample's.</summary>
    public static Orientation Identity => new(1, 0, 0, 0);

    /// <summary>From Bunge's Euler angles [rad], g = Z(φ2) X(Φ) Z(φ1).</summary>
    public static Orientation FromEuler(double phi1, double phi, double phi2)
    {
        var (c, s, sum, difference) = (Math.Cos(phi / 2), Math.Sin(phi / 2), (phi1 + phi2) / 2, (phi1 - phi2) / 2);
        return new(c * Math.Cos(sum), s * Math.Cos(difference), s * Math.Sin(difference), c * Math.Sin(sum));
    }

    /// <summary>From a quaternion of any length but 0.</summary>
    public static Orientation FromQuaternion(double w, double x, double y, double z)
    {
        var length = Math.Sqrt(w * w + x * x + y * y + z * z);
        return new(w / length, x / length, y / length, z / length);
    }

    /// <summary>The orientation that a case gives.</summary>
    public static Orientation Of(OrientationCase given) => given switch
    {
        { Euler: [var phi1, var phi, var phi2] } => FromEuler(phi1, phi, phi2),
        { Quaternion: [var w, var x, var y, var z] } => FromQuaternion(w, x, y, z),
        _ => throw new ArgumentException("an orientation has three angles or four numbers", nameof(given)),
    };

    /// <summary>Uniform over all rotations (Marsaglia, Ann. Math. Stat. 43 (1972) 645: a point on the unit sphere in four dimensions).</summary>
    public static Orientation Random(SplitMix64 random)
    {
        while (true)
        {
            var (w, x, y, z) = (2 * random.Uniform() - 1, 2 * random.Uniform() - 1, 2 * random.Uniform() - 1, 2 * random.Uniform() - 1);
            if (w * w + x * x + y * y + z * z is > 1e-4 and <= 1)
                return FromQuaternion(w, x, y, z);
        }
    }

    /// <summary>The c axis near z, random about it.</summary>
    /// <param name="spread">Standard deviation of the tilts about x and y [rad].</param>
    public static Orientation Fibre(SplitMix64 random, double spread)
    {
        // Half an angle that is uniform over the circle is uniform over half of it, which is all that a quaternion needs.
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
    public double[,] Matrix()
    {
        double Exact(double value) => Math.Abs(value) < Rounding ? 0 : Math.Abs(Math.Abs(value) - 1) < Rounding ? Math.Sign(value) : value;
        return new[,]
        {
            { Exact(W * W + X * X - Y * Y - Z * Z), Exact(2 * (X * Y + W * Z)), Exact(2 * (X * Z - W * Y)) },
            { Exact(2 * (X * Y - W * Z)), Exact(W * W - X * X + Y * Y - Z * Z), Exact(2 * (Y * Z + W * X)) },
            { Exact(2 * (X * Z + W * Y)), Exact(2 * (Y * Z - W * X)), Exact(W * W - X * X - Y * Y + Z * Z) },
        };
    }

    /// <summary>Bunge's Euler angles [rad]: φ1 and φ2 from 0 to 2π, Φ from 0 to π; φ2 = 0 where only a sum or difference of both is defined.</summary>
    public (double Phi1, double Phi, double Phi2) Euler()
    {
        var (sum, difference) = (Math.Atan2(Z, W), Math.Atan2(Y, X));
        var phi = 2 * Math.Atan2(Math.Sqrt(X * X + Y * Y), Math.Sqrt(W * W + Z * Z));
        static double Positive(double angle) => angle < 0 ? angle + 2 * Math.PI : angle >= 2 * Math.PI ? angle - 2 * Math.PI : angle;
        return phi < Rounding ? (Positive(2 * sum), 0, 0) : Math.PI - phi < Rounding ? (Positive(2 * difference), Math.PI, 0) : (Positive(sum + difference), phi, Positive(sum - difference));
    }
}
