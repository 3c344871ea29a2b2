using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Approval.EventStore;

namespace Approval.Http;

/// <summary>
/// Reads a command's JSON against its type and reports all that is wrong at once: members unknown, repeated, missing or of another type,
/// numbers beyond their range, amounts that are none, text with control characters.
/// </summary>
public static class StrictJson
{
    const int Depth = 32;

    static readonly JsonSerializerOptions Options = MakeOptions();
    static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);
    static readonly ConcurrentDictionary<Type, Form> Forms = new();
    static readonly ConcurrentDictionary<Type, ImmutableArray<string>> CodesOf = new();

    /// <summary>Reads a value.</summary>
    /// <exception cref="ProblemException">With every failure and its field.</exception>
    public static object Read(ReadOnlyMemory<byte> json, Type type)
    {
        using var document = Parse(json);
        var failures = new List<Refusal>();
        Check(document.RootElement, Options.GetTypeInfo(type), "", failures);
        if (failures.Count > 0) throw new ProblemException(failures);
        return document.RootElement.Deserialize(type, Options)!;
    }

    static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(Json.Events)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = Depth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers =
                {
                    static info =>
                    {
                        foreach (var property in info.Properties)
                        {
                            if (property.AssociatedParameter is { } p) property.IsRequired = !p.HasDefaultValue && !p.IsNullable && !IsNullable(p.ParameterType);
                        }
                    },
                },
            },
        };
        options.MakeReadOnly();
        return options;
    }

    static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth });
        }
        catch (JsonException e) when (e.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            throw new ProblemException(Faults.TooDeep.With(Depth));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Faults.MalformedJson.With($"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}"));
        }
    }

    static void Check(JsonElement element, JsonTypeInfo type, string path, List<Refusal> failures)
    {
        if (!TextIsSound(element))
        {
            failures.Add(Faults.ControlCharacter.At(path));
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when type.PolymorphismOptions is null:
                if (Is(JsonValueKind.Object, "对象 / object")) CheckObject(element, type, path, failures);
                break;
            case JsonTypeInfoKind.Dictionary:
                if (Is(JsonValueKind.Object, "对象 / object"))
                {
                    foreach (var member in Members(element, path, [], failures))
                        Child(member.Value, type.ElementType!, Join(path, member.Name), nullable: false, failures);
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                if (Is(JsonValueKind.Array, "数组 / array"))
                {
                    var i = 0;
                    foreach (var item in element.EnumerateArray()) Child(item, type.ElementType!, $"{path}[{i++}]", nullable: false, failures);
                }

                break;
            default:
                CheckValue(element, type, path, failures);
                break;
        }

        bool Is(JsonValueKind kind, string expected)
        {
            if (element.ValueKind == kind) return true;
            failures.Add(Faults.WrongType.At(path, expected));
            return false;
        }
    }

    static void CheckObject(JsonElement element, JsonTypeInfo type, string path, List<Refusal> failures)
    {
        var form = Forms.GetOrAdd(type.Type, static (_, type) => new(type), type);
        var given = new HashSet<string>(form.Members.Count);
        foreach (var member in Members(element, path, given, failures))
        {
            if (form.Members.TryGetValue(member.Name, out var property))
                Child(member.Value, property.PropertyType, Join(path, member.Name), property.IsSetNullable && !property.IsRequired, failures);
            else failures.Add(Faults.UnknownField.At(Join(path, member.Name)));
        }

        foreach (var name in form.Required.Where(n => !given.Contains(n))) failures.Add(Faults.RequiredField.At(Join(path, name)));
    }

    /// <summary>What an object may and must hold.</summary>
    sealed class Form(JsonTypeInfo type)
    {
        public FrozenDictionary<string, JsonPropertyInfo> Members { get; } =
            type.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

        public ImmutableArray<string> Required { get; } = [.. type.Properties.Where(p => p.IsRequired).Select(p => p.Name)];
    }

    /// <summary>The members of an object, each once.</summary>
    static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element, string path, HashSet<string> given, List<Refusal> failures)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is not { } name) failures.Add(Faults.ControlCharacter.At(path));
            else if (!given.Add(name)) failures.Add(Faults.DuplicateField.At(Join(path, name)));
            else yield return (name, member.Value);
        }
    }

    static void Child(JsonElement element, Type type, string path, bool nullable, List<Refusal> failures)
    {
        if (element.ValueKind != JsonValueKind.Null) Check(element, Options.GetTypeInfo(type), path, failures);
        else if (!nullable && Nullable.GetUnderlyingType(type) is null) failures.Add(Faults.RequiredField.At(path));
    }

    static void CheckValue(JsonElement element, JsonTypeInfo info, string path, List<Refusal> failures)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type == typeof(Money))
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDecimal(out var yuan) || yuan < 0 || !Money.Fits(yuan))
                failures.Add(Faults.InvalidAmount.At(path));
            return;
        }

        if (type == typeof(string))
        {
            if (element.ValueKind != JsonValueKind.String) failures.Add(Faults.WrongType.At(path, Expected(type)));
            return;
        }

        if (type.IsEnum)
        {
            if (element.ValueKind != JsonValueKind.String || !Codes(type).Contains(element.GetString()!)) failures.Add(Faults.WrongType.At(path, Expected(type)));
            return;
        }

        try
        {
            element.Deserialize(info);
        }
        catch (JsonException)
        {
            failures.Add(element.ValueKind == JsonValueKind.Number && IsNumber(type)
                ? Faults.OutOfRange.At(path)
                : Faults.WrongType.At(path, Expected(type)));
        }
    }

    static bool IsNumber(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(decimal) || type == typeof(double);

    static string Expected(Type type) =>
        type.IsEnum ? string.Join(" | ", Codes(type))
        : type == typeof(DateOnly) ? "yyyy-MM-dd"
        : type == typeof(DateTimeOffset) ? "ISO 8601"
        : type == typeof(bool) ? "true | false"
        : IsNumber(type) ? "数字 / number"
        : "文本 / text";

    static ImmutableArray<string> Codes(Type type) => CodesOf.GetOrAdd(type, static type => [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]);

    /// <summary>Text may hold line feeds and tabs, but no other control character and no half of a character.</summary>
    static bool TextIsSound(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return true;
        try
        {
            return IsSound(element.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static bool IsSound(string text) => !text.AsSpan().ContainsAny(Controls);

    static string? NameOf(JsonProperty member)
    {
        try
        {
            return IsSound(member.Name) ? member.Name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
