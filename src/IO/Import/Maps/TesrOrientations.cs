using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>
/// Orientations as Neper describes them, in degrees. Its passive convention, the default, is Bunge's as here: g takes
/// components from sample to crystal axes; the active one is the opposite rotation. Up to format 2.1
/// the two words were used the other way round.
/// </summary>
internal sealed class TesrOrientations
{
    private static readonly Dictionary<string, int> Parameters = new()
    {
        ["rodrigues"] = 3,
        ["euler-bunge"] = 3,
        ["euler-kocks"] = 3,
        ["euler-roe"] = 3,
        ["rotmat"] = 9,
        ["axis-angle"] = 4,
        ["quaternion"] = 4,
    };

    private static readonly Dictionary<string, string> Short = new()
    {
        ["R"] = "rodrigues",
        ["e"] = "euler-bunge",
        ["ek"] = "euler-kocks",
        ["er"] = "euler-roe",
        ["g"] = "rotmat",
        ["rtheta"] = "axis-angle",
        ["q"] = "quaternion",
    };

    private readonly string descriptor;
    private readonly bool isInverse;

    /// <summary>How orientations are described.</summary>
    /// <param name="text">The file, for messages.</param>
    /// <param name="word">Descriptor and, behind a colon, convention.</param>
    /// <param name="version">Of the format.</param>
    /// <exception cref="InputException">It is not known.</exception>
    public TesrOrientations(TesrText text, string word, string version)
    {
        string[] parts = word.Split(':');
        descriptor = Short.GetValueOrDefault(parts[0], parts[0]);
        if (!Parameters.ContainsKey(descriptor))
            throw text.Fail(
                $"no descriptor of orientations is called "
                + $"{Words.Quote(parts[0])}{Words.Suggest(parts[0], Parameters.Keys)}");
        if (parts is not ([_] or [_, "active" or "passive"]))
            throw text.Fail($"expected a descriptor such as {descriptor}:passive or :active, read {Words.Quote(word)}");
        isInverse = parts is [_, var convention] && convention == (version == "2.2" ? "active" : "passive");
    }

    /// <summary>Numbers of an orientation.</summary>
    public int Width => Parameters[descriptor];

    /// <summary>The orientation that numbers describe.</summary>
    /// <param name="whose">Whose it is, for messages.</param>
    /// <exception cref="InputException">They are no orientation.</exception>
    public Orientation Of(ReadOnlySpan<double> numbers, string whose)
    {
        var orientation = Passive(numbers, whose);
        return isInverse ? orientation.Inverse : orientation;
    }

    private Orientation Passive(ReadOnlySpan<double> n, string whose)
    {
        OrientationNumbers.RequireNumbers(n, descriptor, whose);
        return descriptor switch
        {
            "rodrigues" => Orientation.FromQuaternion(1, n[0], n[1], n[2]),
            "euler-bunge" => OrientationNumbers.Euler(n, AngleUnit.Deg, whose),
            "euler-kocks" => OrientationNumbers.Euler([n[0] + 90, n[1], 90 - n[2]], AngleUnit.Deg, whose),
            "euler-roe" => OrientationNumbers.Euler([n[0] + 90, n[1], n[2] - 90], AngleUnit.Deg, whose),
            "rotmat" => OrientationNumbers.Matrix(n, whose),
            "axis-angle" => AxisAngle(n, whose),
            _ => OrientationNumbers.Quaternion(n[0], n[1], n[2], n[3], whose),
        };
    }

    private static Orientation AxisAngle(ReadOnlySpan<double> n, string whose)
    {
        var (half, length) = (n[3] * Math.PI / 360, Math.Sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]));
        if (length == 0)
            return n[3] == 0 ? Orientation.Identity : throw new InputException($"{whose} has an axis of length 0");
        var sine = Math.Sin(half) / length;
        return Orientation.FromQuaternion(Math.Cos(half), sine * n[0], sine * n[1], sine * n[2]);
    }
}
