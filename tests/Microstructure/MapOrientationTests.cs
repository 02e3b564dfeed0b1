using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tools;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Orientations in files are read as they are meant, or refused; where they are from is said.</summary>
public sealed class MapOrientationTests : IDisposable
{
    private const string Domain =
        "domain: { kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, 2] }\nmaterial: { diffusivity_ratio: 2 }\n";
    private const string Old = "/DataContainers/Image", New = "/DataStructure/Group/Image";
    private static readonly double[] Angles = [0, 0, 0, 0.7, 0.4, 5.1, 3.9, 2.2, 1.3];
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(Old, "Cell Feature Data/AvgQuats")]
    [InlineData(New, "Cell Feature Data/Avg Quats")]
    public void Quaternions_of_DREAM3D_turn_as_its_Euler_angles_do(string container, string name)
    {
        var grains = Read(Write(container, name, Angles.Chunk(3).SelectMany(Dream3DQuaternion).ToArray(), 4));
        Assert.EndsWith($"{container}/{name} of {folder.Path}/a.dream3d", grains.OrientationSource);
        for (var grain = 0; grain < 2; grain++)
        {
            var expected =
                Orientation.FromEuler(Angles[3 * grain + 3], Angles[3 * grain + 4], Angles[3 * grain + 5])
                .Matrix().Cast<double>();
            foreach (var (ours, theirs) in grains.Orientations[grain].Matrix().Cast<double>().Zip(expected))
                Assert.Equal(theirs, ours, 1e-14);
        }
    }

    [Theory]
    [InlineData(Old, "Grains/AvgEulerAngles")]
    [InlineData(Old, "Grains/EulerAngles")]
    [InlineData(New, "Cell Feature Data/AvgEulerAngles")]
    public void Angles_of_features_are_found_in_both_layouts(string container, string name) =>
        Assert.Equal(2.2, Read(Write(container, name, Angles, 3)).Orientations[1].Euler().Phi, 1e-14);

    [Fact]
    public void Degrees_are_read_when_the_case_says_so_and_refused_when_not()
    {
        var path = Write(Old, "Grains/AvgEulerAngles", Angles.Select(angle => angle * 180 / Math.PI).ToArray(), 3);
        Assert.Equal(2.2, Read(path, ", angle_unit: deg").Orientations[1].Euler().Phi, 1e-12);
        Assert.EndsWith(
            "Grains/AvgEulerAngles: grain 1 has the Euler angle 40.107, beyond 2 pi; say microstructure.angle_unit: "
            + "deg if it is in degrees, or rad", Refused(path));
        Assert.Equal(Math.Cos(Angles[4] * 180 / Math.PI),
            Read(path, ", angle_unit: rad").Orientations[0].Matrix()[2, 2], 1e-10);
    }

    [Fact]
    public void Angles_and_quaternions_that_are_not_understood_are_refused_unless_the_case_has_its_own()
    {
        void Refuses(string name, Array numbers, int width, string expected)
        {
            var path = Write(Old, $"Grains/{name}", numbers, width);
            Assert.Contains($"{Old}/Grains/{name}{expected}", Refused(path));
            var grains = Read(path, ", orientations: [ { euler: [0, 90 deg, 0] } ]");
            Assert.Equal((Math.PI / 2, "microstructure.orientations of the case"),
                (grains.Orientations[1].Euler().Phi, grains.OrientationSource));
        }
        double[] bad = [.. Angles];
        bad[6] = double.NaN;
        Refuses("AvgEulerAngles", bad, 3, ": grain 2 has the angles NaN, 2.2, 1.3, expected numbers");
        Refuses("AvgEulerAngles", Angles, 9,
            " has the shape (1, 9), expected (ids + 1, 3), a row for each grain id from 0 on");
        Refuses("AvgEulerAngles", new int[9], 3,
            " holds integers, expected floating-point numbers; if they are whole degrees, say "
            + "microstructure.angle_unit: deg");
        Refuses("AvgEulerAngles", Angles[..6], 3, " has 2 rows, none for grain 2");
        Refuses("AvgQuats", new double[] { 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0.5, 0.5, 0 }, 4,
            ": grain 2 has a quaternion of length 0.866025, expected 1");
        Refuses("AvgQuats", Angles, 3, " has the shape (3, 3), expected (ids + 1, 4)");
    }

    [Fact]
    public void Nearly_unit_quaternions_are_normalised_and_whole_degrees_read()
    {
        var grains =
            Read(Write(Old, "Grains/AvgQuats", new double[] { 0, 0, 0, 1, 0, 0, 0, 1.003, 0, 0, 0, 0.997 }, 4));
        Assert.Equal(1, grains.Orientations[0].Matrix()[0, 0], 1e-15);
        Assert.Equal(Math.PI / 2,
            Read(Write(Old, "Grains/AvgEulerAngles", new[] { 0, 0, 0, 0, 90, 0, 0, 90, 0 }, 3),
            ", angle_unit: deg").Orientations[1].Euler().Phi, 1e-15);
    }

    [Fact]
    public void What_is_not_read_is_said_and_then_orientations_are_drawn()
    {
        var grains = Read(Write(Old, "Grains/RodriguesVectors", Angles, 3), ", seed: 4");
        Assert.Equal("drawn, fibre along z, seed 4; the file has none", grains.OrientationSource);
        Assert.EndsWith("Grains/RodriguesVectors is not read: expected AvgEulerAngles, EulerAngles, AvgQuats or Quats",
            Assert.Single(grains.Warnings));
    }

    [Fact]
    public void A_texture_beside_orientations_of_a_file_is_warned_of() => Assert.Contains(
        "microstructure.texture: has no effect: the file has orientations",
            Assert.Single(Read(Write(Old, "Grains/AvgEulerAngles", Angles, 3), ", texture: random").Warnings));

    [Theory]
    [InlineData(".h5")]
    [InlineData(".vti")]
    public void Orientations_that_the_program_writes_it_reads_back(string extension)
    {
        var document = CaseText.Parse(Domain + "microstructure: { kind: equiaxed, grains: 3, texture: random }");
        var made = GrainFile.Of(document.Case)!;
        var path = Path.Combine(folder.Path, "grains.h5");
        SnapshotWriter.Write(GrainSnapshot.Of(made, document.Case, new("", "", "", "", "", "")), path);
        using (var snapshot = SnapshotFile.Open(path))
            VtkFile.Write(snapshot, Path.ChangeExtension(path, ".vti"));
        var read = Read(Path.ChangeExtension(path, extension));
        foreach (var (a, b) in made.Orientations.Zip(read.Orientations))
            Assert.Equal(a.Matrix().Cast<double>().Select(g => Math.Round(g, 10)),
                b.Matrix().Cast<double>().Select(g => Math.Round(g, 10)));
    }

    [Theory]
    [InlineData("microstructure")]
    [InlineData("run")]
    public void Where_orientations_are_from_is_printed(string command)
    {
        var path = Write(Old, "Grains/AvgEulerAngles", Angles, 3);
        var file = folder.Write("a.yaml", $"{Domain}microstructure: {{ kind: file, file: a.dream3d }}\ncoupling: none");
        var (exit, output, errors) = ProgramRun.Call(command, file, "-o", Path.Combine(folder.Path, "out"));
        Assert.Equal(0, exit);
        Assert.DoesNotContain("warning", output + errors);
        Assert.Contains(
            $"grains: {Old}/Cells/FeatureIds of {path}\norientations: {Old}/Grains/AvgEulerAngles of {path}\n", output);
    }

    [Theory]
    [InlineData("orientations: [ { euler: [0, 0, 0] }, { euler: [0, 0, 0] }, { euler: [0, 0, 0] } ]", "orientations")]
    [InlineData("diffusivity: [1e-15 m^2/s, 1e-15 m^2/s, 1e-15 m^2/s]", "diffusivity")]
    public void A_list_that_is_longer_than_the_grains_has_its_line(string list, string entry)
    {
        Write(Old, "Grains/AvgEulerAngles", Angles, 3);
        var file =
            folder.Write("a.yaml",
            $"{Domain}microstructure:\n  kind: file\n  file: a.dream3d\n  {list}\ncoupling: none");
        foreach (var command in new[] { "microstructure", "run" })
            Assert.Equal((2, $"{file}:6: microstructure.{entry}: has 3 entries, but there are 2 grains"),
                ProgramRun.Call(command, file, "-o", Path.Combine(folder.Path, "out")) is var (exit, _, errors)
                ? (exit, errors.Trim()) : default);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// x, y, z, w as DREAM.3D makes them of Bunge's angles (Rowenhorst et al., Modelling Simul. Mater. Sci. Eng. 23
    /// (2015) 083501, with its passive convention): the vector part has the minus sign of a passive rotation.
    /// </summary>
    private static double[] Dream3DQuaternion(double[] e)
    {
        var (sum, difference) = ((e[0] + e[2]) / 2, (e[0] - e[2]) / 2);
        var (c, s) = (Math.Cos(e[1] / 2), Math.Sin(e[1] / 2));
        return [-s * Math.Cos(difference), -s * Math.Sin(difference), -c * Math.Sin(sum), c * Math.Cos(sum)];
    }

    /// <summary>A file with two grains and a dataset of features.</summary>
    private string Write(string container, string name, Array numbers, int width)
    {
        var path = Path.Combine(folder.Path, "a.dream3d");
        using var file = Hdf5File.Create(path);
        string[] parts = container.Split('/');
        for (var depth = 2; depth <= parts.Length; depth++)
            file.CreateGroup(string.Join('/', parts[..depth]));
        file.CreateGroup($"{container}/Cells");
        file.CreateGroup($"{container}/{name.Split('/')[0]}");
        file.Write($"{container}/Cells/FeatureIds", Enumerable.Range(0, 24).Select(i => i % 2 + 1).ToArray(),
            [2, 3, 4, 1], 0);
        file.Write($"{container}/{name}", numbers, [numbers.Length / width, width], 0);
        file.Close();
        return path;
    }

    private static GrainMap Read(string path, string more = "") =>
        GrainFile.Of(CaseText.Parse(Domain + $"microstructure: {{ kind: file, file: '{path}'{more} }}").Case)!;

    private static string Refused(string path) => Assert.Throws<InputException>(() => Read(path)).Message;
}
