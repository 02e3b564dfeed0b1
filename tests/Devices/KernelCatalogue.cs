using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// Every kernel and reduction of the kernels assembly, closed over every type that its parameters admit, by names such
/// as <c>Axpby(Single)</c>.
/// </summary>
internal static class KernelCatalogue
{
    private static readonly Type[] Structs =
        [.. typeof(Layout).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsPublic: true })];
    private static readonly Type[] Numbers = [typeof(double), typeof(float)];

    private static readonly Dictionary<string, Type> ByName = Definitions.SelectMany(Closed).ToDictionary(Name);

    /// <summary>The kernels and reductions themselves, generic ones open.</summary>
    public static IEnumerable<Type> Definitions =>
        Structs.Where(type => IsReduction(type) || Implements(type, typeof(IKernel<,>)));

    public static IEnumerable<string> Names => ByName.Keys;

    public static Type Find(string name) => ByName[name];

    public static bool IsReduction(Type kernel) => Implements(kernel, typeof(IReduction<>));

    /// <summary>The place where a kernel or reduction is launched.</summary>
    public static Type PlaceOf(Type kernel) => kernel.GetInterfaces()
        .Single(face => Definition(face) == typeof(IKernel<,>) || Definition(face) == typeof(IReduction<>))
        .GetGenericArguments()[0];

    /// <summary>The numbers that a kernel calculates with.</summary>
    public static Type NumberOf(Type kernel) =>
        IsReduction(kernel) ? typeof(double) : kernel.GetInterfaces()
            .Single(face => Definition(face) == typeof(IKernel<,>)).GetGenericArguments()[^1];

    private static IEnumerable<Type> Closed(Type type)
    {
        if (!type.IsGenericTypeDefinition)
            return [type];
        IEnumerable<Type[]> choices = [[]];
        foreach (var parameter in type.GetGenericArguments())
            choices = choices.SelectMany(head => Candidates(parameter), (head, candidate) =>
                (Type[])[.. head, candidate]);
        return choices.Select(choice => TryClose(type, choice)).OfType<Type>();
    }

    /// <summary>
    /// The numbers for a parameter without an interface, one place for any place, else the structs that implement it.
    /// </summary>
    private static IEnumerable<Type> Candidates(Type parameter)
    {
        var required = parameter.GetGenericParameterConstraints().FirstOrDefault(constraint => constraint.IsInterface);
        if (required is not null && required.IsAssignableTo(typeof(IPlace)))
            return [typeof(Cell)];
        return required is null ? Numbers : Structs.Where(type => Implements(type, required)).SelectMany(Closed);
    }

    private static bool Implements(Type type, Type required) =>
        type.GetInterfaces().Any(face => Definition(face) == Definition(required));

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>Null where constraints forbid it, such as an operator in double in a kernel in float.</summary>
    private static Type? TryClose(Type type, Type[] arguments)
    {
        try
        {
            return type.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}({string.Join(", ", type.GetGenericArguments().Select(Name))})"
        : type.Name;
}
