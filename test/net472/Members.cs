using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Dllet.Net472;

/// <summary>Members of a type by a name that PowerShell reads without regard to case.</summary>
internal static class Members
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    // What every value has in PowerShell.
    private static readonly HashSet<string> OfEverything = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "Count", "Length",
    };

    // What the types.ps1xml of 5.1 adds to types of .NET, as far as scripts commonly use it.
    private static readonly Dictionary<string, string[]> Added = new(StringComparer.Ordinal)
    {
        ["System.Diagnostics.Process"] = ["Name", "Path", "Company", "CPU", "FileVersion", "ProductVersion", "Description", "Product", "Handles", "VM", "WS", "PM", "NPM", "SI"],
        ["System.IO.FileInfo"] = ["BaseName", "Mode", "VersionInfo", "Target", "LinkType"],
        ["System.IO.DirectoryInfo"] = ["BaseName", "Mode", "Target", "LinkType"],
        ["System.Diagnostics.FileVersionInfo"] = ["FileVersionRaw", "ProductVersionRaw"],
    };

    public static bool IsMagic(string name, bool isCall) => isCall
        ? name.Equals("ForEach", StringComparison.OrdinalIgnoreCase) || name.Equals("Where", StringComparison.OrdinalIgnoreCase)
        : OfEverything.Contains(name);

    public static MethodBase[] Constructors(Type type) => type.GetConstructors(Instance);

    public static MethodBase[] Methods(Type type, string name, bool isStatic) => isStatic
        ? Named(type.GetMethods(Static), name)
        : [.. InstanceSides(type).SelectMany(side => Named(side.GetMethods(Instance), name))];

    /// <summary>The type of a property, a field or an enum's constant; null where there is none.</summary>
    public static Type? Value(Type type, string name, bool isStatic)
    {
        BindingFlags flags = isStatic ? Static : Instance;
        foreach (Type side in isStatic ? [type] : InstanceSides(type))
        {
            if (Named(side.GetProperties(flags), name).FirstOrDefault() is { } property)
            {
                return property.PropertyType;
            }

            if (Named(side.GetFields(flags), name).FirstOrDefault() is { } field)
            {
                return field.FieldType;
            }
        }

        return null;
    }

    public static bool IsAdded(Type type, string name) =>
        Added.TryGetValue(type.FullName ?? string.Empty, out string[]? names) && names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether any property name is right: a key, an XML element, a property that a script has given to an object.</summary>
    public static bool HasOpenProperties(Type type) =>
        type.FullName is "System.Management.Automation.PSObject" or "System.Object" ||
        ReferenceApi.Family(type).Any(one => one.FullName is "System.Collections.IDictionary" or "System.Xml.XmlNode" or "System.Data.DataRow");

    private static IEnumerable<Type> InstanceSides(Type type) => type.IsInterface ? type.GetInterfaces().Prepend(type) : [type];

    private static T[] Named<T>(IEnumerable<T> members, string name)
        where T : MemberInfo => [.. members.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
}
