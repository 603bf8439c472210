using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.Json;

namespace Dllet.Net472;

/// <summary>
/// The commands of Windows PowerShell 5.1 and their parameters: those of Microsoft.PowerShell.Core from the reference assembly,
/// others from commands-5.1.json. What is in neither is a finding, so that a command is looked up before it is used.
/// </summary>
internal sealed class CommandTable
{
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ErrorVariable", "WarningVariable", "InformationVariable",
        "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm",
    };

    private readonly Dictionary<string, HashSet<string>> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> ownFunctions;
    private readonly HashSet<string> ownMethods;

    public CommandTable(ReferenceApi api, IReadOnlyList<SourceFile> files)
    {
        ownFunctions = NamesIn<FunctionDefinitionAst>(files, function => WithoutScope(function.Name));
        ownMethods = NamesIn<FunctionMemberAst>(files, method => method.Name);
        foreach (Type cmdlet in api.DerivedFrom(api.Of("System.Management.Automation.Cmdlet")))
        {
            AddCore(cmdlet);
        }

        using Stream stream = typeof(CommandTable).Assembly.GetManifestResourceStream("commands-5.1.json")!;
        foreach ((string name, string[] parameters) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!)
        {
            known[name] = new(parameters, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>The name of a function without the scope that may stand before it, as in script:Name.</summary>
    public static string WithoutScope(string name) => name[(name.LastIndexOf(':') + 1)..];

    public bool IsOwnMethod(string name) => ownMethods.Contains(name);

    public void Check(CommandAst command, Report report)
    {
        // A call by a variable or a path is none that this table could know.
        if (command.GetCommandName() is not { } written || command.InvocationOperator == TokenKind.Dot)
        {
            return;
        }

        string name = WithoutScope(written[(written.LastIndexOf('\\') + 1)..]);
        HashSet<string>? parameters = known.GetValueOrDefault(name);
        if (parameters is not null)
        {
            report.UseCommand(name);
        }
        else if (!ownFunctions.Contains(name))
        {
            report.Add("command", command.CommandElements[0], $"{written} is not among the known commands of Windows PowerShell 5.1 (test/net472/commands-5.1.json).");
        }

        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            CheckParameter(parameter, name, parameters, report);
        }
    }

    private static void CheckParameter(CommandParameterAst parameter, string command, HashSet<string>? parameters, Report report)
    {
        string name = parameter.ParameterName;
        if (name.Equals("ProgressAction", StringComparison.OrdinalIgnoreCase))
        {
            report.Add("command", parameter, "The common parameter -ProgressAction is of PowerShell 7.4.");
        }
        else if (parameters is not null && !Common.Contains(name))
        {
            if (!parameters.Contains(name))
            {
                report.Add("command", parameter, $"{command} has no parameter -{name} in Windows PowerShell 5.1.");
            }
            else
            {
                report.UseCommand(command, "-" + name);
            }
        }
    }

    private static HashSet<string> NamesIn<T>(IEnumerable<SourceFile> files, Func<T, string> name)
        where T : Ast => new(
            files.SelectMany(file => file.Tree.FindAll(node => node is T, searchNestedScriptBlocks: true)).Cast<T>().Select(name),
            StringComparer.OrdinalIgnoreCase);

    private void AddCore(Type cmdlet)
    {
        CustomAttributeData? attribute = cmdlet.GetCustomAttributesData()
            .FirstOrDefault(one => one.AttributeType.FullName == "System.Management.Automation.CmdletAttribute");
        if (attribute is { ConstructorArguments: [{ Value: string verb }, { Value: string noun }] })
        {
            known[$"{verb}-{noun}"] = new(
                cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsParameter).Select(property => property.Name),
                StringComparer.OrdinalIgnoreCase);
        }
    }

    private static bool IsParameter(PropertyInfo property) => property.GetCustomAttributesData()
        .Any(one => one.AttributeType.FullName == "System.Management.Automation.ParameterAttribute");
}
