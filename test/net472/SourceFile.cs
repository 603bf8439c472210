using System.IO;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>One file as the engine's parser reads it.</summary>
internal sealed record SourceFile(string Path, ScriptBlockAst Tree, Token[] Tokens, ParseError[] Errors)
{
    public bool IsData => System.IO.Path.GetExtension(Path).ToLowerInvariant() is ".psd1" or ".psrc" or ".pssc";

    public static SourceFile Read(string path)
    {
        ScriptBlockAst tree = Parser.ParseInput(File.ReadAllText(path), path, out Token[] tokens, out ParseError[] errors);
        return new SourceFile(path, tree, tokens, errors);
    }
}
