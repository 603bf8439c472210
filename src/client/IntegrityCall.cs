namespace Dllet.Client;

/// <summary>Test-(name)Module: verifies that every file of a packed module is unchanged.</summary>
internal sealed class IntegrityCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private bool isAsked;
    private protected override void Take(IDictionary<string, object> bound) => isAsked = true;
    private protected override void Finish() {
        if (!isAsked) return;
        JsonObject[] changes = new ModuleCatalog(Module.Directory, Module.Facts.Name).Compare();
        if (Caller.IsSet("PassThru")) { Cmdlet.WriteObject(Array.ConvertAll(changes, Facts.ObjectOf), enumerateCollection: true); return; }
        foreach (JsonObject one in changes) Caller.WriteVerbose($"{one["Status"]}: {one["Path"]}");
        Cmdlet.WriteObject(changes.Length == 0);
    }
}

/// <summary>The catalog of a packed module: its files with their SHA-256, followed by the catalog's own digest.</summary>
internal sealed class ModuleCatalog(string root, string name) {
    private static readonly StringComparer PathComparer = SystemFacts.IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    private readonly string catalogName = name + ".catalog.json";
    private readonly List<JsonObject> deviations = [];
    internal bool IsMissing => !File.Exists(Path.Combine(root, catalogName)); // True if the module was not packed.
    /// <summary>Returns the files that differ: Missing, Changed, Extra, Unreadable, or Link (a symbolic link or junction).</summary>
    internal JsonObject[] Compare() {
        try {
            if (IsMissing) Report(catalogName, "Missing");
            else CompareCatalog(File.ReadAllBytes(Path.Combine(root, catalogName)));
        } catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException) {
            deviations.Clear();
            Report(catalogName, "Unreadable", actual: error.Message);
        }
        return deviations.OrderBy(one => one.Get<string>("Path"), StringComparer.Ordinal).ToArray();
    }

    private void Report(string path, string status, string expected = "", string actual = "") =>
        deviations.Add(new() { ["Path"] = path, ["Status"] = status, ["Expected"] = expected, ["Actual"] = actual });

    // The catalog's digest covers everything above its last two lines. A damaged catalog cannot be used to judge other files.
    private void CompareCatalog(byte[] bytes) {
        const string Start = "  \"sha256OfTheAbove\": \"", End = "\"\n}\n";
        int length = Math.Max(0, bytes.Length - Start.Length - 64 - End.Length);
        string tail = Encoding.ASCII.GetString(bytes, length, bytes.Length - length);
        string actual = DigestOf(new MemoryStream(bytes, 0, length));
        if (tail == Start + actual + End) CompareFiles(JsonReader.ParseObject(Encoding.UTF8.GetString(bytes)));
        else Report(catalogName, "Changed", Regex.Match(tail, "[0-9a-f]{64}").Value, actual);
    }

    private void CompareFiles(JsonObject catalog) {
        var digests = catalog.GetList<JsonObject>("files")
            .ToDictionary(file => file.Get<string>("path"), file => file.Get<string>("sha256"), PathComparer);
        var known = new HashSet<string>(digests.Keys.Concat(catalog.GetList<string>("notCovered")), PathComparer) { catalogName };
        HashSet<string> found = new(PathComparer), empty = new(PathComparer);
        Walk(root, string.Empty, found, empty);
        foreach (string path in digests.Keys.Except(found, PathComparer)) Report(path, "Missing", digests[path]);
        foreach (string path in digests.Keys.Intersect(found, PathComparer)) CompareFile(path, digests[path]);
        foreach (string path in found.Except(known, PathComparer)) Report(path, "Extra");
        empty.ExceptWith(known.SelectMany(FoldersOf)); // An extra directory without a file is reported, but none within it.
        foreach (string path in empty) if (!FoldersOf(path).Any(empty.Contains)) Report(path, "Extra");
    }

    // Finds files, and folders without any. Returns whether there is a file or a link. Links are not followed: their targets can change.
    private bool Walk(string folder, string prefix, HashSet<string> found, HashSet<string> empty) {
        bool isFilled = false;
        foreach (string entry in Directory.GetFileSystemEntries(folder)) {
            string path = prefix + Path.GetFileName(entry);
            FileAttributes attributes = File.GetAttributes(entry);
            if ((attributes & FileAttributes.ReparsePoint) != 0) Report(path, "Link");
            else if ((attributes & FileAttributes.Directory) == 0) found.Add(path);
            else if (!Walk(entry, path + "/", found, empty)) { empty.Add(path); continue; }
            isFilled = true;
        }
        return isFilled;
    }

    private void CompareFile(string path, string expected) {
        try {
            string actual = DigestOf(File.OpenRead(Path.Combine(root, path)));
            if (actual != expected) Report(path, "Changed", expected, actual);
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException) {
            Report(path, "Unreadable", expected, error.Message);
        }
    }

    private static IEnumerable<string> FoldersOf(string path) {
        for (int at = path.IndexOf('/'); at > 0; at = path.IndexOf('/', at + 1)) yield return path.Substring(0, at);
    }

    private static string DigestOf(Stream content) {
        using var algorithm = SHA256.Create();
        using (content) return BitConverter.ToString(algorithm.ComputeHash(content)).Replace("-", string.Empty).ToLowerInvariant();
    }
}
