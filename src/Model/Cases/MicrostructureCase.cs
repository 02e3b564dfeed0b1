namespace MesoLiMg.Model;

/// <summary>How the file of a grain map is built.</summary>
public enum MapFormat { Hdf5, Vti, Npy, Tesr, Raw }

/// <summary>Numbers of a raw grain map.</summary>
public enum MapNumber
{
    [CaseName("int8")] Int8,
    [CaseName("uint8")] UInt8,
    [CaseName("int16")] Int16,
    [CaseName("uint16")] UInt16,
    [CaseName("int32")] Int32,
    [CaseName("uint32")] UInt32,
    [CaseName("int64")] Int64,
    [CaseName("uint64")] UInt64,
    [CaseName("float32")] Float32,
    [CaseName("float64")] Float64,
}

public enum ByteOrder { Little, Big }

public enum AngleUnit { Rad, Deg }

public enum GrainKind { Columnar, Equiaxed, Hexagonal, Layers, File }

/// <summary>What cells are that belong to no grain.</summary>
public enum OutsideKind { Film, Void }

public enum TextureKind { Random, Fibre }

/// <summary>
/// Grains that fill the film; regions lie over them. Lists of properties and orientations are taken in turn, grain
/// after grain, so that two entries make two kinds of grains. Grains go on through periodic lateral faces.
/// </summary>
public sealed record MicrostructureCase
{
    [Parameter("columnar (columns along z), equiaxed, hexagonal (an array of columns), layers (along z), or file.")]
    public GrainKind Kind { get; init; } = GrainKind.Columnar;

