using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MesoLiMg.Tests.House;

/// <summary>The outermost types, by full name, that a signature, a type or a member of an assembly names.</summary>
internal sealed class NamedTypes : ISignatureTypeProvider<IEnumerable<string>, object?>
{
    /// <summary>The full name of the type that encloses a type, or of itself.</summary>
    public static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Outermost(metadata, outer)
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>The types that a handle names: of a type, a method or a field.</summary>
    public IEnumerable<string> Of(MetadataReader metadata, EntityHandle handle) =>
        handle.IsNil ? [] : handle.Kind switch
        {
            HandleKind.TypeDefinition => [Outermost(metadata, (TypeDefinitionHandle)handle)],
            HandleKind.TypeReference => [Outermost(metadata, (TypeReferenceHandle)handle)],
            HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle)
                .DecodeSignature(this, null),
            HandleKind.MethodDefinition =>
                Of(metadata, metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
            HandleKind.FieldDefinition =>
                Of(metadata, metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
            HandleKind.MemberReference =>
                Of(metadata, metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
            HandleKind.MethodSpecification =>
                OfMethod(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
            _ => [],
        };

    public IEnumerable<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle,
        byte rawTypeKind) =>
        [Outermost(reader, handle)];

    public IEnumerable<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle,
        byte rawTypeKind) =>
        [Outermost(reader, handle)];

    public IEnumerable<string> GetTypeFromSpecification(
        MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) => Of(reader, handle);

    public IEnumerable<string> GetGenericInstantiation(IEnumerable<string> generic,
        ImmutableArray<IEnumerable<string>> arguments) =>
        [.. generic, .. arguments.SelectMany(argument => argument)];

    public IEnumerable<string> GetFunctionPointerType(MethodSignature<IEnumerable<string>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(type => type)];

    public IEnumerable<string> GetArrayType(IEnumerable<string> element, ArrayShape shape) => element;

    public IEnumerable<string> GetByReferenceType(IEnumerable<string> element) => element;

    public IEnumerable<string> GetModifiedType(IEnumerable<string> modifier, IEnumerable<string> type,
        bool isRequired) => type;

    public IEnumerable<string> GetPinnedType(IEnumerable<string> element) => element;

    public IEnumerable<string> GetPointerType(IEnumerable<string> element) => element;

    public IEnumerable<string> GetSZArrayType(IEnumerable<string> element) => element;

    public IEnumerable<string> GetGenericMethodParameter(object? context, int index) => [];

    public IEnumerable<string> GetGenericTypeParameter(object? context, int index) => [];

    public IEnumerable<string> GetPrimitiveType(PrimitiveTypeCode code) => [];

    private static string Outermost(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Outermost(metadata, (TypeReferenceHandle)type.ResolutionScope)
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private IEnumerable<string> OfMethod(MetadataReader metadata, MethodSpecification method) =>
        [.. Of(metadata, method.Method), .. method.DecodeSignature(this, null).SelectMany(type => type)];
}
