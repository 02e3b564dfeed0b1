using System.Text;
using System.Text.Json;

namespace MesoLiMg.IO;

/// <summary>A field at points.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Components">Components per point.</param>
/// <param name="IsInteger">Whether the values are ids.</param>
/// <param name="Values">For each point its components.</param>
public sealed record ProbedField(string Name, string Unit, int Components, bool IsInteger,
    IReadOnlyList<double[]> Values);

/// <summary>All fields of a snapshot at points.</summary>
/// <param name="Time">Time of the snapshot [s].</param>
/// <param name="Points">Positions [m], one coordinate per axis of the domain.</param>
/// <param name="Fields">In the snapshot's order, cell fields first.</param>
public sealed record Probe(double Time, IReadOnlyList<double[]> Points, IReadOnlyList<ProbedField> Fields)
{
    /// <summary>Numbers of the points that lie in a void, where fields that are no ids have no value (NaN).</summary>
    public IReadOnlySet<int> InVoid { get; init; } = new HashSet<int>();

    /// <summary>
    /// Numbers of the points that lie in a phase that holds no lithium, where <see
    /// cref="SnapshotPhases.FieldsOfLithium"/> have no value (NaN).
    /// </summary>
    public IReadOnlySet<int> InInert { get; init; } = new HashSet<int>();

    /// <summary>
    /// The form that other programs read, docs/files.md: SI, full precision; what is not finite is null.
    /// </summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("time", Time);
            json.WriteStartArray("points");
            for (var i = 0; i < Points.Count; i++)
                WritePoint(json, i);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void WritePoint(Utf8JsonWriter json, int point)
    {
        json.WriteStartObject();
        json.WritePropertyName("position");
        WriteNumbers(json, Points[point]);
        if (InVoid.Contains(point))
            json.WriteBoolean("void", true);
        if (InInert.Contains(point))
            json.WriteBoolean("inert", true);
        foreach (var field in Fields)
        {
            json.WritePropertyName(field.Name);
            if (field.Components == 1)
                WriteNumber(json, field.Values[point][0]);
            else
                WriteNumbers(json, field.Values[point]);
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, double[] values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            WriteNumber(json, value);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }
}
