using System.Reflection;
using System.Reflection.Emit;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// What ILGPU can compile, as far as it shows in the intermediate language: the fields of a kernel, and every method
/// that it reaches. Needs no ILGPU, so that a build without it also refuses a kernel that would fail elsewhere. Lanes
/// are not followed: they have their own text on a GPU.
/// </summary>
internal sealed class KernelRules
{
    private static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly Dictionary<OpCode, string> Forbidden = new()
    {
        [OpCodes.Throw] = "throws",
        [OpCodes.Rethrow] = "throws",
        [OpCodes.Localloc] = "allocates on the stack",
        [OpCodes.Newarr] = "allocates an array",
        [OpCodes.Box] = "boxes a value",
        [OpCodes.Ldftn] = "uses a delegate",
        [OpCodes.Ldvirtftn] = "uses a delegate",
        [OpCodes.Calli] = "calls through a pointer",
        [OpCodes.Isinst] = "tests a type",
        [OpCodes.Castclass] = "casts a reference",
        [OpCodes.Ldtoken] = "uses typeof",
        [OpCodes.Ldstr] = "uses a string",
        [OpCodes.Stsfld] = "writes a static field",
        [OpCodes.Ldsfld] = "reads a static field, which has no value on a device (a const has)",
        [OpCodes.Ldsflda] = "reads a static field, which has no value on a device (a const has)",
    };

    private static readonly HashSet<Type> NumberTypes = [typeof(int), typeof(long), typeof(uint), typeof(ulong),
        typeof(short), typeof(ushort), typeof(byte), typeof(sbyte), typeof(float), typeof(double)];

    private readonly List<string> broken = [];
    private readonly HashSet<MethodBase> seen = [];
    private readonly List<MethodBase> path = [];
    private readonly Type[] structs;

    private KernelRules(Type kernel) =>
        structs = [.. kernel.Assembly.GetTypes().Where(type => type.IsValueType)
        .Union(typeof(Layout).Assembly.GetTypes().Where(type => type.IsValueType))];

    /// <summary>The rules that a kernel or reduction breaks, one line each; empty for a good one.</summary>
    public static IReadOnlyList<string> BrokenBy(Type kernel)
    {
        var rules = new KernelRules(kernel);
        rules.Fields(kernel, kernel.Name);
        rules.Method(kernel.GetMethod(nameof(IKernel<Flat, double>.Execute))
            ?? kernel.GetMethod(nameof(IReduction<Flat>.Value))
            ?? throw new ArgumentException($"{kernel.Name} is no kernel"));
        return [.. rules.broken.Distinct()];
    }

    private void Fields(Type type, string name)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var (kind, label) = (field.FieldType, $"{name}.{Source(field)}");
            if (NumberTypes.Contains(kind) || kind.IsEnum || kind.IsGenericParameter
                || (kind.IsGenericType && kind.GetGenericTypeDefinition() == typeof(View<>)))
                continue;
            if (kind.IsByRef || kind.IsByRefLike)
                broken.Add($"the field {label} is a reference");
            else if (kind.IsPrimitive || kind.IsPointer)
                broken.Add($"the field {label} has the type {kind.Name}, of which devices have no common form; take "
                    + $"an int or a long");
            else if (!kind.IsValueType)
                broken.Add($"the field {label} is an object");
            else
                Fields(kind, label);
        }
    }

    private void Method(MethodBase method)
    {
        if (path.Contains(method))
            broken.Add($"{Label(method)} calls itself");
        if (!seen.Add(method))
            return;
        if (method.GetMethodBody() is not { } body)
            return;
        path.Add(method);
        if (body.ExceptionHandlingClauses.Count > 0)
            broken.Add($"{Label(method)} has a try block");
        MemberInfo? constraint = null;
        foreach (var (code, token) in Instructions(body.GetILAsByteArray()!))
        {
            if (Forbidden.TryGetValue(code, out var what))
                broken.Add($"{Label(method)} {what}");
            else if (code == OpCodes.Constrained)
                constraint = Resolve(method, token);
            else if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj)
            {
                Call(method, (MethodBase)Resolve(method, token)!, constraint as Type, code);
                constraint = null;
            }
        }
        path.RemoveAt(path.Count - 1);
    }

    private void Call(MethodBase from, MethodBase called, Type? constraint, OpCode code)
    {
        var owner = called.DeclaringType!;
        if (owner.IsGenericType && owner.GetGenericTypeDefinition() == typeof(ILane<,>))
            return;
        if (constraint is not null && owner.IsInterface)
            Implementations(owner, called);
        else if (code == OpCodes.Callvirt && !owner.IsValueType)
            broken.Add($"{Label(from)} calls {Label(called)} virtually");
        else if (code == OpCodes.Newobj && !owner.IsValueType)
            broken.Add($"{Label(from)} creates a {owner.Name}");
        else if (structs.Select(type => type.Assembly).Contains(owner.Assembly))
            Method(called);
        else if (owner != typeof(object))
            broken.Add($"{Label(from)} calls {Label(called)}, which lies outside of the kernels; lanes have what "
                + $"devices can do");
    }

    /// <summary>
    /// A call through an interface that a type parameter must have: every struct that has it may be meant.
    /// </summary>
    private void Implementations(Type owner, MethodBase called)
    {
        var definition = owner.IsGenericType ? owner.GetGenericTypeDefinition() : owner;
        foreach (var type in structs)
        {
            foreach (var face in type.GetInterfaces()
                .Where(face => (face.IsGenericType ? face.GetGenericTypeDefinition() : face) == definition))
            {
                var map = type.GetInterfaceMap(face);
                for (var i = 0; i < map.InterfaceMethods.Length; i++)
                {
                    if (map.InterfaceMethods[i].MetadataToken == called.MetadataToken)
                        Implementation(type, map.TargetMethods[i]);
                }
            }
        }
    }

    private void Implementation(Type type, MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface && !method.IsStatic)
            broken.Add($"{type.Name} takes {Label(method)} from its interface");
        else
            Method(method);
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod
            ? method.GetGenericArguments() : null);

    private static IEnumerable<(OpCode Code, int Token)> Instructions(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodeOf[(short)(0xFE00 | il[at + 1])] : OpCodeOf[il[at]];
            at += code.Size;
            var operand = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4
            };
            yield return (code, operand == 4 ? BitConverter.ToInt32(il, at) : 0);
            at += operand;
        }
    }

    /// <summary>The name in the source, also of a parameter of the primary constructor.</summary>
    private static string Source(FieldInfo field) => field.Name.TrimStart('<').Split('>')[0];

    private static string Label(MethodBase method) => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}";
}
