using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>Something that Windows PowerShell 5.1 does not have, and where it stands.</summary>
internal sealed record Finding(string File, int Line, int Column, string Rule, string Message);

/// <summary>Collects findings.</summary>
internal sealed class Report
{
    private readonly List<Finding> findings = [];

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

    public object ToDocument() => new
    {
        Findings = findings.Distinct().OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column),
    };
}
