#if ILGPU
using System.Reflection;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>Every kernel of the kernels assembly, closed over every type that its parameters admit, with the method that ILGPU would compile for it on a GPU.</summary>
internal static class KernelCatalogue
{
    private static readonly Type[] Structs = [.. typeof(Layout).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsPublic: true })];
    private static readonly Type[] Numbers = [typeof(double), typeof(float)];

    /// <summary>Entry points by the kernel's name, such as <c>Axpby(Single)</c>.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> EntryPoints() => Structs
        .Where(type => Implements(type, typeof(IKernel<>)) || Implements(type, typeof(IReduction)))
        .SelectMany(Closed)
        .ToDictionary(Name, EntryPoint);

    private static IEnumerable<Type> Closed(Type type) => type.IsGenericTypeDefinition
        ? type.GetGenericArguments().Select(Candidates).Aggregate<IEnumerable<Type>, IEnumerable<Type[]>>(
            [[]], (heads, last) => heads.SelectMany(head => last.Select(candidate => (Type[])[.. head, candidate]))).Select(types => TryClose(type, types)).OfType<Type>()
        : [type];

    /// <summary>The numbers for a parameter without an interface, else the structs that implement it.</summary>
    private static IEnumerable<Type> Candidates(Type parameter)
    {
        var required = parameter.GetGenericParameterConstraints().FirstOrDefault(constraint => constraint.IsInterface);
        return required is null ? Numbers : Structs.Where(type => Implements(type, required)).SelectMany(Closed);
    }

    private static bool Implements(Type type, Type required) =>
        type.GetInterfaces().Any(face => Definition(face) == Definition(required));

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>Null where constraints forbid it, such as an operator in double with a kernel in float.</summary>
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

    private static MethodInfo EntryPoint(Type kernel)
    {
        if (typeof(IReduction).IsAssignableFrom(kernel))
            return typeof(IlgpuEntryPoints).GetMethod(nameof(IlgpuEntryPoints.ReducePoints))!.MakeGenericMethod(kernel);
        var number = kernel.GetInterfaces().Single(face => Definition(face) == typeof(IKernel<>)).GetGenericArguments()[0];
        var lane = number == typeof(float) ? typeof(GpuFloat) : typeof(GpuDouble);
        return typeof(IlgpuEntryPoints).GetMethod(nameof(IlgpuEntryPoints.Points))!.MakeGenericMethod(kernel, lane, number);
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}({string.Join(", ", type.GetGenericArguments().Select(Name))})"
        : type.Name;
}
#endif
