namespace MesoLiMg.Model;

/// <summary>The word for an enum value in a case file, where it is not the value's name in kebab-case.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class CaseNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
