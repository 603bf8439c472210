using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Dllet.Net472;

/// <summary>Where variables and hashtable keys get their values. A function is one scope; so is what stands outside of functions.</summary>
internal sealed class Variables
{
    private readonly Dictionary<(Ast? Scope, string Name), List<Ast>> sources = [];
    private readonly Dictionary<string, List<ExpressionAst>> keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> openKeys = new(StringComparer.OrdinalIgnoreCase);

    public Variables(IEnumerable<SourceFile> files)
    {
        foreach (Ast node in files.SelectMany(file => file.Tree.FindAll(_ => true, searchNestedScriptBlocks: true)))
        {
            Collect(node);
        }
    }

    /// <summary>The parameter, loops and assignments that give a variable its value.</summary>
    public IReadOnlyList<Ast> SourcesOf(VariableExpressionAst variable) =>
        sources.GetValueOrDefault(Place(variable)) ?? sources.GetValueOrDefault((null, NameOf(variable))) ?? [];

    /// <summary>What is put under a key of this name into any hashtable; null where not all of it can be told.</summary>
    public IReadOnlyList<ExpressionAst>? ValuesOfKey(string key) => openKeys.Contains(key) ? null : keys.GetValueOrDefault(key);

    public static FunctionDefinitionAst? FunctionOf(Ast node)
    {
        for (Ast? parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is FunctionDefinitionAst function)
            {
                return function;
            }
        }

        return null;
    }

    private static (Ast? Scope, string Name) Place(VariableExpressionAst variable) =>
        (variable.VariablePath.IsScript ? null : FunctionOf(variable), NameOf(variable));

    private static string NameOf(VariableExpressionAst variable)
    {
        string path = variable.VariablePath.UserPath;
        return path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..].ToUpperInvariant();
    }

    private void Collect(Ast node)
    {
        switch (node)
        {
            case ParameterAst parameter:
                Add(parameter.Name, parameter);
                break;
            case ForEachStatementAst loop:
                Add(loop.Variable, loop);
                break;
            case AssignmentStatementAst assignment:
                Assign(assignment.Left, assignment);
                break;
            case HashtableAst table:
                foreach ((ExpressionAst key, StatementAst value) in table.KeyValuePairs)
                {
                    AddKey(key, value as PipelineAst);
                }

                break;
        }
    }

    private void Assign(ExpressionAst target, AssignmentStatementAst assignment)
    {
        switch (target)
        {
            case VariableExpressionAst variable:
                Add(variable, assignment);
                break;
            case AttributedExpressionAst { Child: ExpressionAst child }:
                Assign(child, assignment);
                break;
            case MemberExpressionAst { Member: StringConstantExpressionAst key }:
                AddKey(key, assignment.Right);
                break;
            case IndexExpressionAst { Index: StringConstantExpressionAst key }:
                AddKey(key, assignment.Right);
                break;
            case ArrayLiteralAst several:
                foreach (ExpressionAst one in several.Elements)
                {
                    Assign(one, assignment);
                }

                break;
        }
    }

    private void Add(VariableExpressionAst variable, Ast source)
    {
        if (!sources.TryGetValue(Place(variable), out List<Ast>? list))
        {
            sources[Place(variable)] = list = [];
        }

        list.Add(source);
    }

    private void AddKey(ExpressionAst key, StatementAst? value)
    {
        if (key is not StringConstantExpressionAst { Value: var name })
        {
            return;
        }

        ExpressionAst? expression = value switch
        {
            CommandExpressionAst plain => plain.Expression,
            PipelineAst { PipelineElements: [CommandExpressionAst only] } => only.Expression,
            _ => null,
        };
        if (expression is null)
        {
            openKeys.Add(name);
            return;
        }

        if (!keys.TryGetValue(name, out List<ExpressionAst>? list))
        {
            keys[name] = list = [];
        }

        list.Add(expression);
    }
}
