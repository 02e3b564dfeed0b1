using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace MesoLiMg.Model;

/// <summary>
/// A case-file entry: a property with its key and what <see cref="ParameterAttribute"/> says about it.
/// </summary>
/// <param name="Property">Property of a section's record.</param>
/// <param name="Parameter">Unit, range and help.</param>
/// <param name="Key">The property's name in snake_case.</param>
internal sealed record CaseEntry(PropertyInfo Property, ParameterAttribute Parameter, string Key)
{
    /// <summary>Type of the value, or of an item where the entry is a list; never nullable.</summary>
    public Type Type { get; } = Underlying(Property.PropertyType);

    public bool IsList { get; } = IsListType(Property.PropertyType);

    public bool IsSection => CaseSchema.Of(Type).Count > 0;

    /// <summary>Unit for people: the display unit, or SI.</summary>
    public string? ShownUnit => Parameter.Display ?? Parameter.Unit;

    /// <summary>One sentence; for what belongs to laws of interfaces, with the laws that read it.</summary>
    public string Help => Property.DeclaringType == typeof(InterfaceCase)
        ? InterfaceLaws.HelpWithLaws(Parameter.Help, Key) : Parameter.Help;

    /// <summary>Whether a key of a case file means this entry.</summary>
    public bool IsCalled(string name) => name == Key || (Parameter.OlderName is { } older && name == older);

    private static bool IsListType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static Type Underlying(Type type) => IsListType(type) ? type.GetGenericArguments()[0]
        : Nullable.GetUnderlyingType(type) ?? type;
}

/// <summary>The entries of a case file and the words of its choices, found by reflection.</summary>
internal static class CaseSchema
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<CaseEntry>> Known = new();

    /// <summary>
    /// Entries of a section in the order of declaration, inherited ones first; none where the type is no section.
    /// </summary>
    public static IReadOnlyList<CaseEntry> Of(Type type) => Known.GetOrAdd(type, static section =>
    [
        .. from property in section.GetProperties().OrderBy(p => p.DeclaringType == section)
            .ThenBy(p => p.MetadataToken)
           let parameter = property.GetCustomAttribute<ParameterAttribute>()
           where parameter is not null
           orderby parameter.Order
           select new CaseEntry(property, parameter.In(section.GetCustomAttribute<QuantityAttribute>()),
               JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
    ]);

    public static CaseEntry? Find(Type section, string key) => Of(section).FirstOrDefault(entry => entry.IsCalled(key));

    /// <summary>The entry that may stand for the whole section, if there is one.</summary>
    public static CaseEntry? Shorthand(Type section) => Of(section).FirstOrDefault(entry => entry.Parameter.Shorthand);

    /// <summary>Whether values of a type are words out of a list.</summary>
    public static bool IsChoice(Type type) => type.IsEnum || type.IsAssignableTo(typeof(NamedChoice));

    /// <summary>Words of a choice in the order of declaration.</summary>
    public static IReadOnlyList<string> Choices(Type choice) => choice.IsEnum
        ? [.. Enum.GetNames(choice).Select(name => Word(choice, name))]
        : [.. NamedChoice.All(choice).Select(named => named.Word)];

    /// <summary>The value of a choice that a word names, or null.</summary>
    public static object? Choice(Type choice, string word) => !choice.IsEnum
        ? NamedChoice.All(choice).FirstOrDefault(named => named.IsCalled(word))
        : Enum.GetNames(choice).FirstOrDefault(name => Word(choice, name) == word) is { } found
            ? Enum.Parse(choice, found) : null;

    public static string Word(object value) => value is NamedChoice named ? named.Word
        : Word(value.GetType(), value.ToString()!);

    private static string Word(Type choice, string name) =>
        choice.GetField(name)!.GetCustomAttribute<CaseNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
