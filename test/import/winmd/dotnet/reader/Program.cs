// Prints what System.Reflection.Metadata reads in each file that is given, as one JSON object a line: the form of the
// sample files' *.expected.json.
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.Json.Nodes;

var options = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
foreach (var file in args)
{
    using var image = new PEReader(File.OpenRead(file));
    Console.WriteLine(new Facts(image.GetMetadataReader()).All().ToJsonString(options));
}

sealed class Facts(MetadataReader reader)
{
    readonly Names names = new();

    public JsonObject All()
    {
        var types = reader.TypeDefinitions.Skip(1).ToList();
        var functions = types.SelectMany(type => reader.GetTypeDefinition(type).GetMethods().Select(method => (type, method)))
            .Where(one => !reader.GetMethodDefinition(one.method).GetImport().Module.IsNil)
            .Select(one => (JsonNode)Function(one.type, one.method));
        return new JsonObject
        {
            ["functions"] = new JsonArray(functions.ToArray()),
            ["types"] = new JsonArray(types.Select(one => (JsonNode)Type(one)).ToArray()),
        };
    }

    JsonObject Function(TypeDefinitionHandle type, MethodDefinitionHandle handle)
    {
        var method = reader.GetMethodDefinition(handle);
        var import = method.GetImport();
        var signature = method.DecodeSignature(names, null);
        var rows = method.GetParameters().Select(reader.GetParameter).ToDictionary(one => one.SequenceNumber);
        var facts = new JsonObject
        {
            ["type"] = Names.Of(reader, type),
            ["name"] = reader.GetString(method.Name),
            ["library"] = reader.GetString(reader.GetModuleReference(import.Module).Name),
            ["entryPoint"] = reader.GetString(import.Name),
            ["import"] = import.Attributes.ToString(),
            ["returns"] = signature.ReturnType,
        };
        AddAttributes(facts, method.GetCustomAttributes());
        if (rows.TryGetValue(0, out var result)) AddAttributes(facts, result.GetCustomAttributes(), "returnAttributes");
        facts["parameters"] = new JsonArray(signature.ParameterTypes.Select((text, index) =>
        {
            var isThere = rows.TryGetValue(index + 1, out var row);
            var one = new JsonObject
            {
                ["name"] = isThere ? reader.GetString(row.Name) : "",
                ["type"] = text,
                ["flags"] = (isThere ? row.Attributes : 0).ToString(),
            };
            if (isThere) AddAttributes(one, row.GetCustomAttributes());
            return (JsonNode)one;
        }).ToArray());
        return facts;
    }

    JsonObject Type(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var facts = new JsonObject { ["name"] = Names.Of(reader, handle) };
        if (!type.BaseType.IsNil) facts["extends"] = names.OfAny(reader, type.BaseType);
        facts["flags"] = type.Attributes.ToString();
        facts["pack"] = type.GetLayout().PackingSize;
        facts["size"] = type.GetLayout().Size;
        AddAttributes(facts, type.GetCustomAttributes());
        facts["fields"] = new JsonArray(type.GetFields().Select(one => (JsonNode)Field(reader.GetFieldDefinition(one))).ToArray());
        return facts;
    }

    JsonObject Field(FieldDefinition field)
    {
        var facts = new JsonObject
        {
            ["name"] = reader.GetString(field.Name),
            ["type"] = field.DecodeSignature(names, null),
            ["offset"] = field.GetOffset(),
        };
        if (!field.GetDefaultValue().IsNil)
        {
            var constant = reader.GetConstant(field.GetDefaultValue());
            facts["constant"] = Text(reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode));
        }
        AddAttributes(facts, field.GetCustomAttributes());
        return facts;
    }

    void AddAttributes(JsonObject facts, CustomAttributeHandleCollection handles, string key = "attributes")
    {
        if (handles.Count == 0) return;
        var all = new JsonObject();
        foreach (var attribute in handles.Select(reader.GetCustomAttribute))
        {
            var value = attribute.DecodeValue(names);
            var one = new JsonObject();
            for (var index = 0; index < value.FixedArguments.Length; index++)
                one[index.ToString(CultureInfo.InvariantCulture)] = Text(value.FixedArguments[index].Value);
            foreach (var named in value.NamedArguments) one[named.Name!] = Text(named.Value);
            all[Class(attribute.Constructor)] = one;
        }
        facts[key] = all;
    }

    string Class(EntityHandle constructor)
    {
        var owner = constructor.Kind == HandleKind.MethodDefinition
            ? reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            : reader.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        var name = names.OfAny(reader, owner).Split('<')[0];
        return name[(name.LastIndexOfAny(['.', '+']) + 1)..];
    }

    static string Text(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        ImmutableArray<CustomAttributeTypedArgument<string>> list => $"[{string.Join(", ", list.Select(one => Text(one.Value)))}]",
        double.MaxValue => "1.7976931348623157e+308",
        1e300 => "1e+300",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>Types as text.</summary>
sealed class Names : ISignatureTypeProvider<string, object?>, ICustomAttributeTypeProvider<string>
{
    MetadataReader? last;

    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return Joined(reader, outer.IsNil ? null : Of(reader, outer), type.Namespace, type.Name);
    }

    static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var outer = type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Of(reader, (TypeReferenceHandle)type.ResolutionScope) : null;
        return Joined(reader, outer, type.Namespace, type.Name);
    }

    static string Joined(MetadataReader reader, string? outer, StringHandle space, StringHandle name)
    {
        if (outer is not null) return $"{outer}+{reader.GetString(name)}";
        return space.IsNil ? reader.GetString(name) : $"{reader.GetString(space)}.{reader.GetString(name)}";
    }

    public string OfAny(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => Of(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => Of(reader, (TypeReferenceHandle)handle),
        _ => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null).Split('<')[0],
    };

    public string GetPrimitiveType(PrimitiveTypeCode code) => code.ToString();

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind)
    {
        last = reader;
        return Of(reader, handle);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind) => Of(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte kind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetPointerType(string element) => $"{element}*";
    public string GetByReferenceType(string element) => $"{element}&";
    public string GetSZArrayType(string element) => $"{element}[]";
    public string GetArrayType(string element, ArrayShape shape) =>
        $"{element}[{string.Join(",", shape.Sizes)};{string.Join(",", shape.LowerBounds)};{shape.Rank}]";
    public string GetGenericInstantiation(string generic, ImmutableArray<string> arguments) => $"{generic}<{string.Join(", ", arguments)}>";
    public string GetGenericTypeParameter(object? context, int index) => $"!{index}";
    public string GetGenericMethodParameter(object? context, int index) => $"!!{index}";
    public string GetModifiedType(string modifier, string type, bool isRequired) => type;
    public string GetPinnedType(string element) => element;
    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"function({string.Join(", ", signature.ParameterTypes)}): {signature.ReturnType}";

    public string GetSystemType() => "System.Type";
    public bool IsSystemType(string type) => type == "System.Type";
    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type)
    {
        var name = type.Split(',')[0];
        foreach (var handle in last?.TypeDefinitions ?? default)
        {
            if (Of(last!, handle) != name) continue;
            foreach (var field in last!.GetTypeDefinition(handle).GetFields().Select(last.GetFieldDefinition))
                if (!field.Attributes.HasFlag(System.Reflection.FieldAttributes.Static))
                    return Enum.Parse<PrimitiveTypeCode>(field.DecodeSignature(this, null));
        }
        return PrimitiveTypeCode.Int32;
    }
}
