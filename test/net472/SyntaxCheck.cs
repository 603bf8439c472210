using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Dllet.Net472;

/// <summary>Syntax that the parser of Windows PowerShell 5.1 refuses, or reads as something else.</summary>
internal sealed partial class SyntaxCheck : AstVisitor2
{
    private const string Rule = "syntax";
    private readonly Report report;

    public SyntaxCheck(SourceFile file, Report report)
    {
        this.report = report;
        foreach (Token token in Flatten(file.Tokens))
        {
            VisitToken(token);
        }

        if (file.Tree.ScriptRequirements?.RequiredPSVersion is { } version && version > new Version(5, 1))
        {
            report.Add(Rule, file.Tree, $"#Requires -Version {version} keeps 5.1 out.");
        }

        if (file.Tree.ScriptRequirements?.RequiredPSEditions is { } editions && !editions.Contains("Desktop", StringComparer.OrdinalIgnoreCase))
        {
            report.Add(Rule, file.Tree, "#Requires -PSEdition keeps 5.1 out.");
        }

        if (file.IsData && file.Errors.Length == 0)
        {
            VisitData(file);
        }
    }

    public override AstVisitAction VisitTernaryExpression(TernaryExpressionAst node) => Newer(node, "The ternary operator ? : is of PowerShell 7.0.");

    public override AstVisitAction VisitPipelineChain(PipelineChainAst node) => Newer(node, "The operators && and || are of PowerShell 7.0.");

    public override AstVisitAction VisitPipeline(PipelineAst node) =>
        node.Background ? Newer(node, "The background operator & is of PowerShell 6.0.") : AstVisitAction.Continue;

    public override AstVisitAction VisitBinaryExpression(BinaryExpressionAst node)
    {
        if (node.Operator == TokenKind.QuestionQuestion)
        {
            return Newer(node, "The operator ?? is of PowerShell 7.0.");
        }

        if (node.Operator == TokenKind.DotDot && (IsCharacter(node.Left) || IsCharacter(node.Right)))
        {
            return Newer(node, "Ranges of characters are of PowerShell 6.0.");
        }

        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitAssignmentStatement(AssignmentStatementAst node) =>
        node.Operator == TokenKind.QuestionQuestionEquals ? Newer(node, "The operator ??= is of PowerShell 7.0.") : AstVisitAction.Continue;

    public override AstVisitAction VisitMemberExpression(MemberExpressionAst node) =>
        node.NullConditional ? Newer(node, "The operator ?. is of PowerShell 7.1.") : AstVisitAction.Continue;

    public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst node)
    {
        if (node.NullConditional)
        {
            return Newer(node, "The operator ?. is of PowerShell 7.1.");
        }

        return node.GenericTypeArguments is { Count: > 0 }
            ? Newer(node, "Type arguments of a method call are of PowerShell 7.3.")
            : AstVisitAction.Continue;
    }

    public override AstVisitAction VisitIndexExpression(IndexExpressionAst node) =>
        node.NullConditional ? Newer(node, "The operator ?[] is of PowerShell 7.1.") : AstVisitAction.Continue;

    public override AstVisitAction VisitNamedBlock(NamedBlockAst node) =>
        node.BlockKind == TokenKind.Clean ? Newer(node, "The clean block is of PowerShell 7.3.") : AstVisitAction.Continue;

    public override AstVisitAction VisitTypeDefinition(TypeDefinitionAst node) =>
        node.IsEnum && node.BaseTypes.Count > 0
            ? Newer(node, "An enum with an underlying type is of PowerShell 6.2.")
            : AstVisitAction.Continue;

    // A manifest or a role capability file is one hashtable of constants.
    private void VisitData(SourceFile file)
    {
        StatementAst[] statements = [.. file.Tree.EndBlock?.Statements ?? Enumerable.Empty<StatementAst>()];
        Ast? data = statements is [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: HashtableAst table }] }] ? table : null;
        try
        {
            if (data is null)
            {
                report.Add("data", file.Tree, "A data file is one hashtable.");
                return;
            }

            ((HashtableAst)data).SafeGetValue();
        }
        catch (InvalidOperationException error)
        {
            report.Add("data", file.Tree, "A data file has constants only: " + error.Message);
        }
    }

    private void VisitToken(Token token)
    {
        if (token is NumberToken && NewerNumber().IsMatch(token.Text))
        {
            report.Add(Rule, token.Extent, $"The number {token.Text} is written as only PowerShell 6.2 or later reads it.");
        }

        if (token is StringExpandableToken && NewerEscape().Match(token.Text) is { Success: true } escape)
        {
            report.Add(Rule, token.Extent, $"The escape {escape.Value} is of PowerShell 6.0.");
        }
    }

    private static IEnumerable<Token> Flatten(IEnumerable<Token> tokens) => tokens.SelectMany(
        token => token is StringExpandableToken { NestedTokens: { } nested } ? Flatten(nested).Prepend(token) : [token]);

    private static bool IsCharacter(Ast node) => node is StringConstantExpressionAst { Value.Length: 1 } text && !char.IsAsciiDigit(text.Value[0]);

    private AstVisitAction Newer(Ast node, string message)
    {
        report.Add(Rule, node, message);
        return AstVisitAction.Continue;
    }

    // 5.1 knows the suffixes l and d and the multipliers; binary numbers and u, y, s, n came later.
    [GeneratedRegex(@"^[-+]?0b|^[-+]?(0x[0-9a-f]*?(u?[ys]|u|ul|n)|[0-9.]+(e[-+]?[0-9]+)?(u?[ys]|u|ul|n))(kb|mb|gb|tb|pb)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NewerNumber();

    [GeneratedRegex(@"(?<=(?<!`)(``)*)`(e|u\{[0-9a-fA-F]+\})")]
    private static partial Regex NewerEscape();
}
