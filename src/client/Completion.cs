namespace Dllet.Client;

/// <summary>Tab completion from fields of an operation's rows that match the parameters already given. Offers nothing on failure.</summary>
internal sealed class Completion(NativeModule module, PSCmdlet cmdlet) {
    internal IReadOnlyList<CompletionResult> Find(string command, string parameter, string word, IDictionary bound) =>
        FindRows(command, parameter, word, bound) is { Count: > 0 } found ? found : RangeOf(command, parameter, word);

    private List<CompletionResult> FindRows(string command, string parameter, string word, IDictionary bound) {
        int seconds = module.Exchange.TimeoutSeconds;
        try {
            if (module.Facts[command].Completion is not { } completion) return [];
            module.Exchange.TimeoutSeconds = Math.Min(5, seconds); // A completion must not block the prompt for long.
            var caller = new Caller(cmdlet, module.State) { IsQuiet = true };
            Reply reply = module.Exchange.Call(caller, completion.Get<string>("method"), JsonWriter.Write(completion.Get<JsonObject>("arguments")), afterGreeting: false);
            string[] others = completion.GetList<string>("parameters").Where(name => name != parameter && bound[name] is not null).ToArray();
            return (reply.Result?.GetList<JsonObject>("Rows") ?? [])
                .Where(row => others.All(name => TextOf(row, name) == JsonWriter.Invariant(bound[name])))
                .GroupBy(row => TextOf(row, parameter))
                .Where(rows => new WildcardPattern(word.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase).IsMatch(rows.Key))
                .Select(rows => new CompletionResult(Quote(rows.Key), rows.Key, CompletionResultType.ParameterValue, string.Join(Environment.NewLine, rows.Select(Describe))))
                .ToList();
        } catch (Exception error) when (error is Failure or FormatException) { return []; } finally { module.Exchange.TimeoutSeconds = seconds; }
    }

    // If nothing is offered, PowerShell offers files. A word that was begun stays; for a number, the ends of its range are offered, and for numbers as text
    // the form of a range.
    private List<CompletionResult> RangeOf(string command, string parameter, string word) {
        if (word.Length > 0) return [new CompletionResult(word)];
        if (cmdlet.InvokeCommand.GetCommand($"{module.State.Module.Name}\\{command}", CommandTypes.Function)?.Parameters.TryGetValue(parameter, out ParameterMetadata? known) != true) return [];
        Type type = known!.ParameterType.GetElementType() ?? known.ParameterType;
        ValidateRangeAttribute? range = known.Attributes.OfType<ValidateRangeAttribute>().FirstOrDefault();
        object?[] ends = range is null ? [type.GetField("MinValue")?.GetValue(null), type.GetField("MaxValue")?.GetValue(null)] : [range.MinRange, range.MaxRange];
        string[] texts = ends.OfType<object>().Select(JsonWriter.Invariant).Distinct().ToArray();
        if (texts.Length == 0) return [new CompletionResult("0-9", "0-9", CompletionResultType.Text, "numbers, or ranges such as 0-9")];
        return texts.Select(text => new CompletionResult(text, text, CompletionResultType.Text, string.Join(" to ", texts))).ToList();
    }

    private static string TextOf(JsonObject row, string name) => row.TryGetValue(name, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
    private static string Describe(JsonObject row) => string.Join(", ", row.Select(field => $"{field.Key} {field.Value}"));
    private static string Quote(string value) => Regex.IsMatch(value, "^[A-Za-z0-9_.:-]+$") ? value : $"'{value.Replace("'", "''")}'";
}
