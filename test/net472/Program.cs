using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Dllet.Net472;

/// <summary>
/// Takes the paths of PowerShell files and prints findings as one JSON document. The files belong together,
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

        var vocabulary = Vocabulary.Load();
        bool isApart = args[0] == "--apart";
        List<SourceFile> files = [.. args.Where(arg => arg != "--apart").Select(SourceFile.Read)];
        var report = new Report();
        foreach (SourceFile[] group in isApart ? files.Select(file => new[] { file }) : [[.. files]])
        {
            Check(group, vocabulary, report);
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(report.ToDocument(), Json));
        return 0;
    }

    // What one file defines is known in the others.
    private static void Check(IReadOnlyList<SourceFile> files, Vocabulary vocabulary, Report report)
    {
        foreach (SourceFile file in files)
        {
            report.AddErrors(file);
            file.Tree.Visit(new SyntaxCheck(file, report));
            file.Tree.Visit(new NameCheck(report, vocabulary, files));
        }
    }
}
