using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>Names that are not in the vocabulary. What the files define themselves, and the client's commands, are known as well.</summary>
internal sealed class NameCheck : AstVisitor2
{
    private const string List = "is not in test/net472/vocabulary-5.1.json: look it up in the reference of Windows PowerShell 5.1, then list it";
    private readonly Report report;
    private readonly Vocabulary vocabulary;
    private readonly HashSet<string> own;

    public NameCheck(Report report, Vocabulary vocabulary, IReadOnlyList<SourceFile> files)
    {
        this.report = report;
        this.vocabulary = vocabulary;
        own = new(files.SelectMany(file => file.Tree.FindAll(_ => true, searchNestedScriptBlocks: true)).Select(Defined).OfType<string>(), StringComparer.OrdinalIgnoreCase);
    }

    public override AstVisitAction VisitTypeExpression(TypeExpressionAst node) => CheckType(node, node.TypeName);

    public override AstVisitAction VisitTypeConstraint(TypeConstraintAst node) => CheckType(node, node.TypeName);

    public override AstVisitAction VisitAttribute(AttributeAst node)
    {
        string name = node.TypeName.FullName;
        if (!vocabulary.HasAttribute(name))
        {
            return Missing("type", node, $"The attribute [{name}]");
        }

        foreach (NamedAttributeArgumentAst argument in node.NamedArguments.Where(one => !vocabulary.HasArgument(name, one.ArgumentName)))
        {
            Missing("member", argument, $"{argument.ArgumentName} of [{name}]");
        }

        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitMemberExpression(MemberExpressionAst node) => CheckMember(node, isCall: false);

    public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst node) => CheckMember(node, isCall: true);

    public override AstVisitAction VisitVariableExpression(VariableExpressionAst node)
    {
        string name = node.VariablePath.UserPath;
        if (Vocabulary.NewerVariables.Contains(name) && !IsAssigned(node) && !IsGuarded(node))
        {
            report.Add("variable", node, $"5.1 has no ${name}, and reading it in strict mode is an error: ask $PSVersionTable.PSEdition -eq 'Desktop' first.");
        }

        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitCommand(CommandAst node)
    {
        // A call by a variable or a path is none that a list could know; the compiler knows those of the client.
        if (node.GetCommandName() is not { } written || node.InvocationOperator == TokenKind.Dot || written.StartsWith("Dllet.Client.", StringComparison.Ordinal))
        {
            return AstVisitAction.Continue;
        }

        string name = WithoutScope(written[(written.LastIndexOf('\\') + 1)..]);
        if (!vocabulary.HasCommand(name) && !own.Contains(name))
        {
            Missing("command", node.CommandElements[0], written);
        }

        foreach (CommandParameterAst parameter in node.CommandElements.OfType<CommandParameterAst>())
        {
            string given = parameter.ParameterName;
            if (given.Equals("ProgressAction", StringComparison.OrdinalIgnoreCase) || (!own.Contains(name) && !vocabulary.HasParameter(name, given)))
            {
                Missing("command", parameter, $"{name} -{given}");
            }
        }

        return AstVisitAction.Continue;
    }

    private AstVisitAction CheckType(Ast node, ITypeName name)
    {
        switch (name)
        {
            case ArrayTypeName array:
                return CheckType(node, array.ElementType);
            case GenericTypeName generic:
                foreach (ITypeName argument in generic.GenericArguments)
                {
                    CheckType(node, argument);
                }

                return CheckType(node, generic.TypeName);
            default:
                return vocabulary.HasType(name.FullName) || own.Contains(name.FullName) ? AstVisitAction.Continue : Missing("type", node, $"[{name.FullName}]");
        }
    }

    // Properties of values are fields of replies as often as not, and are not looked at; what is called is.
    private AstVisitAction CheckMember(MemberExpressionAst node, bool isCall)
    {
        if (node.Member is not StringConstantExpressionAst { Value: var name })
        {
            return AstVisitAction.Continue;
        }

        if (node is { Static: true, Expression: TypeExpressionAst { TypeName: var type } })
        {
            return own.Contains(type.FullName) || vocabulary.HasStatic(type.FullName, name) ? AstVisitAction.Continue : Missing("member", node.Member, $"[{type.FullName}]::{name}");
        }

        return node.Static || (isCall && !vocabulary.HasMethod(name) && !own.Contains(name)) ? Missing("member", node.Member, $"The method {name}") : AstVisitAction.Continue;
    }

    private AstVisitAction Missing(string rule, Ast place, string what)
    {
        report.Add(rule, place, $"{what} {List}.");
        return AstVisitAction.Continue;
    }

    private static string? Defined(Ast node) => node switch
    {
        FunctionDefinitionAst function => WithoutScope(function.Name),
        FunctionMemberAst method => method.Name,
        TypeDefinitionAst type => type.Name,
        _ => null,
    };

    private static string WithoutScope(string name) => name[(name.LastIndexOf(':') + 1)..];

    private static bool IsAssigned(VariableExpressionAst node) => node.Parent is AssignmentStatementAst { Left: var left } && left == node;

    // ... -eq 'Desktop' -or $IsWindows: the right side is not looked at in 5.1.
    private static bool IsGuarded(VariableExpressionAst node) =>
        node.Parent is BinaryExpressionAst { Operator: TokenKind.Or, Right: var right, Left: BinaryExpressionAst { Operator: TokenKind.Ieq, Left: MemberExpressionAst edition, Right: StringConstantExpressionAst { Value: "Desktop" } } } &&
        right == node && edition.Extent.Text.Equals("$PSVersionTable.PSEdition", StringComparison.OrdinalIgnoreCase);
}
