using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;

namespace Dllet.Net472;

/// <summary>What the text of a script says about the types of its values. Where it says nothing, nothing is assumed.</summary>
internal sealed class Inference
{
    private static readonly Dictionary<string, string> Automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PSCmdlet"] = "System.Management.Automation.PSCmdlet",
        ["ExecutionContext"] = "System.Management.Automation.EngineIntrinsics",
        ["Host"] = "System.Management.Automation.Host.PSHost",
        ["MyInvocation"] = "System.Management.Automation.InvocationInfo",
        ["PSBoundParameters"] = "System.Collections.Generic.Dictionary`2",
        ["PSVersionTable"] = "System.Collections.Hashtable",
        ["Matches"] = "System.Collections.Hashtable",
        ["PSScriptRoot"] = "System.String",
        ["PSCommandPath"] = "System.String",
        ["PID"] = "System.Int32",
        ["LASTEXITCODE"] = "System.Int32",
        ["Error"] = "System.Collections.ArrayList",
        ["true"] = "System.Boolean",
        ["false"] = "System.Boolean",
    };

    private readonly TypeNames types;
    private readonly Variables variables;
    private readonly Dictionary<Ast, Known> memo = [];
    private readonly Dictionary<string, FunctionDefinitionAst[]> functions;

    public Inference(TypeNames types, IReadOnlyList<SourceFile> files)
    {
        this.types = types;
        variables = new Variables(files);
        functions = files.SelectMany(file => file.Tree.FindAll(node => node is FunctionDefinitionAst, true))
            .Cast<FunctionDefinitionAst>()
            .GroupBy(function => CommandTable.WithoutScope(function.Name), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    public Known Of(Ast? node)
    {
        if (node is null)
        {
            return Known.Nothing;
        }

        if (memo.TryGetValue(node, out Known? known))
        {
            return known;
        }

        // A value that depends on itself adds nothing to what else it depends on.
        memo[node] = Known.Null;
        return memo[node] = Infer(node);
    }

    public Known[] OfAll(IEnumerable<Ast>? nodes) => [.. (nodes ?? []).Select(Of)];

    /// <summary>The methods that a call can mean.</summary>
    public static MethodBase[] Called(IEnumerable<MethodBase> methods, IReadOnlyList<Known> arguments) =>
        [.. methods.Where(one => Overloads.Takes(one, arguments.Count) && Overloads.Accepts(one, arguments))];

    private Known Infer(Ast node) => node switch
    {
        StringConstantExpressionAst text => new Known([new Kind(Type("System.String"), Text: text.Value)], true),
        ConstantExpressionAst constant => Named(constant.StaticType.FullName!),
        ExpandableStringExpressionAst => Named("System.String"),
        TypeExpressionAst type => types.Resolve(type.TypeName).Type is { } found ? Known.TypeItself(found) : Known.Nothing,
        ConvertExpressionAst convert => OfType(convert.Type.TypeName),
        AttributedExpressionAst attributed => Of(attributed.Child),
        HashtableAst => Named("System.Collections.Hashtable"),
        ArrayLiteralAst or ArrayExpressionAst => Named("System.Array"),
        ScriptBlockExpressionAst => Named("System.Management.Automation.ScriptBlock"),
        ParenExpressionAst paren => Of(paren.Pipeline),
        SubExpressionAst sub => Known.Union(Outputs(sub.SubExpression)),
        CommandExpressionAst plain => Of(plain.Expression),
        PipelineAst { PipelineElements: [var only] } => Of(only),
        AssignmentStatementAst assignment => Of(assignment.Right),
        CommandAst command => OfCommand(command),
        VariableExpressionAst variable => OfVariable(variable),
        IndexExpressionAst index => OfElement(Of(index.Target)),
        InvokeMemberExpressionAst call => OfCall(call),
        MemberExpressionAst member => OfMember(member),
        BinaryExpressionAst binary => OfBinary(binary),
        UnaryExpressionAst unary => unary.TokenKind is TokenKind.Not or TokenKind.Exclaim ? Named("System.Boolean") : Known.Nothing,
        ParameterAst parameter => OfParameter(parameter),
        ForEachStatementAst loop => OfLoop(loop),
        _ => Known.Nothing,
    };

    private Known OfParameter(ParameterAst parameter)
    {
        TypeConstraintAst? type = parameter.Attributes.OfType<TypeConstraintAst>().FirstOrDefault();
        return type is null ? Known.Nothing : OfType(type.TypeName);
    }

    private Known OfLoop(ForEachStatementAst loop)
    {
        ExpressionAst? list = (loop.Condition as PipelineAst)?.GetPureExpression();
        return list is ArrayLiteralAst literal ? Known.Union(literal.Elements.Select(Of)) : OfElement(Of(loop.Condition));
    }

    private Known OfVariable(VariableExpressionAst variable)
    {
        string name = variable.VariablePath.UserPath;
        if (name.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return Known.Null;
        }

        if (variable.VariablePath.IsDriveQualified)
        {
            return variable.VariablePath.DriveName.Equals("env", StringComparison.OrdinalIgnoreCase) ? Named("System.String") : Known.Nothing;
        }

        if (name is "_" or "PSItem")
        {
            return IsInCatch(variable) ? Named("System.Management.Automation.ErrorRecord") : Known.Nothing;
        }

        IReadOnlyList<Ast> sources = variables.SourcesOf(variable);
        if (sources.Count == 0)
        {
            return Automatic.TryGetValue(name, out string? automatic) ? Named(automatic) : Known.Nothing;
        }

        // A parameter keeps its type whatever is assigned to it.
        return sources.OfType<ParameterAst>().FirstOrDefault() is { } parameter
            ? Of(parameter)
            : Known.Union(sources.Where(source => source is not AssignmentStatementAst { Operator: not TokenKind.Equals }).Select(OfSource));
    }

    private Known OfSource(Ast source) => source switch
    {
        AssignmentStatementAst { Left: ConvertExpressionAst typed } => OfType(typed.Type.TypeName),
        AssignmentStatementAst { Left: ArrayLiteralAst } => Known.Nothing,
        _ => Of(source),
    };

    private Known OfCommand(CommandAst command)
    {
        string name = CommandTable.WithoutScope(command.GetCommandName() ?? string.Empty);
        if (name.EndsWith("New-Object", StringComparison.OrdinalIgnoreCase))
        {
            return command.CommandElements.Skip(1).FirstOrDefault() is StringConstantExpressionAst type ? OfType(new TypeName(type.Extent, type.Value)) : Known.Nothing;
        }

        return functions.TryGetValue(name, out FunctionDefinitionAst[]? own)
            ? Known.Union(own.SelectMany(function => Outputs(function.Body)))
            : Known.Nothing;
    }

    // What the statements of a function emit, or of a subexpression. Nothing more is known of several values than of an array.
    private IEnumerable<Known> Outputs(Ast body) => body
        .FindAll(node => node is PipelineAst or ReturnStatementAst or CommandExpressionAst { Parent: StatementBlockAst or NamedBlockAst }, searchNestedScriptBlocks: false)
        .Where(node => node is ReturnStatementAst || node.Parent is StatementBlockAst or NamedBlockAst)
        .Where(node => !IsWithin<AssignmentStatementAst>(node, body) && !IsWithin<CommandAst>(node, body))
        .Select(node => node is ReturnStatementAst { Pipeline: var returned } ? returned is null ? Known.Null : Of(returned) : Of(node))
        .Where(known => !known.Kinds.Any(kind => kind.Type.FullName == "System.Void"))
        .Select(known => known.Kinds.Any(kind => kind.Type.IsArray || kind.Type.FullName == "System.Array") ? Known.Nothing : known);

    private Known OfCall(InvokeMemberExpressionAst call)
    {
        if (call.Member is not StringConstantExpressionAst { Value: var name })
        {
            return Known.Nothing;
        }

        Known receiver = Of(call.Expression);
        Known[] arguments = OfAll(call.Arguments);
        return Known.Union(receiver.Kinds.Select(kind =>
            kind.IsType && call.Static && name.Equals("new", StringComparison.OrdinalIgnoreCase)
                ? Known.Of(kind.Type)
                : Known.Union(Called(Members.Methods(SideOf(kind, call.Static), name, call.Static), arguments).OfType<MethodInfo>().Select(OfReturn)))
            .DefaultIfEmpty(Known.Nothing));
    }

    private static Known OfReturn(MethodInfo method) => method.ReturnType.ContainsGenericParameters ? Known.Nothing : Known.Of(method.ReturnType);

    private Known OfMember(MemberExpressionAst member)
    {
        if (member.Member is not StringConstantExpressionAst { Value: var name })
        {
            return Known.Nothing;
        }

        Known receiver = Of(member.Expression);
        return receiver.Kinds.Count == 0 ? Known.Nothing : Known.Union(receiver.Kinds.Select(kind => OfProperty(kind, name, member.Static)));
    }

    private Known OfProperty(Kind kind, string name, bool isStatic)
    {
        if (!kind.IsType && Members.HasOpenProperties(kind.Type) && variables.ValuesOfKey(name) is { } values)
        {
            return Known.Union(values.Select(Of));
        }

        return Members.Value(SideOf(kind, isStatic), name, isStatic) is { } type ? Known.Of(type) : Known.Nothing;
    }

    private Type SideOf(Kind kind, bool isStatic) => kind.IsType && !isStatic ? Type("System.Type") : kind.Type;

    private Known OfBinary(BinaryExpressionAst binary)
    {
        switch (binary.Operator)
        {
            case TokenKind.Format or TokenKind.Join:
                return Named("System.String");
            case TokenKind.Is or TokenKind.IsNot or TokenKind.And or TokenKind.Or or TokenKind.Xor:
                return Named("System.Boolean");
            case TokenKind.As:
                return Known.Union(Of(binary.Right).Kinds.Where(kind => kind.IsType).Select(kind => Known.Of(kind.Type)).DefaultIfEmpty(Known.Nothing));
            case TokenKind.Isplit or TokenKind.Csplit:
                return Known.Of(Type("System.String").MakeArrayType());
            case TokenKind.Plus or TokenKind.Ireplace or TokenKind.Creplace:
                return Of(binary.Left).Kinds is [{ IsType: false, Type.FullName: "System.String" }] ? Named("System.String") : Known.Nothing;
            default:
                return Known.Nothing;
        }
    }

    private static Known OfElement(Known list) => list.Kinds.Count == 0 ? Known.Nothing : Known.Union(list.Kinds.Select(kind =>
    {
        if (kind.IsType)
        {
            return Known.Nothing;
        }

        if (kind.Type.IsArray)
        {
            return Known.Of(kind.Type.GetElementType());
        }

        Type? generic = ReferenceApi.Family(kind.Type).FirstOrDefault(
            one => one.IsGenericType && ReferenceApi.Name(one) is "System.Collections.Generic.IDictionary`2" or "System.Collections.Generic.IList`1");
        return generic is null || kind.Type.ContainsGenericParameters ? Known.Nothing : Known.Of(generic.GetGenericArguments()[^1]);
    }));

    private Known OfType(ITypeName name)
    {
        if (name.FullName.Equals("ordered", StringComparison.OrdinalIgnoreCase))
        {
            return Named("System.Collections.Specialized.OrderedDictionary");
        }

        return Known.Of(types.Resolve(name).Type);
    }

    private Known Named(string fullName) => Known.Of(types.Api.Find(fullName));

    private Type Type(string fullName) => types.Api.Of(fullName);

    private static bool IsInCatch(Ast node)
    {
        for (Ast? parent = node.Parent; parent is not null and not ScriptBlockAst; parent = parent.Parent)
        {
            if (parent is CatchClauseAst)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWithin<T>(Ast node, Ast limit)
    {
        for (Ast? parent = node.Parent; parent is not null && parent != limit; parent = parent.Parent)
        {
            if (parent is T)
            {
                return true;
            }
        }

        return false;
    }
}
