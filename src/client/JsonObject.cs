namespace Dllet.Client;

/// <summary>A JSON object whose members keep their order.</summary>
public sealed class JsonObject() : Dictionary<string, object?>(StringComparer.Ordinal) {
    /// <summary>Returns a required member. Throws FormatException if it is missing or of another type.</summary>
    public T Get<T>(string name) =>
        TryGetValue(name, out object? value) && value is T typed ? typed : throw new FormatException($"'{name}' is missing");

    /// <summary>Returns a required array. Throws FormatException if it is missing or an element is of another type.</summary>
    public List<T> GetList<T>(string name) =>
        Get<List<object?>>(name).ConvertAll(one => one is T typed ? typed : throw new FormatException($"'{name}' holds something else"));

    /// <summary>Converts the objects of an optional array.</summary>
    internal T[] ListOf<T>(string name, Func<JsonObject, T> make) =>
        ContainsKey(name) ? GetList<JsonObject>(name).Select(make).ToArray() : [];

    /// <summary>Returns an optional member, or null.</summary>
    internal T? Find<T>(string name) where T : class => TryGetValue(name, out object? value) ? value as T : null;
    internal bool Has(string name) => TryGetValue(name, out object? value) && value is true;
}