    [Parameter("Mean width of grains: the diameter of the circle or ball of the mean grain's size, the distance of "
        + "hexagons' centres, the thickness of layers.", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? GrainSize { get; init; }

    [Parameter("Number of grains, instead of grain_size.", Unit = "1", Min = 1, Max = 1000000)]
    public int? Grains { get; init; }

    [Parameter("Standard deviation of ln(width), which makes a Laguerre tessellation with log-normal widths; without "
        + "it a Voronoi tessellation of random points (columnar, equiaxed).", Unit = "1", Min = 0, Max = 1)]
    public double? SizeSpread { get; init; }

    [Parameter("Number from which grains and orientations are drawn; the same number gives the same grains on every "
        + "machine.", Unit = "1", Min = 0)]
    public int Seed { get; init; } = 1;

    [Parameter(
        "File with a grain id per voxel (kind file): HDF5 (DREAM.3D or plain), .vti, .npy, Neper's .tesr, or .raw "
        + "integers, x fastest; 0 is no grain. "
        + "Cells may be whole multiples of the voxels. Relative to the case file.", IsFile = true)]
    public string? File { get; init; }

    [Parameter("Format of that file; by default that of its ending: .h5, .hdf5, .dream3d, .vti, .npy, .tesr, .raw.")]
    public MapFormat? Format { get; init; }

    [Parameter("Dataset or array of ids in that file; by default FeatureIds or, of a snapshot, grain.")]
    public string? Dataset { get; init; }

    [Parameter(
        "Type of the numbers of a raw file; without it unsigned integers by the file's size, where they can be nothing "
        + "else.")]
    public MapNumber? Type { get; init; }

    [Parameter("Order of the bytes of a raw file's numbers; without it little, where that makes sense.")]
    public ByteOrder? ByteOrder { get; init; }

    [Parameter("Voxels of a raw file along each axis of the domain, z last; domain.cells when absent.", Unit = "1",
        Min = 1)]
    public IReadOnlyList<int>? Voxels { get; init; }

    [Parameter(
        "Unit of the Euler angles in an HDF5 or .vti file; rad when absent, and then angles beyond 2 pi are refused.")]
    public AngleUnit? AngleUnit { get; init; }

    [Parameter("What the cells of no grain of a file are: film (with the film's own properties) or void.")]
    public OutsideKind Outside { get; init; } = OutsideKind.Film;

    [Parameter("Orientations that are drawn; those given in orientations or found in the file come first.")]
    public TextureCase Texture { get; init; } = new();

    [Parameter("Orientations of grains 1, 2, ... in turn.")]
    public IReadOnlyList<OrientationCase> Orientations { get; init; } = [];

    [Parameter("Young's moduli of grains 1, 2, ... in turn; the film's when empty.")]
    public IReadOnlyList<ModulusCase> YoungsModulus { get; init; } = [];

    [Parameter("Poisson's ratios of grains 1, 2, ... in turn; the film's when empty.", Unit = "1", Min = -1,
        AboveMin = true, Max = 0.495)]
    public IReadOnlyList<double> PoissonRatio { get; init; } = [];

    [Parameter("Stiffness tensors of grains 1, 2, ... in turn, in crystal axes; the film's when empty.")]
    public IReadOnlyList<StiffnessCase> Stiffness { get; init; } = [];

    [Parameter("Diffusivities of grains 1, 2, ... in turn; the film's when empty.")]
    public IReadOnlyList<DiffusivityCase> Diffusivity { get; init; } = [];

    [Parameter("Partial molar volumes of grains 1, 2, ... in turn; the film's when empty.")]
    public IReadOnlyList<MolarVolumeCase> PartialMolarVolume { get; init; } = [];

    [Parameter("Diffusivities along the c axis over that across it of grains 1, 2, ... in turn, or principal: three "
        + "such ratios; the film's when empty.")]
    public IReadOnlyList<DiffusivityRatioCase> DiffusivityRatio { get; init; } = [];

    [Parameter("Classes of grains 1, 2, ... in turn, for boundaries.pairs; all are of class 1 when empty.",
        Unit = "1", Min = 1)]
    public IReadOnlyList<int> Classes { get; init; } = [];

    [Parameter("What grain boundaries do to lithium; nothing when absent.")]
    public BoundariesCase? Boundaries { get; init; }

    /// <summary>Class of a grain 1, 2, ...</summary>
    public int ClassOf(int grain) => Classes.Count == 0 ? 1 : Classes[(grain - 1) % Classes.Count];
}

/// <summary>How orientations are drawn.</summary>
public sealed record TextureCase
{
    [Parameter("random (uniform over all rotations), or fibre: (002), the c axis along z and random about it.",
        Shorthand = true)]
    public TextureKind Kind { get; init; } = TextureKind.Fibre;

    [Parameter("Standard deviation of the tilt of a fibre's c axis about x and about y.", Unit = "rad", Display = "deg",
        Min = 0, Max = 40 * Math.PI / 180)]
    public double Spread { get; init; }
}

/// <summary>Exactly one of its entries: how a crystal lies in the sample, v_crystal = g v_sample.</summary>
public sealed record OrientationCase
{
    [Parameter("Bunge's Euler angles phi1, Phi, phi2 with g = Z(phi2) X(Phi) Z(phi1); by convention 0 to 360, 0 to "
        + "180 and 0 to 360 deg.", Unit = "rad", Display = "deg", Min = -2 * Math.PI, Max = 2 * Math.PI)]
    public IReadOnlyList<double>? Euler { get; init; }

    [Parameter("Quaternion w, x, y, z of the rotation that turns the sample's axes into the crystal's; of any length.",
        Unit = "1")]
    public IReadOnlyList<double>? Quaternion { get; init; }
}

/// <summary>Grain boundaries as fast paths along themselves and barriers across.</summary>
public sealed record BoundariesCase
{
    [Parameter("Width delta of the boundary that conducts.", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double Width { get; init; } = 1e-9;

    [Parameter("Diffusivity D_gb along boundaries, in excess of the grains'; they carry delta D_gb per length.",
        Unit = "m^2/s", Display = "cm^2/s", Min = 0)]
    public double Diffusivity { get; init; }

    [Parameter("Permeability P across boundaries: the flux is P times the difference of concentration between both "
        + "sides; no barrier when absent.", Unit = "m/s", Min = 0)]
    public double? Permeability { get; init; }

    [Parameter("Other values between grains of two classes.")]
    public IReadOnlyList<BoundaryPairCase> Pairs { get; init; } = [];

    /// <summary>D_gb and P between two classes.</summary>
    public (double Diffusivity, double? Permeability) Between(int a, int b)
    {
        var pair = Pairs.LastOrDefault(p => (p.Classes[0], p.Classes[1]) == (a, b)
            || (p.Classes[0], p.Classes[1]) == (b, a));
        return (pair?.Diffusivity ?? Diffusivity, pair?.Permeability ?? Permeability);
    }
}

/// <summary>Boundaries between grains of two classes; what is not given is as for all others.</summary>
public sealed record BoundaryPairCase
{
    [Parameter("The two classes.", Unit = "1", Min = 1, Required = true)]
    public IReadOnlyList<int> Classes { get; init; } = [];

    [Parameter("Diffusivity along.", Unit = "m^2/s", Display = "cm^2/s", Min = 0)]
    public double? Diffusivity { get; init; }

    [Parameter("Permeability across.", Unit = "m/s", Min = 0)]
    public double? Permeability { get; init; }
}
