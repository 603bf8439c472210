using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;

namespace Dllet.Net472;

/// <summary>Types, members, variables and commands that are not in .NET Framework 4.7.2 or Windows PowerShell 5.1.</summary>
internal sealed class ApiCheck(Report report, TypeNames types, Inference inference, CommandTable commands) : AstVisitor2
{
    // Automatic variables that 5.1 lacks: in strict mode reading them is an error.
    private static readonly HashSet<string> NewerVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "EnabledExperimentalFeatures", "PSStyle", "PSNativeCommandArgumentPassing",
        "PSNativeCommandUseErrorActionPreference", "ErrorView",
    };

    public override AstVisitAction VisitTypeExpression(TypeExpressionAst node) => UseType(node, node.TypeName);

    public override AstVisitAction VisitTypeConstraint(TypeConstraintAst node) =>
        node.Parent is ConvertExpressionAst && node.TypeName.FullName.Equals("ordered", StringComparison.OrdinalIgnoreCase)
            ? AstVisitAction.Continue
            : UseType(node, node.TypeName);

    public override AstVisitAction VisitAttribute(AttributeAst node)
    {
        (Type? type, string? problem) = types.Resolve(node.TypeName, isAttribute: true);
        if (type is null)
        {
            Problem(node, problem);
            return AstVisitAction.Continue;
        }

        report.UseMember(ReferenceApi.Name(type));
        foreach (NamedAttributeArgumentAst argument in node.NamedArguments)
        {
            if (Members.Value(type, argument.ArgumentName, isStatic: false) is null)
            {
                report.Add("member", argument, $"The attribute [{node.TypeName.Name}] has no {argument.ArgumentName} in PowerShell 5.1.");
            }
            else
            {
                report.UseMember(ReferenceApi.Name(type), argument.ArgumentName);
            }
        }

        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitMemberExpression(MemberExpressionAst node)
    {
        Check(node, node.Static, null);
        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst node)
    {
        Check(node, node.Static, inference.OfAll(node.Arguments));
        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitVariableExpression(VariableExpressionAst node)
    {
        string name = node.VariablePath.UserPath;
        if (NewerVariables.Contains(name) && !IsAssigned(node) && !IsGuarded(node))
        {
            report.Add("variable", node, $"5.1 has no ${name}, and reading it in strict mode is an error: ask $PSVersionTable.PSEdition -eq 'Desktop' first.");
        }

        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitCommand(CommandAst node)
    {
        commands.Check(node, report);
        return AstVisitAction.Continue;
    }

    private AstVisitAction UseType(Ast node, ITypeName name)
    {
        (Type? type, string? problem) = types.Resolve(name);
        if (type is null)
        {
            Problem(node, problem);
        }
        else
        {
            report.UseMember(ReferenceApi.Name(type));
        }

        return AstVisitAction.Continue;
    }

    private void Problem(Ast node, string? problem)
    {
        if (problem is not null)
        {
            report.Add("type", node, problem);
        }
    }

    private void Check(MemberExpressionAst node, bool isStatic, Known[]? arguments)
    {
        if (node.Member is not StringConstantExpressionAst { Value: var name })
        {
            return;
        }

        Known receiver = inference.Of(node.Expression);
        string? problem = null;
        bool isFound = false;
        foreach (Kind kind in receiver.Kinds)
        {
            string? reason = Find(node, kind, name, isStatic, arguments);
            isFound |= reason is null;
            problem ??= reason;
        }

        if (isFound || (!isStatic && Members.IsMagic(name, arguments is not null)))
        {
            return;
        }

        if (problem is not null && receiver.IsComplete)
        {
            report.Add("member", node.Member, problem);
        }
        else if (!isStatic)
        {
            CheckUnresolved(node, name, arguments);
        }
    }

    // Without the type of the receiver, a method must at least exist somewhere.
    private void CheckUnresolved(MemberExpressionAst node, string name, Known[]? arguments)
    {
        if (arguments is not null && !types.Api.HasMethodSomewhere(name, arguments.Length) && !commands.IsOwnMethod(name))
        {
            report.Add("member", node.Member, $"No type of .NET Framework 4.7.2 or PowerShell 5.1 has a method {name} with {Count(arguments)}.");
            return;
        }

        report.UseUnresolved(arguments is null ? name : $"{name}({arguments.Length})");
    }

    /// <summary>Null when the member exists, else what is wrong.</summary>
    private string? Find(MemberExpressionAst node, Kind kind, string name, bool isStatic, Known[]? arguments)
    {
        Type type = kind.IsType && !isStatic ? types.Api.Of("System.Type") : kind.Type;
        string shown = ReferenceApi.Name(type);
        if (arguments is null)
        {
            return FindValue(type, name, isStatic, shown);
        }

        bool isNew = isStatic && name.Equals("new", StringComparison.OrdinalIgnoreCase);
        if (isNew && type.IsValueType && arguments.Length == 0)
        {
            report.UseMember(shown, "new()");
            return null;
        }

        IEnumerable<Type> sides = isStatic ? [type] : types.Api.DerivedFrom(type).Prepend(type);
        foreach (Type side in sides)
        {
            MethodBase[] methods = isNew ? Members.Constructors(side) : Members.Methods(side, name, isStatic);
            MethodBase[] called = Inference.Called(methods, arguments);
            if (called.Length > 0)
            {
                report.UseMember(shown, Shown(name, called, arguments) + Narrower(side, type));
                return kind.IsType && !isStatic ? FindReflected(node, kind.Type, name) : null;
            }
        }

        return NoMethod(type, name, shown, arguments, isNew ? Members.Constructors(type) : Members.Methods(type, name, isStatic));
    }

    private string? FindValue(Type type, string name, bool isStatic, string shown)
    {
        IEnumerable<Type> sides = isStatic ? [type] : types.Api.DerivedFrom(type).Prepend(type);
        foreach (Type side in sides)
        {
            // Without parentheses a method is a value as well.
            if (Members.Value(side, name, isStatic) is not null || Members.Methods(side, name, isStatic).Length > 0)
            {
                report.UseMember(shown, name + Narrower(side, type));
                return null;
            }
        }

        if (!isStatic && (Members.HasOpenProperties(type) || Members.IsAdded(type, name) || ElementsHave(type, name)))
        {
            return null;
        }

        return $"{shown} has no {(isStatic ? "static " : string.Empty)}member {name} in .NET Framework 4.7.2 or PowerShell 5.1.";
    }

    // A property of an array's elements can be asked of the array.
    private static bool ElementsHave(Type type, string name) =>
        type.FullName == "System.Array" || (type.IsArray && Members.Value(type.GetElementType()!, name, isStatic: false) is not null);

    private static string? NoMethod(Type type, string name, string shown, Known[] arguments, MethodBase[] methods)
    {
        // A script block under a key is called like a method, and an array passes calls on to its elements.
        if (methods.Length == 0 && (type.FullName is "System.Array" or "System.Management.Automation.PSObject" || type.IsArray))
        {
            return type.IsArray && type.GetElementType() is { } element && Members.Methods(element, name, false).Length == 0
                ? $"{shown} has no method {name} in .NET Framework 4.7.2 or PowerShell 5.1."
                : null;
        }

        return methods.Length == 0
            ? $"{shown} has no method {name} in .NET Framework 4.7.2 or PowerShell 5.1."
            : $"{shown} has no overload of {name} for {Count(arguments)} of these types in .NET Framework 4.7.2 or PowerShell 5.1; it has {Overloads.Describe(methods)}.";
    }

    // [T].GetMethod('Name', [type[]]@(...)): the name is that of a member of T.
    private string? FindReflected(MemberExpressionAst node, Type type, string getter)
    {
        if (node is not InvokeMemberExpressionAst { Arguments: [StringConstantExpressionAst { Value: var name }, ..] } ||
            getter.ToUpperInvariant() is not ("GETMETHOD" or "GETPROPERTY" or "GETFIELD"))
        {
            return null;
        }

        bool exists = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            .Any(member => member.Name == name);
        if (!exists)
        {
            return $"{ReferenceApi.Name(type)} has no member {name} in .NET Framework 4.7.2 or PowerShell 5.1.";
        }

        report.UseMember(ReferenceApi.Name(type), name);
        return null;
    }

    private static string Shown(string name, MethodBase[] called, Known[] arguments) => called is [var only]
        ? $"{name}({string.Join(", ", only.GetParameters().Select(one => one.ParameterType.Name))})"
        : $"{name}({arguments.Length})";

    private static string Narrower(Type side, Type type) => side == type ? string.Empty : " of a derived type";

    private static string Count(Known[] arguments) => arguments.Length == 1 ? "1 argument" : $"{arguments.Length} arguments";

    private static bool IsAssigned(VariableExpressionAst node) => node.Parent is AssignmentStatementAst { Left: var left } && left == node;

    // ... -eq 'Desktop' -or $IsWindows: the right side is not looked at in 5.1.
    private static bool IsGuarded(VariableExpressionAst node) =>
        node.Parent is BinaryExpressionAst { Operator: TokenKind.Or, Right: var right, Left: BinaryExpressionAst { Operator: TokenKind.Ieq, Left: MemberExpressionAst edition, Right: StringConstantExpressionAst { Value: "Desktop" } } } &&
        right == node && edition.Extent.Text.Equals("$PSVersionTable.PSEdition", StringComparison.OrdinalIgnoreCase);
}
