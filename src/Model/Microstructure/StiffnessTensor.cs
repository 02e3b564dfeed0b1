namespace MesoLiMg.Model;

/// <summary>
/// A stiffness tensor C_ijkl [Pa] as the matrix of Voigt over the pairs XX YY ZZ XY YZ XZ (VTK's order), which maps
/// strains with engineering shears to stresses.
/// </summary>
public sealed class StiffnessTensor
{
    private static readonly (int I, int J)[] Pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];

    /// <summary>Where the pairs are in Voigt's own order, 11 22 33 23 13 12.</summary>
    private static readonly int[] InVoigt = [0, 1, 2, 5, 3, 4];

    private readonly double[,] constants;

    private StiffnessTensor(double[,] constants) => this.constants = constants;

    /// <summary>C of two pairs.</summary>
    public double this[int row, int column] => constants[row, column];

    /// <summary>The tensor of a case, in crystal axes.</summary>
    public static StiffnessTensor Of(StiffnessCase given)
    {
        if (given.Tensor is { } tensor)
            return new(Matrix((i, j) => tensor[6 * InVoigt[i] + InVoigt[j]]));
        var (c11, c12, c44) = (given.C11!.Value, given.C12!.Value, given.C44!.Value);
        var (c13, c33, c66) = given is { C13: { } c, C33: { } d } ? (c, d, (c11 - c12) / 2) : (c12, c11, c44);
        return new(Matrix((i, j) => (i, j) switch
        {
            (0, 0) or (1, 1) => c11,
            (2, 2) => c33,
            (0, 1) or (1, 0) => c12,
            ( < 3, < 3) => c13,
            (3, 3) => c66,
            (4, 4) or (5, 5) => c44,
            _ => 0,
        }));
    }

    /// <summary>
    /// The tensor of a region or else of the film, in crystal axes; null for an isotropic material, to which a region's
    /// own moduli make it.
    /// </summary>
    public static StiffnessTensor? Of(RegionCase? region, MaterialCase film) =>
        region?.Stiffness is { } own ? Of(own)
        : region?.YoungsModulus is null && region?.PoissonRatio is null && film.Stiffness is { } shared ? Of(shared)
        : null;

    /// <summary>λ δ_ij δ_kl + μ (δ_ik δ_jl + δ_il δ_jk).</summary>
    public static StiffnessTensor Isotropic(double modulus, double poisson)
    {
        var (lambda, mu) = (modulus * poisson / (1 + poisson) / (1 - 2 * poisson), modulus / 2 / (1 + poisson));
        return new(Matrix((i, j) => (i < 3 && j < 3 ? lambda : 0) + (i == j ? i < 3 ? 2 * mu : mu : 0)));
    }

    /// <summary>
    /// Components along the sample's axes of a crystal's tensor: C_ijkl = g_pi g_qj g_rk g_sl C_pqrs. A g whose columns
    /// are exchanged or change sign, the crystal turned by right angles about the sample's axes, gives the same bits at
    /// exchanged places.
    /// </summary>
    public StiffnessTensor Turned(Orientation orientation)
    {
        var g = orientation.Matrix();
        // The strain of crystal pairs is this matrix times that of sample pairs, and C goes over as a quadratic form,
        // with the products of two crystal pairs added first: so i and j may be exchanged, and with them rows and
        // columns.
        var turn = Matrix((crystal, sample) =>
        {
            var ((p, q), (i, j)) = (Pairs[crystal], Pairs[sample]);
            var both = i == j ? g[p, i] * g[q, i] : (g[p, i] * g[q, j] + g[p, j] * g[q, i]) / 2;
            return p == q ? both : 2 * both;
        });
        return new(Matrix((i, j) =>
        {
            var sum = 0.0;
            for (var p = 0; p < 6; p++)
            {
                sum += constants[p, p] * (turn[p, i] * turn[p, j]);
                for (var q = p + 1; q < 6; q++)
                    sum += (constants[p, q] + constants[q, p]) / 2
                        * (turn[p, i] * turn[q, j] + turn[q, i] * turn[p, j]);
            }
            return sum;
        }));
    }

    /// <summary>Whether every strain costs energy: the pivots of Gauss's elimination are positive.</summary>
    public bool IsPositive
    {
        get
        {
            var largest = Enumerable.Range(0, 6).Max(i => constants[i, i]);
            return largest > 0 && Eliminate(constants, 6).Pivots.All(pivot => pivot > 1e-9 * largest);
        }
    }

    /// <summary>Whether the matrix is symmetric, to the digits that people write.</summary>
    public bool IsSymmetric => Enumerable.Range(0, 36)
        .All(k => Math.Abs(constants[k / 6, k % 6] - constants[k % 6, k / 6]) <= 1e-9 * Math.Abs(constants[0, 0]));

    /// <summary>Whether turns change nothing, to the digits that people write.</summary>
    public bool IsIsotropic
    {
        get
        {
            var (lambda, mu, slack) = (constants[0, 1], constants[3, 3], 1e-9 * Math.Abs(constants[0, 0]));
            double Expected(int i, int j) => i < 3 && j < 3 ? lambda + (i == j ? 2 * mu : 0) : i == j ? mu : 0;
            return Enumerable.Range(0, 36)
                .All(k => Math.Abs(constants[k / 6, k % 6] - Expected(k / 6, k % 6)) <= slack);
        }
    }

    /// <summary>
    /// Checks that a body of such crystals, in sample axes, can stay as flat or round as the domain has it.
    /// </summary>
    /// <param name="whose">What the tensor belongs to, for the message.</param>
    /// <exception cref="InputException">It would move along an axis that the domain lacks.</exception>
    public void RequirePlanar(DomainKind kind, string whose)
    {
        var why = kind switch
        {
            DomainKind.Axisymmetric when !IsAlikeAboutZ =>
                "is not the same in all directions about the axis z, which r-z asks for: hexagonal crystals with c "
                + "along z are",
            DomainKind.PlaneStrain when !IsMirror(1) =>
                "lies so that strains in the x-z plane shear it along y, which plane strain has no displacement for: "
                + "c of a hexagonal crystal must lie in that plane or along y, a cubic one have a cube's or a "
                + "diagonal plane there",
            DomainKind.Slab when !IsMirror(0) || !IsMirror(1) =>
                "lies so that a strain along z shears it sideways, where a slab is clamped: an axis of symmetry must "
                + "lie along z",
            _ => null,
        };
        if (why is not null)
            throw new InputException($"{whose}: the crystal {why}; kind 3d takes any orientation");
    }

    /// <summary>
    /// Whether the plane across an axis (0 = x, 1 = y, 2 = z) is one of symmetry: strains in it cause no shears out of
    /// it.
    /// </summary>
    public bool IsMirror(int axis) => Enumerable.Range(0, 36)
        .All(k => Across(k / 6, axis) == Across(k % 6, axis) || IsNothing(constants[k / 6, k % 6]));

    /// <summary>Whether all directions about z are alike.</summary>
    public bool IsAlikeAboutZ
    {
        get
        {
            // An angle that no rotation symmetry of a crystal has.
            var turned = Turned(Orientation.FromEuler(1, 0, 0));
            return Enumerable.Range(0, 36).All(k => IsNothing(turned[k / 6, k % 6] - constants[k / 6, k % 6]));
        }
    }

    /// <summary>Compliances S, which map stresses to strains with engineering shears.</summary>
    public StiffnessTensor Inverse()
    {
        var inverse = InverseBothWays(constants, [1, 0, 2, 3, 5, 4]);
        return new(Matrix((i, j) => (inverse[i, j] + inverse[j, i]) / 2));
    }

    /// <summary>Voigt's averages over all orientations, of uniform strain [Pa].</summary>
    public (double Bulk, double Shear) Voigt()
    {
        var (diagonal, mixed, shears) = (this[0, 0] + this[1, 1] + this[2, 2], this[0, 1] + this[0, 2] + this[1, 2],
            this[3, 3] + this[4, 4] + this[5, 5]);
        return ((diagonal + 2 * mixed) / 9, (diagonal - mixed + 3 * shears) / 15);
    }

    /// <summary>Reuss's averages over all orientations, of uniform stress [Pa].</summary>
    public (double Bulk, double Shear) Reuss()
    {
        var s = Inverse();
        var (diagonal, mixed, shears) = (s[0, 0] + s[1, 1] + s[2, 2], s[0, 1] + s[0, 2] + s[1, 2],
            s[3, 3] + s[4, 4] + s[5, 5]);
        return (1 / (diagonal + 2 * mixed), 15 / (4 * diagonal - 4 * mixed + 3 * shears));
    }

    /// <summary>E and ν of the isotropic body between both averages (Hill, Proc. Phys. Soc. A 65 (1952) 349).</summary>
    public (double Modulus, double Poisson) Hill()
    {
        var (bulk, shear) = ((Voigt().Bulk + Reuss().Bulk) / 2, (Voigt().Shear + Reuss().Shear) / 2);
        return (9 * bulk * shear / (3 * bulk + shear), (3 * bulk - 2 * shear) / (2 * (3 * bulk + shear)));
    }

    /// <summary>
    /// C_pn C_nn⁻¹ of a face across an axis: how the stresses in the face follow its traction while its own strain is
    /// kept.
    /// </summary>
    /// <param name="inPlane">Pairs of the stresses in the face.</param>
    /// <param name="traction">Pairs of the traction, the normal one first; the other two may be exchanged.</param>
    public double[,] FollowTraction(int[] inPlane, int[] traction)
    {
        var across = new double[3, 3];
        for (var k = 0; k < 9; k++)
            across[k / 3, k % 3] = this[traction[k / 3], traction[k % 3]];
        var inverse = InverseBothWays(across, [0, 2, 1]);
        var result = new double[3, 3];
        for (var k = 0; k < 9; k++)
        {
            double Term(int t) => this[inPlane[k / 3], traction[t]] * inverse[t, k % 3];
            result[k / 3, k % 3] = Term(1) + Term(2) + Term(0);
        }
        return result;
    }

    /// <summary>Whether a pair of axes is a shear out of the plane across an axis.</summary>
    private static bool Across(int pair, int axis) => Pairs[pair].I != Pairs[pair].J
        && (Pairs[pair].I == axis || Pairs[pair].J == axis);

    /// <summary>Nothing beside C_11, to the digits that people write.</summary>
    private bool IsNothing(double constant) => Math.Abs(constant) <= 1e-9 * Math.Abs(constants[0, 0]);

    /// <summary>
    /// The inverse as the mean of eliminating rows as they stand and with some exchanged: the inverse of the exchanged
    /// matrix has the same bits at exchanged places, so that turning a film by a quarter turns its compliances to the
    /// bit.
    /// </summary>
    /// <param name="exchanged">The row that takes the place of each; an exchange, done twice, is none.</param>
    private static double[,] InverseBothWays(double[,] matrix, int[] exchanged)
    {
        var n = exchanged.Length;
        var (result, other) = (Eliminate(matrix, n).Inverse, new double[n, n]);
        for (var k = 0; k < n * n; k++)
            other[k / n, k % n] = matrix[exchanged[k / n], exchanged[k % n]];
        other = Eliminate(other, n).Inverse;
        for (var k = 0; k < n * n; k++)
            result[k / n, k % n] = (result[k / n, k % n] + other[exchanged[k / n], exchanged[k % n]]) / 2;
        return result;
    }

    /// <summary>
    /// Pivots and inverse of a matrix by Gauss and Jordan, without exchanges: for positive definite ones.
    /// </summary>
    private static (double[] Pivots, double[,] Inverse) Eliminate(double[,] matrix, int n)
    {
        var (a, inverse, pivots) = ((double[,])matrix.Clone(), new double[n, n], new double[n]);
        for (var k = 0; k < n; k++)
            inverse[k, k] = 1;
        for (var k = 0; k < n; k++)
        {
            pivots[k] = a[k, k];
            for (var j = 0; j < n; j++)
                (a[k, j], inverse[k, j]) = (a[k, j] / pivots[k], inverse[k, j] / pivots[k]);
            for (var i = 0; i < n; i++)
            {
                var factor = i == k ? 0 : a[i, k];
                for (var j = 0; j < n; j++)
                    (a[i, j], inverse[i, j]) = (a[i, j] - factor * a[k, j], inverse[i, j] - factor * inverse[k, j]);
            }
        }
        return (pivots, inverse);
    }

    private static double[,] Matrix(Func<int, int, double> entry)
    {
        var matrix = new double[6, 6];
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < 6; j++)
                matrix[i, j] = entry(i, j);
        return matrix;
    }
}
