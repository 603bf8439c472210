namespace Dllet.Client;

/// <summary>The catalog of a packed module: its files with their SHA-256, followed by the catalog's own digest.</summary>
internal sealed class ModuleCatalog(string root, string name) {
    private static readonly StringComparer PathComparer = SystemFacts.IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    private readonly string catalogName = name + ".catalog.json";
    /// <summary>True if there is no catalog, because the module was not packed.</summary>
    internal bool IsMissing => !File.Exists(Path.Combine(root, catalogName));

    /// <summary>Returns the files that differ, with Path, Status, Expected and Actual. Status: Missing, Changed, Extra, Unreadable, or Link
    /// for a symbolic link or junction.</summary>
    internal IEnumerable<JsonObject> Compare() {
        if (IsMissing) return [Deviation(catalogName, "Missing")];
        try {
            byte[] bytes = File.ReadAllBytes(Path.Combine(root, catalogName));
            return CompareCatalog(bytes) is { } damage ? [damage] : CompareFiles(Encoding.UTF8.GetString(bytes));
        } catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException) {
            return [Deviation(catalogName, "Unreadable", actual: error.Message)];
        }
    }

    private static JsonObject Deviation(string path, string status, string expected = "", string actual = "") =>
        new() { ["Path"] = path, ["Status"] = status, ["Expected"] = expected, ["Actual"] = actual };

    // The catalog's digest covers everything above its last two lines. A damaged catalog cannot be used to judge other files.
    private JsonObject? CompareCatalog(byte[] bytes) {
        const string Start = "  \"sha256OfTheAbove\": \"";
        const string End = "\"\n}\n";
        int length = Math.Max(0, bytes.Length - Start.Length - 64 - End.Length);
        string tail = Encoding.ASCII.GetString(bytes, length, bytes.Length - length);
        using var content = new MemoryStream(bytes, 0, length);
        string actual = DigestOf(content);
        return tail == Start + actual + End ? null : Deviation(catalogName, "Changed", Regex.Match(tail, "[0-9a-f]{64}").Value, actual);
    }

    private IEnumerable<JsonObject> CompareFiles(string text) {
        JsonObject catalog = JsonReader.ParseObject(text);
        var digests = catalog.GetList<JsonObject>("files")
            .ToDictionary(file => file.Get<string>("path"), file => file.Get<string>("sha256"), PathComparer);
        var passed = new HashSet<string>(catalog.GetList<string>("notCovered"), PathComparer) { catalogName };
        var folders = new HashSet<string>(digests.Keys.Concat(passed).SelectMany(FoldersOf), PathComparer);
        var found = new HashSet<string>(PathComparer);
        List<JsonObject> deviations = [];
        Walk(root, string.Empty, found, folders, deviations);
        foreach (KeyValuePair<string, string> file in digests)
            if (!found.Contains(file.Key)) deviations.Add(Deviation(file.Key, "Missing", file.Value));
            else if (CompareFile(file.Key, file.Value) is { } deviation) deviations.Add(deviation);
        deviations.AddRange(found.Except(digests.Keys.Concat(passed), PathComparer).Select(path => Deviation(path, "Extra")));
        return deviations.OrderBy(one => one.Get<string>("Path"), StringComparer.Ordinal);
    }

    // Never follow links: their targets can change without the module. An extra directory is reported by its files, or by its own name if
    // it is empty. Returns true if there is any file or link.
    private static bool Walk(string folder, string prefix, HashSet<string> found, HashSet<string> folders, List<JsonObject> deviations) {
        bool isFilled = false;
        foreach (string entry in Directory.GetFileSystemEntries(folder)) {
            string path = prefix + Path.GetFileName(entry);
            FileAttributes attributes = File.GetAttributes(entry);
            bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
            bool isFolder = !isLink && (attributes & FileAttributes.Directory) != 0;
            if (isLink) deviations.Add(Deviation(path, "Link"));
            else if (!isFolder) found.Add(path);
            List<JsonObject> within = [];
            bool isEmpty = isFolder && !Walk(entry, path + "/", found, folders, within);
            if (isEmpty && !folders.Contains(path)) deviations.Add(Deviation(path, "Extra"));
            else deviations.AddRange(within);
            isFilled |= !isEmpty;
        }
        return isFilled;
    }

    private JsonObject? CompareFile(string path, string expected) {
        try {
            using FileStream stream = File.OpenRead(Path.Combine(root, path));
            string actual = DigestOf(stream);
            return actual == expected ? null : Deviation(path, "Changed", expected, actual);
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException) {
            return Deviation(path, "Unreadable", expected, error.Message);
        }
    }

    private static IEnumerable<string> FoldersOf(string path) {
        for (int at = path.IndexOf('/'); at > 0; at = path.IndexOf('/', at + 1)) yield return path.Substring(0, at);
    }

    private static string DigestOf(Stream content) {
        using var algorithm = SHA256.Create();
        return BitConverter.ToString(algorithm.ComputeHash(content)).Replace("-", string.Empty).ToLowerInvariant();
    }
}
