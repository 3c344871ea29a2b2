using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Approval.EventStore;

namespace Approval.Conventions;

/// <summary>Makes a value of any type of event with every member filled, so that its whole shape is seen. The same type gives the same value.</summary>
internal static class Samples
{
    public static object Of(Type type) => Of(type, "value", 0)!;

    private static object? Of(Type declared, string name, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string)) return name;
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 3;
        if (type == typeof(long)) return 4L;
        if (type == typeof(decimal)) return 0.67m;
        if (type == typeof(Money)) return new Money(1234.50m);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 3, 2);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        if (type == typeof(Guid)) return new Guid("0198a000-0000-7000-8000-000000000001");
        if (type == typeof(TimeSpan)) return TimeSpan.FromHours(1);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        if (IsId(type)) return Activator.CreateInstance(type, $"{name}-1");
        if (depth > 8) return null;
        if (DictionaryOf(type) is { } pair) return Dictionary(type, pair, depth);
        if (ElementOf(type) is { } element) return Collection(type, element, name, depth);
        if (type.IsAbstract)
        {
            var derived = type.GetCustomAttributes<JsonDerivedTypeAttribute>().FirstOrDefault()?.DerivedType
                ?? throw new InvalidOperationException($"{type} is abstract and names no derived type.");
            return Of(derived, name, depth);
        }

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First(c => c.GetParameters() is not [{ } only] || only.ParameterType != type);
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, p.Name!, depth + 1))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.GetIndexParameters().Length == 0))
            property.SetValue(made, Of(property.PropertyType, JsonNamingPolicy.CamelCase.ConvertName(property.Name), depth + 1));
        return made;
    }

    private static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static (Type Key, Type Value)? DictionaryOf(Type type) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) is { } dictionary
            ? (dictionary.GetGenericArguments()[0], dictionary.GetGenericArguments()[1]) : null;

    // Collections are made through JSON, which knows how to build each kind of them.
    private static object? Collection(Type type, Type element, string name, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (Of(element, name, depth + 1) is { } item) list.Add(item);
        return Through(list, type);
    }

    private static object? Dictionary(Type type, (Type Key, Type Value) pair, int depth)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(pair.Key, pair.Value))!;
        dictionary.Add(Of(pair.Key, "key", depth + 1)!, Of(pair.Value, "value", depth + 1));
        return Through(dictionary, type);
    }

    private static object? Through(object made, Type type) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(made, made.GetType(), Json.Events), type, Json.Events);
}
