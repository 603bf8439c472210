using System.Management.Automation.Language;

namespace Dllet.Client;

/// <summary>Declares the properties of what cmdlets write, so that Tab completes them. The name in the [OutputType] of a function is given
/// the members of a class of the facts, whose text is parsed and never run: Tab asks only there. Neither the objects nor the session know
/// of it, so every copy of a module has its own, and nothing of it is left when the functions are gone.</summary>
internal static class OutputTypes {
    /// <summary>Declares the output of functions. In constrained language it needs a thread without a session: there, PowerShell refuses
    /// the text of a class.</summary>
    internal static void Declare(IEnumerable<FunctionInfo> functions, ModuleFacts facts) {
        Dictionary<string, TypeDefinitionAst> classes = Parser.ParseInput(facts.Classes, out _, out _)
            .EndBlock.Statements.OfType<TypeDefinitionAst>().ToDictionary(one => one.Name);
        foreach (FunctionInfo function in functions.Where(one => facts.Has(one.Name))) {
            CmdletFacts cmdlet = facts[function.Name];
            if (cmdlet.Json.Find<string>("class") is not { } name || !classes.TryGetValue(name, out TypeDefinitionAst? type)) continue;
            var named = new PSTypeName(Named(cmdlet.Output.Find<string>("typeName") ?? typeof(PSCustomObject).FullName, type));
            foreach (OutputTypeAttribute output in function.ScriptBlock.Attributes.OfType<OutputTypeAttribute>())
                for (int index = 0; index < output.Type.Length; index++)
                    if (output.Type[index].Name == named.Name) output.Type[index] = named;
        }
    }

    // A class in a script cannot have a dot in its name.
    private static TypeDefinitionAst Named(string name, TypeDefinitionAst type) =>
        new(type.Extent, name, null, type.Members.Select(one => (MemberAst)one.Copy()), TypeAttributes.Class, null);
}
