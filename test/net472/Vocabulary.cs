using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Dllet.Net472;

/// <summary>
/// What emitted PowerShell may name: types with their static members, attributes with their arguments, methods, and commands with their
/// parameters, each looked up in Microsoft's reference of Windows PowerShell 5.1 and .NET Framework 4.7.2 before it was listed.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Automatic variables that 5.1 lacks: in strict mode reading them is an error.</summary>
    public static readonly HashSet<string> NewerVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "EnabledExperimentalFeatures", "PSStyle", "PSNativeCommandArgumentPassing",
        "PSNativeCommandUseErrorActionPreference", "ErrorView",
    };

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ErrorVariable", "WarningVariable", "InformationVariable",
        "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm",
    };

    private readonly Dictionary<string, HashSet<string>> types;
    private readonly Dictionary<string, HashSet<string>> attributes;
    private readonly Dictionary<string, HashSet<string>> commands;
    private readonly HashSet<string> methods;

    private Vocabulary(JsonElement document)
    {
        types = Table(document.GetProperty("types"));
        attributes = Table(document.GetProperty("attributes"));
        commands = Table(document.GetProperty("commands"));
        methods = Names(document.GetProperty("methods"));
    }

    public static Vocabulary Load()
    {
        using Stream stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary-5.1.json")!;
        using var document = JsonDocument.Parse(stream);
        return new Vocabulary(document.RootElement);
    }

    public bool HasType(string name) => types.ContainsKey(name);

    public bool HasStatic(string type, string member) => types.TryGetValue(type, out HashSet<string>? members) && members.Contains(member);

    public bool HasMethod(string name) => methods.Contains(name);

    public bool HasAttribute(string name) => attributes.ContainsKey(name);

    public bool HasArgument(string attribute, string name) => attributes[attribute].Contains(name);

    public bool HasCommand(string name) => commands.ContainsKey(name);

    /// <summary>True for a common parameter as well, and for any parameter of a command that is not listed itself.</summary>
    public bool HasParameter(string command, string name) =>
        Common.Contains(name) || !commands.TryGetValue(command, out HashSet<string>? parameters) || parameters.Contains(name);

    private static Dictionary<string, HashSet<string>> Table(JsonElement table) =>
        table.EnumerateObject().ToDictionary(one => one.Name, one => Names(one.Value), StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> Names(JsonElement list) => new(list.EnumerateArray().Select(one => one.GetString()!), StringComparer.OrdinalIgnoreCase);
}
