using System.Reflection;
using System.Reflection.Emit;

namespace NotifyDashboard.Tests.Testing;

/// <summary>All types that a type names: in its bases, attributes, fields, signatures and method bodies.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    public static IEnumerable<Reference> Of(Type type)
    {
        var from = type;
        // What the compiler makes (lambdas, async bodies) counts for the type that was written.
        while (from.DeclaringType is { } outer) from = outer;
        return Named(type).SelectMany(Parts).Where(to => to != from).Select(to => new Reference(from, to)).Distinct();
    }

    private static IEnumerable<Type?> Named(Type type)
    {
        yield return type.BaseType;
        foreach (var i in type.GetInterfaces()) yield return i;
        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var field in type.GetFields(All)) yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            foreach (var named in Signature(method)) yield return named;
            foreach (var attribute in method.GetCustomAttributesData()) yield return attribute.AttributeType;
            foreach (var named in Body(method)) yield return named;
        }
    }

    private static IEnumerable<Type?> Signature(MethodBase method)
    {
        yield return method.DeclaringType;
        yield return (method as MethodInfo)?.ReturnType;
        foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        if (!method.IsGenericMethod) yield break;
        foreach (var argument in method.GetGenericArguments()) yield return argument;
    }

    private static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) yield return clause.CatchType;
        }
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            var member = method.Module.ResolveMember(
                token, method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
            IEnumerable<Type?> named = member switch
            {
                Type type => [type],
                MethodBase called => Signature(called),
                FieldInfo field => [field.DeclaringType, field.FieldType],
                _ => [],
            };
            foreach (var type in named) yield return type;
        }
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? OpCodesByValue[(short)((il[i++] << 8) | il[i++])] : OpCodesByValue[il[i++]];
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType) yield return BitConverter.ToInt32(il, i);
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter) return [];
        if (type.HasElementType) return Parts(type.GetElementType());
        var written = type;
        while (written.DeclaringType is { } outer) written = outer;
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(written.IsGenericType ? written.GetGenericTypeDefinition() : written) : [written];
    }

    public sealed record Reference(Type From, Type To)
    {
        public override string ToString() => $"{From.FullName} -> {To.FullName}";
    }
}
