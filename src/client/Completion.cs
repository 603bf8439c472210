namespace Dllet.Client;

/// <summary>Tab completion from fields of an operation's rows that match the parameters already given. Offers nothing on failure.</summary>
internal sealed class Completion(NativeModule module, PSCmdlet cmdlet) {
    internal IEnumerable<CompletionResult> Find(string command, string parameter, string word, IDictionary bound) {
        int seconds = module.Exchange.TimeoutSeconds;
        module.Exchange.TimeoutSeconds = Math.Min(5, seconds); // A completion must not block the prompt for long.
        try {
            if (module.Facts[command].Json.Find<JsonObject>("completion") is not { } facts) return [];
            var pattern = new WildcardPattern(word.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
            string[] others = facts.GetList<string>("parameters").Where(name => name != parameter && bound[name] is not null).ToArray();
            return RowsOf(facts).Where(row => others.All(name => TextOf(row, name) == JsonWriter.Invariant(bound[name])))
                .GroupBy(row => TextOf(row, parameter)).Where(rows => pattern.IsMatch(rows.Key)).Select(ResultOf).ToList();
        } catch (Exception error) when (error is Failure or FormatException) { return []; }
        finally { module.Exchange.TimeoutSeconds = seconds; }
    }

    private List<JsonObject> RowsOf(JsonObject facts) {
        string arguments = JsonWriter.Write(facts.Get<JsonObject>("arguments"));
        var caller = new Caller(cmdlet, module.State) { IsQuiet = true };
        Reply reply = module.Exchange.Call(caller, facts.Get<string>("method"), arguments, afterGreeting: false);
        return reply.Result?.GetList<JsonObject>("Rows") ?? [];
    }

    private static CompletionResult ResultOf(IGrouping<string, JsonObject> rows) {
        string quoted = Regex.IsMatch(rows.Key, "^[A-Za-z0-9_.:-]+$") ? rows.Key : $"'{rows.Key.Replace("'", "''")}'";
        IEnumerable<string> lines = rows.Select(row => string.Join(", ", row.Select(field => $"{field.Key} {field.Value}")));
        return new CompletionResult(quoted, rows.Key, CompletionResultType.ParameterValue, string.Join(Environment.NewLine, lines));
    }

    private static string TextOf(JsonObject row, string name) =>
        row.TryGetValue(name, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
}
