using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Reference;

/// <summary>A difference from a reference at a point, relative to the range of the field over all points.</summary>
internal sealed record FieldError(string Quantity, double[] Point, double Relative)
{
    public static List<FieldError> At(CaseRun run, ReferenceFile file, string list, string axis,
        IEnumerable<Quantity> quantities)
    {
        var points = file.Positions(list, axis);
        var errors = new List<FieldError>();
        foreach (var quantity in quantities)
        {
            var expected = file.Values(list, quantity);
            var found = run.At(quantity.Field, points);
            var range = expected.Max() - expected.Min();
            errors.AddRange(points.Select(
                (p, i) => new FieldError(
                quantity.Key, p, Math.Abs(found[i][quantity.Component] - expected[i]) / range)));
        }
        return errors;
    }

    public override string ToString() =>
        $"{Quantity} at ({Point[0]}, {Point[1]}) nm is off by {Relative:p3} of its range";
}
