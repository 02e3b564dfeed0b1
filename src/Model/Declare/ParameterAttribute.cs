namespace MesoLiMg.Model;

/// <summary>
/// Declares a case-file entry, once: the key is the property's name in snake_case, the default its initialiser, and
/// unit, range and help stand here. The parser, <c>mesolimg help-case</c>, the written-out <c>case.yaml</c> and the
/// attributes of snapshots all read this.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string help) : Attribute
{
    /// <summary>The unit of entries that are in that of their section's <see cref="QuantityAttribute"/>.</summary>
    public const string Own = "own";

    /// <summary>One sentence for <c>help-case</c>.</summary>
    public string Help { get; } = help;

    /// <summary>
    /// SI unit in which the property is held, for example <c>m^2/s</c>; null for text, choices and sections, <c>1</c>
    /// for a pure number, <c>any</c> where the unit depends on what is meant, <see cref="Own"/> for that of the
    /// section.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>
    /// The unit that people in the field write, used in help and in the written-out case (SI when null).
    /// </summary>
    public string? Display { get; init; }

    /// <summary>Smallest value allowed, SI.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value allowed, SI.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Min"/> itself is refused.</summary>
    public bool AboveMin { get; init; }

    /// <summary>Whether the range is that of the section's quantity.</summary>
    public bool OwnRange { get; init; }

    /// <summary>Whether the section may be written as this one value alone, as in <c>initial: { x: 0.1 }</c>.</summary>
    public bool Shorthand { get; init; }

    /// <summary>Whether the section is refused without this entry; its initialiser then means nothing.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Whether the text names a file: a relative one is resolved against the folder of the case file, and it must
    /// exist.
    /// </summary>
    public bool IsFile { get; init; }

    /// <summary>
    /// Where the entry stands among those of a section that several files declare; 0 in one of a single file.
    /// </summary>
    public int Order { get; init; }

    /// <summary>The key that it had before, and is still read under; null where there was none.</summary>
    public string? OlderName { get; init; }

    /// <summary>
    /// With <see cref="Unit"/> <c>any</c>: the property of the same section that keeps the unit as it was written.
    /// </summary>
    public string? UnitInto { get; init; }

    /// <summary>
    /// The same declaration with the unit and range of a section's quantity in place of <see cref="Own"/>.
    /// </summary>
    internal ParameterAttribute In(QuantityAttribute? quantity) => quantity is null || Unit != Own ? this : new(Help)
    {
        Unit = quantity.Unit,
        Display = quantity.Display,
        Shorthand = Shorthand,
        Required = Required,
        Min = OwnRange ? quantity.Min : Min,
        Max = Max,
        AboveMin = OwnRange ? quantity.AboveMin : AboveMin,
    };
}
