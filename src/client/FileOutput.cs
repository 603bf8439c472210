namespace Dllet.Client;

/// <summary>Writes a text to the file given by -Path, in UTF-8 without a byte order mark.</summary>
internal sealed class FileOutput(Caller caller, CmdletFacts facts) {
    internal void Write(Func<Reply?> ask) {
        Dictionary<string, object> bound = caller.Cmdlet.MyInvocation.BoundParameters;
        string given = (string)bound["Path"];
        try {
            string path = caller.Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
                throw new NotSupportedException($"The path belongs to {provider.Name}, not to the file system.");
            if (facts.Should is { } should && !new Confirmation(caller, should).IsGiven(bound, Texts.ValuesOf([("Path", given)]))) return;
            if (ask() is not { } reply) return;
            File.WriteAllText(path, reply.Read(() => reply.Members.Get<string>("Text")), new UTF8Encoding(false));
            // As Get-Item returns it: with the properties that its view shows.
            ItemCmdletProviderIntrinsics items = caller.Cmdlet.InvokeProvider.Item;
            caller.Cmdlet.WriteObject(items.Get([path], force: true, literalPath: true), enumerateCollection: true);
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException
            or PSArgumentException) {
            string problem = error.GetBaseException().Message;
            caller.WriteError(Failure.RecordOf("fileNotWritten", given, [("Path", given), ("Problem", problem)], error));
        }
    }
}
