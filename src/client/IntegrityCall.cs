using System.Security.Cryptography;

namespace Dllet.Client;

/// <summary>Test-(name)Module: verifies that every file of a packed module is unchanged.</summary>
internal sealed class IntegrityCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private bool isAsked;
    private protected override void Take(IDictionary<string, object> bound) => isAsked = true;

    private protected override void Finish() {
        if (!isAsked) return;
        bool isPassThru = Caller.IsSet("PassThru");
        bool isIntact = true;
        foreach (Deviation deviation in new ModuleCatalog(Module.Directory, Module.Facts.Name).Compare()) {
            isIntact = false;
            if (isPassThru) Cmdlet.WriteObject(deviation.ToObject(Facts.Output.Get<string>("typeName")));
            else Caller.WriteVerbose($"{deviation.Status}: {deviation.Path}");
        }
        if (!isPassThru) Cmdlet.WriteObject(isIntact);
    }
}

/// <summary>A file that differs from the catalog. Status: Missing, Changed, Extra, Unreadable, or Link for a symbolic link or junction.</summary>
internal sealed class Deviation(string path, string status, string expected = "", string actual = "") {
    /// <summary>The properties of its object.</summary>
    internal static IEnumerable<(string Name, WireType Type)> Members =>
        new[] { nameof(Path), nameof(Status), nameof(Expected), nameof(Actual) }.Select(name => (name, WireType.Parse("string")));
    internal string Path { get; } = path;
    internal string Status { get; } = status;
    private string Expected { get; } = expected;
    private string Actual { get; } = actual;
    internal PSObject ToObject(string typeName) =>
        Failure.MakeObject(typeName, [(nameof(Path), Path), (nameof(Status), Status), (nameof(Expected), Expected), (nameof(Actual), Actual)]);
}

/// <summary>The catalog of a packed module: its files with their SHA-256, followed by the catalog's own digest.</summary>
internal sealed class ModuleCatalog(string root, string name) {
    private static readonly StringComparer PathComparer = SystemFacts.IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    private readonly string catalogName = name + ".catalog.json";

    /// <summary>Returns the deviations; empty if every file is unchanged.</summary>
    internal IEnumerable<Deviation> Compare() {
        if (IsMissing) return [new Deviation(catalogName, "Missing")];
        try {
            byte[] bytes = File.ReadAllBytes(Path.Combine(root, catalogName));
            return CompareCatalog(bytes) is { } damage ? [damage] : CompareFiles(Encoding.UTF8.GetString(bytes));
        } catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException) {
            return [new Deviation(catalogName, "Unreadable", actual: error.Message)];
        }
    }

    /// <summary>True if there is no catalog, because the module was not packed.</summary>
    internal bool IsMissing => !File.Exists(Path.Combine(root, catalogName));

    // The catalog's digest covers everything above its last two lines. A damaged catalog cannot be used to judge other files.
    private Deviation? CompareCatalog(byte[] bytes) {
        const string Start = "  \"sha256OfTheAbove\": \"";
        const string End = "\"\n}\n";
        int length = Math.Max(0, bytes.Length - Start.Length - 64 - End.Length);
        string tail = Encoding.ASCII.GetString(bytes, length, bytes.Length - length);
        using var content = new MemoryStream(bytes, 0, length);
        string actual = DigestOf(content);
        return tail == Start + actual + End ? null : new Deviation(catalogName, "Changed", Regex.Match(tail, "[0-9a-f]{64}").Value, actual);
    }

    private IEnumerable<Deviation> CompareFiles(string text) {
        JsonObject catalog = JsonReader.Parse(text) as JsonObject ?? throw new FormatException("it is no object");
        var digests = catalog.GetList<JsonObject>("files").ToDictionary(file => file.Get<string>("path"), file => file.Get<string>("sha256"), PathComparer);
        var passed = new HashSet<string>(catalog.GetList<string>("notCovered"), PathComparer) { catalogName };
        List<Deviation> deviations = [];
        var folders = new HashSet<string>(digests.Keys.Concat(passed).SelectMany(FoldersOf), PathComparer);
        var found = new HashSet<string>(PathComparer);
        Walk(root, string.Empty, found, folders, deviations);
        deviations.AddRange(digests.Select(file => found.Contains(file.Key) ? CompareFile(file.Key, file.Value) : new Deviation(file.Key, "Missing", file.Value)).OfType<Deviation>());
        deviations.AddRange(found.Where(path => !digests.ContainsKey(path) && !passed.Contains(path)).Select(path => new Deviation(path, "Extra")));
        return deviations.OrderBy(one => one.Path, StringComparer.Ordinal);
    }

    // Never follow links: their targets can change without the module. An extra directory is reported by its files, or by its own name if it is
    // empty. Returns true if there is any file or link.
    private static bool Walk(string folder, string prefix, HashSet<string> found, HashSet<string> folders, List<Deviation> deviations) {
        bool isFilled = false;
        foreach (string entry in Directory.GetFileSystemEntries(folder)) {
            string path = prefix + Path.GetFileName(entry);
            FileAttributes attributes = File.GetAttributes(entry);
            bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
            bool isFolder = !isLink && (attributes & FileAttributes.Directory) != 0;
            if (isLink) deviations.Add(new Deviation(path, "Link"));
            else if (!isFolder) found.Add(path);
            List<Deviation> within = [];
            bool isEmpty = isFolder && !Walk(entry, path + "/", found, folders, within);
            if (isEmpty && !folders.Contains(path)) deviations.Add(new Deviation(path, "Extra"));
            else deviations.AddRange(within);
            isFilled |= !isEmpty;
        }
        return isFilled;
    }

    private Deviation? CompareFile(string path, string expected) {
        try {
            using FileStream stream = File.OpenRead(Path.Combine(root, path));
            string actual = DigestOf(stream);
            return actual == expected ? null : new Deviation(path, "Changed", expected, actual);
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException) {
            return new Deviation(path, "Unreadable", expected, error.Message);
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
