using System.Management.Automation.Language;

namespace Dllet.Client;

/// <summary>Tab completion from fields of an operation's rows that match the parameters already given. Offers nothing on failure.</summary>
internal sealed class Completion(NativeModule module, PSCmdlet cmdlet, string command, string parameter, string word) {
    internal List<CompletionResult> Find(IDictionary? bound) => FindRows(bound) is { Count: > 0 } found ? found : FindRange();
    private static string TextOf(JsonObject row, string name) => JsonWriter.Invariant(row.Find<object>(name));
    private List<CompletionResult> FindRows(IDictionary? bound) {
        int seconds = module.Exchange.TimeoutSeconds;
        module.Exchange.TimeoutSeconds = Math.Min(5, seconds); // A completion must not block the prompt for long.
        try {
            if (module.Facts.Find(command)?.Find<JsonObject>("completion") is not { } facts) return [];
            var pattern = new WildcardPattern(word.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
            List<string> others = facts.GetList<string>("parameters");
            if (!others.Remove(parameter)) return [];
            var caller = new Caller(cmdlet, module.State) { IsQuiet = true };
            string arguments = JsonWriter.Write(facts.Get<JsonObject>("arguments"));
            Reply reply = module.Exchange.Call(caller, facts.Get<string>("method"), arguments, afterGreeting: false);
            List<JsonObject> all = reply.Result?.GetList<JsonObject>("Rows") ?? [];
            return all.Where(row => others.All(name => bound?[name] is not { } given || TextOf(row, name) == JsonWriter.Invariant(given)))
                .GroupBy(row => TextOf(row, parameter)).Where(rows => pattern.IsMatch(rows.Key)).Select(ResultOf).ToList();
        } catch (Exception error) when (error is Failure or FormatException) { return []; }
        finally { module.Exchange.TimeoutSeconds = seconds; }
    }

    private static CompletionResult ResultOf(IGrouping<string, JsonObject> rows) {
        string quoted = Regex.IsMatch(rows.Key, "^[A-Za-z0-9_.:-]+$") ? rows.Key : $"'{rows.Key.Replace("'", "''")}'";
        IEnumerable<string> lines = rows.Select(row => string.Join(", ", row.Select(field => $"{field.Key} {field.Value}")));
        return new CompletionResult(quoted, rows.Key, CompletionResultType.ParameterValue, string.Join(Environment.NewLine, lines));
    }

    // If nothing is offered, PowerShell offers files. So a partial word is offered as it is, unless it begins a path.
    private List<CompletionResult> FindRange() {
        CommandInfo? function = cmdlet.InvokeCommand.GetCommand($"{module.State.Module.Name}\\{command}", CommandTypes.Function);
        if (function is null || !function.Parameters.TryGetValue(parameter, out ParameterMetadata? known)) return [];
        Type type = known.ParameterType.GetElementType() ?? known.ParameterType;
        bool isNumber = Regex.IsMatch(type.Name, "Byte$|Int(16|32|64)$");
        if (word.Length > 0) return !isNumber && Regex.IsMatch(word, @"[/\\]") ? [] : [new CompletionResult(word)];
        bool isManyNumbers = known.ParameterType == typeof(string[]) && module.Facts.Find(command)?.Get<string>("kind") == "operation";
        object?[] ends = known.Attributes.OfType<ValidateRangeAttribute>().FirstOrDefault() is { } range ? [range.MinRange, range.MaxRange]
            : isNumber ? [type.GetField("MinValue")!.GetValue(null), type.GetField("MaxValue")!.GetValue(null)]
            : type == typeof(bool) ? ["$true", "$false"] : [isManyNumbers ? "0-9" : " "];
        string[] texts = ends.Select(JsonWriter.Invariant).Distinct().ToArray();
        string shown = isManyNumbers ? "numbers, or ranges such as 0-9" : string.Join(isNumber ? " to " : " or ", texts);
        return texts.Select(text => new CompletionResult(text, text, CompletionResultType.Text, shown)).ToList();
    }
}

/// <summary>Gives a type name in the [OutputType] of a function, for Tab, the members of a class in the facts: text that is parsed, never
/// run. Changes no object or session; lasts as long as the functions.</summary>
internal static class OutputTypes {
    /// <summary>Needs a thread without a session: in a session in constrained language, PowerShell rejects the text of a class.</summary>
    internal static void Declare(FunctionInfo[] functions, ModuleFacts facts) {
        Dictionary<string, TypeDefinitionAst> classes = Parser.ParseInput(facts.Classes, out _, out _)
            .EndBlock.Statements.OfType<TypeDefinitionAst>().ToDictionary(one => one.Name);
        foreach (FunctionInfo function in functions) {
            if (facts.Find(function.Name) is not { } cmdlet || cmdlet.Find<string>("class") is not { } name) continue;
            if (!classes.TryGetValue(name, out TypeDefinitionAst? type)) continue;
            string written = cmdlet.Get<JsonObject>("output").Find<string>("typeName") ?? typeof(PSCustomObject).FullName;
            var named = new PSTypeName(new TypeDefinitionAst( // The name of a class in a script cannot contain a dot.
                type.Extent, written, null, type.Members.Select(one => (MemberAst)one.Copy()), TypeAttributes.Class, null));
            foreach (OutputTypeAttribute output in function.ScriptBlock.Attributes.OfType<OutputTypeAttribute>())
                for (int index = 0; index < output.Type.Length; index++)
                    if (output.Type[index].Name == named.Name) output.Type[index] = named;
        }
    }
}
