using System;
using System.Collections.Generic;
using System.Linq;

namespace Dllet.Net472;

/// <summary>What a value may be: an instance of a type, or the type itself; with its text where that is written down.</summary>
internal sealed record Kind(Type Type, bool IsType = false, string? Text = null);

/// <summary>What is known of a value. <c>IsComplete</c>: it is one of these, and nothing else but null.</summary>
internal sealed record Known(IReadOnlyList<Kind> Kinds, bool IsComplete)
{
    public static readonly Known Nothing = new([], IsComplete: false);

    public static readonly Known Null = new([], IsComplete: true);

    public bool IsUnknown => !IsComplete || Kinds.Count == 0;

    public static Known Of(Type? type) => type is null || type.FullName == "System.Object" || type.IsGenericParameter ? Nothing : new([new Kind(type)], IsComplete: true);

    public static Known TypeItself(Type type) => new([new Kind(type, IsType: true)], IsComplete: true);

    public static Known Union(IEnumerable<Known> all)
    {
        Known[] parts = [.. all];
        return new([.. parts.SelectMany(one => one.Kinds).Distinct()], parts.All(one => one.IsComplete));
    }
}
