using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MesoLiMg.Tests.House;

/// <summary>The types of an assembly: in which source file each stands, and which types it names.</summary>
internal sealed class CompiledSources : IDisposable
{
    /// <summary>Documents of types without code, such as interfaces (Portable PDB, TypeDefinitionDocuments).</summary>
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly PEReader image;
    private readonly MetadataReaderProvider symbols;
    private readonly MetadataReader metadata, debug;
    private readonly string root;
    private readonly NamedTypes names = new();

    /// <summary>Opens an assembly that has its symbols beside it.</summary>
    public CompiledSources(string path, string root)
    {
        this.root = root;
        image = new PEReader(File.OpenRead(path));
        symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        (metadata, debug) = (image.GetMetadataReader(), symbols.GetMetadataReader());
    }

    /// <summary>
    /// Outermost types with their file; those of several files with the one that bears their name, else the first.
    /// </summary>
    public IEnumerable<(string Type, string File)> Files() =>
        from handle in metadata.TypeDefinitions
        from document in Documents(handle)
        let file = Path.GetRelativePath(root, debug.GetString(debug.GetDocument(document).Name)).Replace('\\', '/')
        where !file.StartsWith("..") && !file.Contains("/obj/")
        group file by NamedTypes.Outermost(metadata, handle) into files
        select (files.Key, files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == Plain(files.Key))
            ?? files.Min(StringComparer.Ordinal));

    /// <summary>Pairs of an outermost type and one that it names.</summary>
    public IEnumerable<(string Type, string Used)> Uses()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var owner = NamedTypes.Outermost(metadata, handle);
            foreach (var used in Declared(metadata.GetTypeDefinition(handle)).Distinct())
                yield return (owner, used);
        }
    }

    public void Dispose()
    {
        symbols.Dispose();
        image.Dispose();
    }

    /// <summary>The name of a type without namespace and number of parameters.</summary>
    private static string Plain(string type) => type[(type.LastIndexOf('.') + 1)..].Split('`')[0];

    private IEnumerable<DocumentHandle> Documents(TypeDefinitionHandle handle)
    {
        foreach (var method in metadata.GetTypeDefinition(handle).GetMethods())
        {
            var information = debug.GetMethodDebugInformation(method.ToDebugInformationHandle());
            foreach (var point in information.GetSequencePoints())
                yield return point.Document;
        }
        foreach (var custom in debug.GetCustomDebugInformation(handle).Select(debug.GetCustomDebugInformation))
        {
            if (debug.GetGuid(custom.Kind) != TypeDocuments)
                continue;
            for (var blob = debug.GetBlobReader(custom.Value); blob.RemainingBytes > 0;)
                yield return MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
        }
    }

    private IEnumerable<string> Declared(TypeDefinition type)
    {
        foreach (var name in names.Of(metadata, type.BaseType))
            yield return name;
        foreach (var face in type.GetInterfaceImplementations())
            foreach (var name in names.Of(metadata, metadata.GetInterfaceImplementation(face).Interface))
                yield return name;
        foreach (var name in Constraints(type.GetGenericParameters()))
            yield return name;
        foreach (var field in type.GetFields())
            foreach (var name in metadata.GetFieldDefinition(field).DecodeSignature(names, null))
                yield return name;
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            foreach (var name in Named(method))
                yield return name;
    }

    private IEnumerable<string> Constraints(GenericParameterHandleCollection parameters) =>
        from parameter in parameters
        from constraint in metadata.GetGenericParameter(parameter).GetConstraints()
        from name in names.Of(metadata, metadata.GetGenericParameterConstraint(constraint).Type)
        select name;

    private IEnumerable<string> Named(MethodDefinition method)
    {
        var signature = method.DecodeSignature(names, null);
        IEnumerable<string> all = [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(type => type),
            .. Constraints(method.GetGenericParameters())];
        if (method.RelativeVirtualAddress == 0)
            return all;
        var body = image.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil ? [] : metadata.GetStandaloneSignature(body.LocalSignature)
            .DecodeLocalSignature(names, null).SelectMany(type => type);
        return [.. all, .. locals, .. Tokens(body.GetILReader()).SelectMany(token => names.Of(metadata, token))];
    }

    private static List<EntityHandle> Tokens(BlobReader code)
    {
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            var operation = OpCodesByValue[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
            switch (operation.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                default:
                    code.Offset += Length(operation.OperandType);
                    break;
            }
        }
        return tokens;
    }

    private static int Length(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
