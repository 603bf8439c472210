using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>Something that Windows PowerShell 5.1 does not have, and where it stands.</summary>
internal sealed record Finding(string File, int Line, int Column, string Rule, string Message);

/// <summary>Collects findings and what is in use.</summary>
internal sealed class Report
{
    private readonly List<Finding> findings = [];
    private readonly SortedDictionary<string, SortedSet<string>> members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> commands = new(StringComparer.Ordinal);
    private readonly SortedSet<string> unresolved = new(StringComparer.Ordinal);

    public void Add(string rule, Ast place, string message) => Add(rule, place.Extent, message);

    public void Add(string rule, IScriptExtent place, string message) => findings.Add(
        new Finding(place.File ?? string.Empty, place.StartLineNumber, place.StartColumnNumber, rule, message));

    public void AddErrors(SourceFile file)
    {
        foreach (ParseError error in file.Errors)
        {
            Add("parse", error.Extent, error.Message);
        }
    }

    /// <summary>A type, or a member of it, that exists and is in use.</summary>
    public void UseMember(string type, string? member = null) => Use(members, type, member);

    public void UseCommand(string command, string? parameter = null) => Use(commands, command, parameter);

    /// <summary>A member of a value whose type cannot be told from the text.</summary>
    public void UseUnresolved(string member) => unresolved.Add(member);

    public object ToDocument() => new
    {
        Findings = findings.Distinct().OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column),
        Members = members,
        Commands = commands,
        Unresolved = unresolved,
    };

    private static void Use(SortedDictionary<string, SortedSet<string>> uses, string name, string? part)
    {
        if (!uses.TryGetValue(name, out SortedSet<string>? parts))
        {
            uses[name] = parts = new SortedSet<string>(StringComparer.Ordinal);
        }

        if (part is not null)
        {
            parts.Add(part);
        }
    }
}
