namespace Dllet.Client;

/// <summary>Pipeline input for which binding would invent a value: null and "" become 0, null becomes "", an object its text.</summary>
internal static class PipedValue {
    /// <summary>Returns whether binding may have invented a value: from null, or from an object if the parameter is one string.</summary>
    internal static bool IsDoubtful(object? value, bool isOnly) => JsonWriter.Bare(value) switch {
        null or DBNull => true,
        string text => isOnly || text.Length == 0,
        Array elements => elements.Cast<object?>().Any(one => IsDoubtful(one, isOnly: false)),
        IConvertible and not (char or DateTime) and var number => Convert.ToDouble(number, CultureInfo.InvariantCulture).Equals(0.0),
        _ => false,
    };

    /// <summary>Returns the error of a value that was not in the record. The text of the record's property replaces its own.</summary>
    internal static ErrorRecord? Refuse(SessionState function, ParameterMetadata parameter, IDictionary<string, object> bound) {
        object? piped = function.PSVariable.GetValue("_");
        PSPropertyInfo? property = JsonWriter.Bare(piped) is null or string or ValueType ? null : FindProperty(piped!, parameter);
        object? value = JsonWriter.Bare(property is null ? piped : property.Value);
        bool isText = JsonWriter.Bare(bound[parameter.Name]) is string or null;
        string? given = IsNothing(value, isText) ? value is null ? "null" : "nothing"
            : isText && property is null && value is not (string or ValueType) ? $"a {value!.GetType().Name} without that property" : null;
        if (given is null && isText && property is not null) bound[parameter.Name] = LanguagePrimitives.ConvertTo<string>(value);
        return given is null ? null : Failure.RecordOf("nothingPiped", piped, [("Parameter", parameter.Name), ("Given", given)]);
    }

    /// <summary>Returns whether a value is that of an earlier record that failed to bind: the variable has been reset since.</summary>
    internal static bool IsStale(SessionState function, string name, IDictionary<string, object> bound) =>
        function.PSVariable.GetValue(name) is var value && !Equals(JsonWriter.Bare(value), JsonWriter.Bare(bound[name]))
            && IsDoubtful(value, isOnly: false) && !IsDoubtful(bound[name], isOnly: false);

    /// <summary>Replaces a record by its property: binding gives a parameter that takes any object (a handle, null) the record.</summary>
    internal static void TakeProperty(ParameterMetadata parameter, IDictionary<string, object> bound) {
        if (JsonWriter.Bare(bound[parameter.Name]) is { } record and not (string or ValueType or NativeHandle)
            && FindProperty(record, parameter) is { } property) bound[parameter.Name] = property.Value;
    }

    /// <summary>Replaces the text that binding made of a record: by the property of the name, or by the range in two others.</summary>
    internal static void TakeNumbers(SessionState function, string name, JsonObject ranges, IDictionary<string, object> bound) {
        object? record = function.PSVariable.GetValue("_");
        if (JsonWriter.Bare(record) is not { } bare || bare is string or ValueType or IEnumerable) return;
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(record).Properties;
        (string from, string to) = (ranges.Get<string>("from"), ranges.Get<string>("to"));
        if (properties[name]?.Value is { } own) bound[name] = own;
        else if (properties[from]?.Value is { } first && properties[to]?.Value is { } last)
            bound[name] = FormattableString.Invariant($"{first}-{last}");
        else throw new Failure("noNumbersPiped", record, [("Parameter", name), ("Given", bare.GetType().Name), ("From", from), ("To", to)]);
    }

    private static PSPropertyInfo? FindProperty(object record, ParameterMetadata parameter) {
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(record).Properties;
        return parameter.Aliases.Prepend(parameter.Name).Select(name => properties[name]).FirstOrDefault(one => one is not null);
    }

    private static bool IsNothing(object? source, bool isText) => source switch { // An array counts as missing if one of its elements is.
        null or DBNull => true,
        string text => !isText && text.Trim().Length == 0,
        IList elements => elements.Cast<object?>().Any(one => IsNothing(JsonWriter.Bare(one), isText)),
        _ => false,
    };
}
