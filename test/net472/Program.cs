using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Dllet.Net472;

/// <summary>
/// Takes the paths of PowerShell files and prints findings and the API in use as one JSON document. The files belong together,
/// as those of a module do, unless --apart comes first.
/// </summary>
internal static class Program
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    private static int Main(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("Usage: dllet-net472-check [--apart] FILE...");
            return 64;
        }

        string references = Path.Combine(AppContext.BaseDirectory, "reference");
        using var api = new ReferenceApi(references);
        bool isApart = args[0] == "--apart";
        List<SourceFile> files = [.. args.Where(arg => arg != "--apart").Select(SourceFile.Read)];
        var report = new Report();
        foreach (SourceFile[] group in isApart ? files.Select(file => new[] { file }) : [[.. files]])
        {
            Check(group, api, report);
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(report.ToDocument(), Json));
        return 0;
    }

    // Functions and variables of one file are known in the others.
    private static void Check(IReadOnlyList<SourceFile> files, ReferenceApi api, Report report)
    {
        var types = new TypeNames(api, files);
        var inference = new Inference(types, files);
        var commands = new CommandTable(api, files);
        foreach (SourceFile file in files)
        {
            report.AddErrors(file);
            file.Tree.Visit(new SyntaxCheck(file, report));
            file.Tree.Visit(new ApiCheck(report, types, inference, commands));
        }
    }
}
