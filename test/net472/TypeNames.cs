using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>Finds the type that a name means in a session of Windows PowerShell 5.1.</summary>
internal sealed class TypeNames
{
    // The type accelerators of 5.1 whose name is not that of a type in the namespace System.
    private static readonly Dictionary<string, string> Accelerators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["adsi"] = "System.DirectoryServices.DirectoryEntry",
        ["adsisearcher"] = "System.DirectoryServices.DirectorySearcher",
        ["Alias"] = "System.Management.Automation.AliasAttribute",
        ["AllowEmptyCollection"] = "System.Management.Automation.AllowEmptyCollectionAttribute",
        ["AllowEmptyString"] = "System.Management.Automation.AllowEmptyStringAttribute",
        ["AllowNull"] = "System.Management.Automation.AllowNullAttribute",
        ["ArgumentCompleter"] = "System.Management.Automation.ArgumentCompleterAttribute",
        ["array"] = "System.Array",
        ["bigint"] = "System.Numerics.BigInteger",
        ["bool"] = "System.Boolean",
        ["byte"] = "System.Byte",
        ["char"] = "System.Char",
        ["CmdletBinding"] = "System.Management.Automation.CmdletBindingAttribute",
        ["cultureinfo"] = "System.Globalization.CultureInfo",
        ["datetime"] = "System.DateTime",
        ["decimal"] = "System.Decimal",
        ["double"] = "System.Double",
        ["DscLocalConfigurationManager"] = "System.Management.Automation.DscLocalConfigurationManagerAttribute",
        ["DscProperty"] = "System.Management.Automation.DscPropertyAttribute",
        ["DscResource"] = "System.Management.Automation.DscResourceAttribute",
        ["float"] = "System.Single",
        ["guid"] = "System.Guid",
        ["hashtable"] = "System.Collections.Hashtable",
        ["initialsessionstate"] = "System.Management.Automation.Runspaces.InitialSessionState",
        ["int"] = "System.Int32",
        ["int16"] = "System.Int16",
        ["int32"] = "System.Int32",
        ["int64"] = "System.Int64",
        ["ipaddress"] = "System.Net.IPAddress",
        ["long"] = "System.Int64",
        ["mailaddress"] = "System.Net.Mail.MailAddress",
        ["NullString"] = "System.Management.Automation.Language.NullString",
        ["OutputType"] = "System.Management.Automation.OutputTypeAttribute",
        ["Parameter"] = "System.Management.Automation.ParameterAttribute",
        ["powershell"] = "System.Management.Automation.PowerShell",
        ["psaliasproperty"] = "System.Management.Automation.PSAliasProperty",
        ["pscredential"] = "System.Management.Automation.PSCredential",
        ["pscustomobject"] = "System.Management.Automation.PSObject",
        ["psdefaultvalue"] = "System.Management.Automation.PSDefaultValueAttribute",
        ["PSDefaultValue"] = "System.Management.Automation.PSDefaultValueAttribute",
        ["pslistmodifier"] = "System.Management.Automation.PSListModifier",
        ["psmoduleinfo"] = "System.Management.Automation.PSModuleInfo",
        ["psnoteproperty"] = "System.Management.Automation.PSNoteProperty",
        ["psobject"] = "System.Management.Automation.PSObject",
        ["psprimitivedictionary"] = "System.Management.Automation.PSPrimitiveDictionary",
        ["psscriptmethod"] = "System.Management.Automation.PSScriptMethod",
        ["psscriptproperty"] = "System.Management.Automation.PSScriptProperty",
        ["PSTypeNameAttribute"] = "System.Management.Automation.PSTypeNameAttribute",
        ["PSTypeName"] = "System.Management.Automation.PSTypeNameAttribute",
        ["psvariable"] = "System.Management.Automation.PSVariable",
        ["ref"] = "System.Management.Automation.PSReference",
        ["regex"] = "System.Text.RegularExpressions.Regex",
        ["runspace"] = "System.Management.Automation.Runspaces.Runspace",
        ["runspacefactory"] = "System.Management.Automation.Runspaces.RunspaceFactory",
        ["sbyte"] = "System.SByte",
        ["scriptblock"] = "System.Management.Automation.ScriptBlock",
        ["single"] = "System.Single",
        ["string"] = "System.String",
        ["SupportsWildcards"] = "System.Management.Automation.SupportsWildcardsAttribute",
        ["switch"] = "System.Management.Automation.SwitchParameter",
        ["timespan"] = "System.TimeSpan",
        ["type"] = "System.Type",
        ["uint16"] = "System.UInt16",
        ["uint32"] = "System.UInt32",
        ["uint64"] = "System.UInt64",
        ["uri"] = "System.Uri",
        ["ValidateCount"] = "System.Management.Automation.ValidateCountAttribute",
        ["ValidateLength"] = "System.Management.Automation.ValidateLengthAttribute",
        ["ValidateNotNull"] = "System.Management.Automation.ValidateNotNullAttribute",
        ["ValidateNotNullOrEmpty"] = "System.Management.Automation.ValidateNotNullOrEmptyAttribute",
        ["ValidatePattern"] = "System.Management.Automation.ValidatePatternAttribute",
        ["ValidateRange"] = "System.Management.Automation.ValidateRangeAttribute",
        ["ValidateScript"] = "System.Management.Automation.ValidateScriptAttribute",
        ["ValidateSet"] = "System.Management.Automation.ValidateSetAttribute",
        ["version"] = "System.Version",
        ["void"] = "System.Void",
        ["WildcardPattern"] = "System.Management.Automation.WildcardPattern",
        ["wmi"] = "System.Management.ManagementObject",
        ["wmiclass"] = "System.Management.ManagementClass",
        ["wmisearcher"] = "System.Management.ManagementObjectSearcher",
        ["X500DistinguishedName"] = "System.Security.Cryptography.X509Certificates.X500DistinguishedName",
        ["X509Certificate"] = "System.Security.Cryptography.X509Certificates.X509Certificate",
        ["xml"] = "System.Xml.XmlDocument",
    };

    private readonly HashSet<string> own;
    private readonly string[] namespaces;
    private readonly HashSet<string> loadedByScript;

    public TypeNames(ReferenceApi api, IReadOnlyList<SourceFile> files)
    {
        Api = api;
        own = [.. files.SelectMany(file => file.Tree.FindAll(node => node is TypeDefinitionAst, true)).Select(node => ((TypeDefinitionAst)node).Name)];
        namespaces =
        [
            .. files.SelectMany(file => file.Tree.UsingStatements)
                .Where(statement => statement.UsingStatementKind == UsingStatementKind.Namespace)
                .Select(statement => statement.Name.Value + "."),
            string.Empty,
            "System.",
        ];
        loadedByScript =
        [
            .. files.SelectMany(file => file.Tree.FindAll(IsAssemblyLoad, true))
                .Select(node => ((StringConstantExpressionAst)((InvokeMemberExpressionAst)node).Arguments[0]).Value.Split(',')[0]),
        ];
    }

    public ReferenceApi Api { get; }

    /// <summary>A class or enum of the files themselves.</summary>
    public bool IsOwn(ITypeName name) => name is TypeName && own.Contains(name.FullName);

    /// <summary>The type, or why there is none.</summary>
    public (Type? Type, string? Problem) Resolve(ITypeName name, bool isAttribute = false, int typeArguments = 0)
    {
        switch (name)
        {
            case ArrayTypeName array:
            {
                (Type? element, string? problem) = Resolve(array.ElementType);
                return (array.Rank == 1 ? element?.MakeArrayType() : element?.MakeArrayType(array.Rank), problem);
            }

            case GenericTypeName generic:
            {
                (Type? definition, string? problem) = Resolve(generic.TypeName, false, generic.GenericArguments.Count);
                var arguments = generic.GenericArguments.Select(one => Resolve(one)).ToArray();
                problem ??= arguments.Select(one => one.Problem).FirstOrDefault(one => one is not null);
                return definition is null || arguments.Any(one => one.Type is null)
                    ? (null, problem)
                    : (definition.MakeGenericType([.. arguments.Select(one => one.Type!)]), null);
            }

            default:
                return IsOwn(name) ? (null, null) : ResolveSimple(name.FullName, isAttribute, typeArguments);
        }
    }

    private (Type? Type, string? Problem) ResolveSimple(string written, bool isAttribute, int typeArguments)
    {
        string[] suffixes = (isAttribute, typeArguments) switch
        {
            (true, _) => [string.Empty, "Attribute"],
            (_, > 0) => ["`" + typeArguments, string.Empty],
            _ => [string.Empty],
        };
        if (typeArguments == 0 && Accelerators.TryGetValue(written, out string? meant))
        {
            return (Api.Of(meant), null);
        }

        string[] candidates = [.. from suffix in suffixes from space in namespaces select space + written + suffix];
        Type? found = candidates.Select(Api.Find).FirstOrDefault(type => type is not null);
        if (found is not null)
        {
            return (found, null);
        }

        string? assembly = candidates.Select(Api.AssemblyElsewhere).FirstOrDefault(one => one is not null);
        if (assembly is null)
        {
            return (null, $"The type [{written}] is neither in .NET Framework 4.7.2 nor in PowerShell 5.1.");
        }

        return loadedByScript.Contains(assembly)
            ? (null, null)
            : (null, $"The type [{written}] is in {assembly}, which Windows PowerShell does not load by itself.");
    }

    private static bool IsAssemblyLoad(Ast node) => node is InvokeMemberExpressionAst
    {
        Static: true,
        Member: StringConstantExpressionAst { Value: "Load" or "LoadWithPartialName" },
        Expression: TypeExpressionAst { TypeName.FullName: "System.Reflection.Assembly" or "Reflection.Assembly" },
        Arguments: [StringConstantExpressionAst],
    };
}
