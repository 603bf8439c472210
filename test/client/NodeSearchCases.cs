namespace Dllet.Client.Tests;

internal static class NodeSearchCases
{
    internal static IEnumerable<(string Name, Action Run)> All =>
    [
        ("NodeSearch: the one in the module, then the given one, then PATH; never a relative folder", () =>
        {
            string root = Directory.CreateTempSubdirectory("dllet-node-search-").FullName;
            string? path = Environment.GetEnvironmentVariable("PATH");
            try
            {
                string Touch(string folder)
                {
                    Directory.CreateDirectory(Path.Combine(root, folder));
                    File.WriteAllText(Path.Combine(root, folder, "node"), string.Empty);
                    return Path.Combine(root, folder, "node");
                }

                string program = Path.Combine(root, "bin");
                string given = Touch("given");
                Environment.SetEnvironmentVariable("PATH", $".:given::{root}/none:\"{root}/onpath\"");
                Environment.CurrentDirectory = Path.Combine(root, "given");
                Check.Equal("BridgeNotFound", FailureOf(() => NodeSearch.Find(program, string.Empty, "20.19")).Record.FullyQualifiedErrorId);
                string onPath = Touch("onpath");
                Check.Equal(onPath, NodeSearch.Find(program, string.Empty, "20.19").Path);
                Check.Equal(given, NodeSearch.Find(program, given, "20.19").Path);
                Check.Equal("BridgeNotFound", FailureOf(() => NodeSearch.Find(program, given + "x", "20.19")).Record.FullyQualifiedErrorId);
                string own = Touch("bin");
                Check.Equal(own, NodeSearch.Find(program, given, "20.19").Path);
            }
            finally
            {
                Environment.CurrentDirectory = "/";
                Environment.SetEnvironmentVariable("PATH", path);
                Directory.Delete(root, recursive: true);
            }
        }),
    ];

    private static Failure FailureOf(Action work)
    {
        try
        {
            work();
        }
        catch (Failure failure)
        {
            return failure;
        }

        throw new InvalidOperationException("it did not fail");
    }
}
