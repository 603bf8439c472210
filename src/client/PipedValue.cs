namespace Dllet.Client;

/// <summary>What a record of the pipeline gave for a parameter, where PowerShell would make something of nothing: null and the empty text become
/// the number 0, null becomes the empty text, and any object becomes a text.</summary>
internal static class PipedValue {
    /// <summary>True for a value that could be made up: of nothing, or as the text of an object where one text is all that is asked for.</summary>
    internal static bool IsDoubtful(object? value, bool isOnly) => JsonWriter.Bare(value) switch {
        null => true,
        string text => isOnly || text.Length == 0,
        Array elements => elements.Cast<object?>().Any(one => IsDoubtful(one, isOnly: false)),
        IConvertible and not (char or DateTime) and var number => Convert.ToDouble(number, CultureInfo.InvariantCulture).Equals(0.0),
        _ => false,
    };

    /// <summary>The error of a value that the record did not give; null where it may be taken. The text of a property takes the place of the text of
    /// the object that has it. <paramref name="function"/> is the session in which the cmdlet runs.</summary>
    internal static ErrorRecord? Refuse(SessionState function, string parameter, IDictionary<string, object> bound) {
        object? piped = function.PSVariable.GetValue("_");
        PSPropertyInfo? property = piped is null ? null : PSObject.AsPSObject(piped).Properties[parameter];
        object? source = JsonWriter.Bare(property is null ? piped : property.Value);
        bool isText = JsonWriter.Bare(bound[parameter]) is string or null;
        if (IsNothing(source, isText)) return MakeRecord(parameter, source is null ? "null" : "nothing", piped);
        if (!isText) return null;
        if (property is null) return source is string or ValueType ? null : MakeRecord(parameter, $"a {source!.GetType().Name} without that property", piped);
        bound[parameter] = LanguagePrimitives.ConvertTo<string>(source);
        return null;
    }

    // An array is nothing where one of its elements is.
    private static bool IsNothing(object? source, bool isText) => source switch {
        null => true,
        string text => !isText && text.Trim().Length == 0,
        IList elements => elements.Cast<object?>().Any(one => IsNothing(JsonWriter.Bare(one), isText)),
        _ => false,
    };

    private static ErrorRecord MakeRecord(string parameter, string given, object? target) => Failure.MakeRecord("InvalidParameter",
        ErrorCategory.InvalidArgument, $"The pipeline gave no value for {parameter}, but {given}.",
        $"Give the object a property {parameter} with a value, or leave the object out of the pipeline.", target);
}
