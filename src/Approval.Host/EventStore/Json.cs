using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Approval.EventStore;

/// <summary>JSON as it stands in events, in views and in answers: camelCase, kebab-case enums, ids as text, money as a number with two digits, no nulls, nothing computed.</summary>
public static class Json
{
    /// <summary>For events: members that this release does not know are passed over, so that a newer release's stay readable.</summary>
    public static JsonSerializerOptions Events { get; } = Frozen(Base());

    /// <summary>For answers: computed properties are written too.</summary>
    public static JsonSerializerOptions Answers { get; } = Frozen(ForAnswers(Base()));

    /// <summary>Applies the form of answers to other options.</summary>
    public static JsonSerializerOptions ForAnswers(JsonSerializerOptions options)
    {
        Shape(options);
        options.IgnoreReadOnlyProperties = false;
        return options;
    }

    static JsonSerializerOptions Base()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MissingArraysAreEmpty } },
        };
        Shape(options);
        return options;
    }

    /// <summary>An array that an older event does not have is empty, instead of one that fails when looked at.</summary>
    static void MissingArraysAreEmpty(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsValueType) return;
        var arrays = type.Properties
            .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && p is { Get: not null, Set: not null })
            .Select(p => (Property: p, Missing: Activator.CreateInstance(p.PropertyType), Empty: p.PropertyType.GetField(nameof(ImmutableArray<int>.Empty))!.GetValue(null)))
            .ToList();
        if (arrays.Count == 0) return;
        type.OnDeserialized = read =>
        {
            foreach (var (property, missing, empty) in arrays)
            {
                if (Equals(property.Get!(read), missing)) property.Set!(read, empty);
            }
        };
    }

    static void Shape(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.IgnoreReadOnlyProperties = true;
        options.AllowOutOfOrderMetadataProperties = true; // jsonb puts shorter names first, also before $type
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // never embedded in HTML; Chinese stays readable
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new IdConverterFactory());
        options.Converters.Add(new MoneyConverter());
    }

    static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Ids as plain text, also as names of members.</summary>
sealed class IdConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsValueType && typeToConvert.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(IdConverter<>).MakeGenericType(typeToConvert))!;
}

sealed class IdConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? T.Of(reader.GetString()!) : throw new JsonException("An id is text.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Of(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}

/// <summary>Money as a number with two digits after the point.</summary>
sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var yuan) || !Money.Fits(yuan))
            throw new JsonException("An amount is a number of yuan with at most two digits after the point.");
        return new Money(yuan);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32]; // the longest amount and its sign have 17 characters
        value.Yuan.TryFormat(text, out var length, "0.00", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
