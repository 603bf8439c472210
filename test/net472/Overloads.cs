using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Dllet.Net472;

/// <summary>Which overloads a call can mean, by the number and, where they are known, the types of its arguments.</summary>
internal static class Overloads
{
    public static bool IsParams(ParameterInfo parameter) =>
        parameter.GetCustomAttributesData().Any(one => one.AttributeType.FullName == "System.ParamArrayAttribute");

    public static bool Takes(MethodBase method, int count)
    {
        ParameterInfo[] parameters = method.GetParameters();
        int required = parameters.Count(parameter => !parameter.IsOptional && !IsParams(parameter));
        bool isOpen = parameters.Length > 0 && IsParams(parameters[^1]);
        return count >= required && (isOpen || count <= parameters.Length);
    }

    public static bool Accepts(MethodBase method, IReadOnlyList<Known> arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        for (int index = 0; index < arguments.Count; index++)
        {
            ParameterInfo parameter = parameters[Math.Min(index, parameters.Length - 1)];
            if (!arguments[index].IsUnknown && !arguments[index].Kinds.Any(kind => Converts(kind, parameter.ParameterType, method.Name)))
            {
                return false;
            }
        }

        return true;
    }

    public static string Describe(IEnumerable<MethodBase> methods) => string.Join(
        "; ",
        methods.Select(method => $"({string.Join(", ", method.GetParameters().Select(one => one.ParameterType.Name))})").Distinct());

    // PowerShell converts almost anything. Split is the trap: PowerShell 7 takes its overload with a text, which .NET Framework
    // does not have, and 5.1 splits at each character of the text.
    private static bool Converts(Kind kind, Type parameter, string method)
    {
        if (kind.IsType)
        {
            return true;
        }

        bool isLongText = kind is { Type.FullName: "System.String", Text: not { Length: 1 } };
        if (isLongText && (parameter.FullName == "System.Char" || (method == "Split" && parameter.IsArray)))
        {
            return false;
        }

        return !(kind.Type.IsEnum && parameter.FullName is "System.Boolean" or "System.Char" or "System.Globalization.CultureInfo");
    }
}
