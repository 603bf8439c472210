using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Dllet.Net472;

/// <summary>The public types of .NET Framework 4.7.2 and of System.Management.Automation 5.1, read from reference assemblies.</summary>
internal sealed class ReferenceApi : IDisposable
{
    /// <summary>The assemblies that are loaded in every session of Windows PowerShell: only their types have a name there.</summary>
    private static readonly string[] Loaded =
    [
        "mscorlib", "System", "System.Core", "System.Xml", "System.Numerics", "System.Management", "System.DirectoryServices",
        "System.Configuration", "System.Configuration.Install", "System.Data", "System.Transactions", "System.Management.Automation",
    ];

    private readonly MetadataLoadContext context;
    private readonly Dictionary<string, Type> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> elsewhere = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<int>> methodArities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<ILookup<string, Type>> derived;

    public ReferenceApi(string directory)
    {
        string[] files = Directory.GetFiles(directory, "*.dll");
        if (files.Length < 100)
        {
            throw new InvalidOperationException($"The reference assemblies are missing in {directory}: build this project again.");
        }

        context = new MetadataLoadContext(new PathAssemblyResolver(files), "mscorlib");
        // System.EnterpriseServices comes in native parts, which cannot be listed; other assemblies refer to it.
        foreach (string file in files.Where(file => !Path.GetFileName(file).StartsWith("System.EnterpriseServices", StringComparison.Ordinal)))
        {
            Add(context.LoadFromAssemblyPath(file));
        }

        derived = new(() => loaded.Values.Where(type => type.BaseType is not null)
            .SelectMany(type => Ancestors(type).Select(ancestor => (ancestor, type)))
            .ToLookup(pair => Name(pair.ancestor), pair => pair.type));
    }

    public Type Of(string fullName) => loaded[fullName];

    public Type? Find(string fullName) => loaded.GetValueOrDefault(fullName);

    /// <summary>The assembly of a type that is part of the framework but not of every session.</summary>
    public string? AssemblyElsewhere(string fullName) => elsewhere.GetValueOrDefault(fullName);

    /// <summary>Public types derived from this one, or implementing it.</summary>
    public IEnumerable<Type> DerivedFrom(Type type) => derived.Value[Name(type)];

    /// <summary>Whether any type has a method of this name that takes so many arguments.</summary>
    public bool HasMethodSomewhere(string name, int arguments) =>
        methodArities.TryGetValue(name, out HashSet<int>? counts) && (counts.Contains(arguments) || counts.Contains(-1));

    public void Dispose() => context.Dispose();

    /// <summary>The type and what it inherits and implements.</summary>
    public static IEnumerable<Type> Family(Type type) => Ancestors(type).Prepend(type);

    public static string Name(Type type)
    {
        Type named = type.IsGenericType && !type.IsGenericTypeDefinition ? type.GetGenericTypeDefinition() : type;
        return named.FullName ?? named.Name;
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }

        foreach (Type one in type.GetInterfaces())
        {
            yield return one;
        }
    }

    private void Add(Assembly assembly)
    {
        string assemblyName = assembly.GetName().Name!;
        bool isLoaded = Loaded.Contains(assemblyName);
        foreach (Type type in assembly.GetExportedTypes())
        {
            if (!isLoaded)
            {
                elsewhere.TryAdd(type.FullName!, assemblyName);
                continue;
            }

            loaded.TryAdd(type.FullName!, type);
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                Index(method);
            }
        }
    }

    private void Index(MethodInfo method)
    {
        if (!methodArities.TryGetValue(method.Name, out HashSet<int>? counts))
        {
            methodArities[method.Name] = counts = [];
        }

        ParameterInfo[] parameters = method.GetParameters();
        bool takesMore = parameters.Length > 0 && Overloads.IsParams(parameters[^1]) && parameters.Length > 1;
        counts.Add(takesMore ? -1 : parameters.Length);
    }
}
