namespace Dllet.Client;

/// <summary>Tab completion from fields of an operation's rows that match the parameters already given. Offers nothing on failure.</summary>
internal sealed class Completion(NativeModule module, PSCmdlet cmdlet) {
    internal IReadOnlyList<CompletionResult> Find(string command, string parameter, string word, IDictionary bound) {
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

    private static string TextOf(JsonObject row, string name) => row.TryGetValue(name, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
    private static string Describe(JsonObject row) => string.Join(", ", row.Select(field => $"{field.Key} {field.Value}"));
    private static string Quote(string value) => Regex.IsMatch(value, "^[A-Za-z0-9_.:-]+$") ? value : $"'{value.Replace("'", "''")}'";
}
