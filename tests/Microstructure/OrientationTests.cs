using MesoLiMg.Model;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Bunge's convention: v_crystal = g v_sample, g = Z(φ2) X(Φ) Z(φ1), each turning the axes.</summary>
public class OrientationTests
{
    private const double Degree = Math.PI / 180;

    /// <summary>Worked out by hand.</summary>
    public static TheoryData<double, double, double, double[]> Matrices => new()
    {
        { 0, 0, 0, [1, 0, 0, 0, 1, 0, 0, 0, 1] },
        // The crystal turned by 90° about z: its a axis lies along the sample's y.
        { 90, 0, 0, [0, 1, 0, -1, 0, 0, 0, 0, 1] },
        { 0, 0, 90, [0, 1, 0, -1, 0, 0, 0, 0, 1] },
        // Turned by 90° about x: the c axis lies along -y.
        { 0, 90, 0, [1, 0, 0, 0, 0, 1, 0, -1, 0] },
        // First about z, then about the new x: the c axis lies along +x.
        { 90, 90, 0, [0, 1, 0, 0, 0, 1, 1, 0, 0] },
        { 0, 90, 90, [0, 0, 1, -1, 0, 0, 0, -1, 0] },
        { 30, 0, 0, [0.8660254037844386, 0.5, 0, -0.5, 0.8660254037844386, 0, 0, 0, 1] },
        { 0, 60, 0, [1, 0, 0, 0, 0.5, 0.8660254037844386, 0, -0.8660254037844386, 0.5] },
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Euler_angles_give_the_matrix_worked_out_by_hand(double phi1, double phi, double phi2,
        double[] expected) =>
        AssertClose(expected, Orientation.FromEuler(phi1 * Degree, phi * Degree, phi2 * Degree));

    [Theory]
    [InlineData(20, 50, 70)]
    [InlineData(200, 170, 340)]
    [InlineData(359, 1, 2)]
    [InlineData(0, 0, 0)]
    [InlineData(40, 180, 0)]
    public void Euler_angles_give_the_product_of_three_turns_and_come_back(double phi1, double phi, double phi2)
    {
        var orientation = Orientation.FromEuler(phi1 * Degree, phi * Degree, phi2 * Degree);
        var product = Times(Z(phi2 * Degree), Times(X(phi * Degree), Z(phi1 * Degree)));
        AssertClose(product.Cast<double>().ToArray(), orientation);
        var (a, b, c) = orientation.Euler();
        Assert.Equal([phi1, phi, phi2], new[] { a / Degree, b / Degree, c / Degree }
            .Select(angle => Math.Round(angle, 8)));
    }

    [Fact]
    public void A_quaternion_of_a_turn_about_z_is_the_first_Euler_angle() =>
        AssertClose(Orientation.FromEuler(0.7, 0, 0).Matrix().Cast<double>().ToArray(),
            Orientation.FromQuaternion(2 * Math.Cos(0.35), 0, 0, 2 * Math.Sin(0.35)));

    [Fact]
    public void A_product_turns_by_the_right_factor_first()
    {
        // First by 90° about z, then by 90° about the sample's x: the a axis goes to y, then to z.
        var both = Orientation.FromQuaternion(1, 1, 0, 0) * Orientation.FromQuaternion(1, 0, 0, 1);
        AssertClose([0, 0, 1, -1, 0, 0, 0, -1, 0], both);
    }

    private static double[,] Z(double angle) =>
        new[,] { { Math.Cos(angle), Math.Sin(angle), 0 }, { -Math.Sin(angle), Math.Cos(angle), 0 }, { 0, 0, 1 } };

    private static double[,] X(double angle) =>
        new[,] { { 1, 0, 0 }, { 0, Math.Cos(angle), Math.Sin(angle) }, { 0, -Math.Sin(angle), Math.Cos(angle) } };

    private static double[,] Times(double[,] a, double[,] b)
    {
        var c = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                c[i, j] = Enumerable.Range(0, 3).Sum(k => a[i, k] * b[k, j]);
        return c;
    }

    private static void AssertClose(double[] expected, Orientation orientation)
    {
        var g = orientation.Matrix().Cast<double>().ToArray();
        for (var i = 0; i < 9; i++)
            Assert.Equal(expected[i], g[i], 1e-14);
    }
}
