using System.Management.Automation.Language;

namespace Dllet.Client;

/// <summary>Tab completion from fields of an operation's rows that match the parameters already given. Offers nothing on failure.</summary>
internal sealed class Completion(NativeModule module, PSCmdlet cmdlet) {
    internal IReadOnlyList<CompletionResult> Find(string command, string parameter, string word, IDictionary bound) =>
        FindRows(command, parameter, word, bound) is { Count: > 0 } found ? found : RangeOf(command, parameter, word);

    private List<CompletionResult> FindRows(string command, string parameter, string word, IDictionary bound) {
        int seconds = module.Exchange.TimeoutSeconds;
        module.Exchange.TimeoutSeconds = Math.Min(5, seconds); // A completion must not block the prompt for long.
        try {
            if (module.Facts.Find(command)?.Find<JsonObject>("completion") is not { } facts) return [];
            var pattern = new WildcardPattern(word.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
            string[] others = facts.GetList<string>("parameters").Where(name => name != parameter && bound[name] is not null).ToArray();
            string arguments = JsonWriter.Write(facts.Get<JsonObject>("arguments"));
            var caller = new Caller(cmdlet, module.State) { IsQuiet = true };
            Reply reply = module.Exchange.Call(caller, facts.Get<string>("method"), arguments, afterGreeting: false);
            return (reply.Result?.GetList<JsonObject>("Rows") ?? [])
                .Where(row => others.All(name => TextOf(row, name) == JsonWriter.Invariant(bound[name])))
                .GroupBy(row => TextOf(row, parameter)).Where(rows => pattern.IsMatch(rows.Key)).Select(ResultOf).ToList();
        } catch (Exception error) when (error is Failure or FormatException) { return []; }
        finally { module.Exchange.TimeoutSeconds = seconds; }
    }

    private static CompletionResult ResultOf(IGrouping<string, JsonObject> rows) {
        string quoted = Regex.IsMatch(rows.Key, "^[A-Za-z0-9_.:-]+$") ? rows.Key : $"'{rows.Key.Replace("'", "''")}'";
        IEnumerable<string> lines = rows.Select(row => string.Join(", ", row.Select(field => $"{field.Key} {field.Value}")));
        return new CompletionResult(quoted, rows.Key, CompletionResultType.ParameterValue, string.Join(Environment.NewLine, lines));
    }

    // PowerShell would offer files. Better: the word as it is, the ends of the range of a number, or the form of a range.
    private List<CompletionResult> RangeOf(string command, string parameter, string word) {
        if (word.Length > 0) return [new CompletionResult(word)];
        CommandInfo? function = cmdlet.InvokeCommand.GetCommand($"{module.State.Module.Name}\\{command}", CommandTypes.Function);
        if (function is null || !function.Parameters.TryGetValue(parameter, out ParameterMetadata? known)) return [];
        Type type = known.ParameterType.GetElementType() ?? known.ParameterType;
        ValidateRangeAttribute? range = known.Attributes.OfType<ValidateRangeAttribute>().FirstOrDefault();
        object?[] ends = range is not null ? [range.MinRange, range.MaxRange]
            : [type.GetField("MinValue")?.GetValue(null), type.GetField("MaxValue")?.GetValue(null)];
        string[] texts = ends.OfType<object>().Select(JsonWriter.Invariant).Distinct().ToArray();
        if (texts.Length == 0) return [new CompletionResult("0-9", "0-9", CompletionResultType.Text, "numbers, or ranges such as 0-9")];
        string shown = string.Join(" to ", texts);
        return texts.Select(text => new CompletionResult(text, text, CompletionResultType.Text, shown)).ToList();
    }

    private static string TextOf(JsonObject row, string name) =>
        row.TryGetValue(name, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
}

/// <summary>Declares the properties of what cmdlets write, for Tab: the name in the [OutputType] of a function is given the members of a
/// class of the facts, whose text is parsed and never run. Objects and session know nothing of it; it goes with the functions.</summary>
internal static class OutputTypes {
    /// <summary>Needs a thread without a session: on one in constrained language, PowerShell refuses the text of a class.</summary>
    internal static void Declare(FunctionInfo[] functions, ModuleFacts facts) {
        Dictionary<string, TypeDefinitionAst> classes = Parser.ParseInput(facts.Classes, out _, out _)
            .EndBlock.Statements.OfType<TypeDefinitionAst>().ToDictionary(one => one.Name);
        foreach (FunctionInfo function in functions) {
            if (facts.Find(function.Name) is not { } cmdlet || cmdlet.Find<string>("class") is not { } name) continue;
            if (!classes.TryGetValue(name, out TypeDefinitionAst? type)) continue;
            string written = cmdlet.Get<JsonObject>("output").Find<string>("typeName") ?? typeof(PSCustomObject).FullName;
            // A class in a script cannot have a dot in its name.
            var named = new PSTypeName(new TypeDefinitionAst(
                type.Extent, written, null, type.Members.Select(one => (MemberAst)one.Copy()), TypeAttributes.Class, null));
            foreach (OutputTypeAttribute output in function.ScriptBlock.Attributes.OfType<OutputTypeAttribute>())
                for (int index = 0; index < output.Type.Length; index++)
                    if (output.Type[index].Name == named.Name) output.Type[index] = named;
        }
    }
}
