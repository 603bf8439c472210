using System.Management.Automation.Language;

namespace Dllet.Client;

/// <summary>Declares the properties of what cmdlets write, so that Tab completes them. The name in the [OutputType] of a function is given the
/// members of a class, whose text is parsed and never run: Tab asks only there. Neither the objects nor the session know of it, so every copy of a
/// module has its own, and nothing of it is left when the functions are gone.</summary>
internal sealed class OutputTypes {
    private readonly StringBuilder text = new();
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Declares the output of functions. In constrained language it needs a thread without a session: there, PowerShell refuses the text of
    /// a class.</summary>
    internal static void Declare(IEnumerable<(FunctionInfo Function, string TypeName, IEnumerable<(string, WireType)> Members)> outputs) {
        var types = new OutputTypes();
        var named = outputs.Select(one => (one.Function, one.TypeName, Class: types.ClassOf(one.Members))).ToList();
        Dictionary<string, TypeDefinitionAst> classes = Parser.ParseInput(types.text.ToString(), out _, out _)
            .EndBlock.Statements.OfType<TypeDefinitionAst>().ToDictionary(one => one.Name);
        foreach ((FunctionInfo function, string typeName, string? name) in named)
            if (name is not null && classes.TryGetValue(name, out TypeDefinitionAst? type)) Declare(function, new PSTypeName(Named(typeName, type)));
    }

    private static void Declare(FunctionInfo function, PSTypeName type) {
        foreach (OutputTypeAttribute output in function.ScriptBlock.Attributes.OfType<OutputTypeAttribute>())
            for (int index = 0; index < output.Type.Length; index++)
                if (output.Type[index].Name == type.Name) output.Type[index] = type;
    }

    // A class in a script cannot have a dot in its name.
    private static TypeDefinitionAst Named(string name, TypeDefinitionAst type) =>
        new(type.Extent, name, null, type.Members.Select(one => (MemberAst)one.Copy()), TypeAttributes.Class, null);

    // Returns the name of the class that has these members; null if there are none.
    private string? ClassOf(IEnumerable<(string Name, WireType Type)> members) {
        string body = string.Concat(members.Select(one => $"{TypeOf(one.Type)} ${{{CodeGeneration.EscapeVariableName(one.Name)}}};"));
        if (body.Length == 0) return null;
        if (names.TryGetValue(body, out string? known)) return known;
        string name = names[body] = $"Struct{names.Count + 1}";
        text.Append("class ").Append(name).Append('{').Append(body).Append('}');
        return name;
    }

    // The elements of an array have the members that are asked of it.
    private string TypeOf(WireType type) => ClassOf(type.Members) is { } name ? $"[{name}]"
        : type.ShownType == typeof(object) ? string.Empty : $"[{LanguagePrimitives.ConvertTo<string>(type.ShownType)}]";
}
