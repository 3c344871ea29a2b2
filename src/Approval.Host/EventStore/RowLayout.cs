using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>One column of a view.</summary>
sealed record Column(
    string Name, string SqlType, NpgsqlDbType DbType, bool Nullable, bool Key, bool Indexed,
    Func<object, object?> Get, Func<NpgsqlDataReader, int, object?> Read);

/// <summary>How a record's members are the columns of a table.</summary>
sealed class RowLayout
{
    readonly ConstructorInfo constructor;

    RowLayout(Type row)
    {
        constructor = row.GetConstructors().Single(c => c.GetParameters() is not [{ ParameterType: var only }] || only != row);
        Columns = [.. constructor.GetParameters().Select(p => ColumnOf(row, p))];
    }

    public IReadOnlyList<Column> Columns { get; }

    public bool ManyRows => Columns.Any(c => c.Key);

    public static RowLayout Of(Type row) => new(row);

    /// <summary>Whether two rows have the same values.</summary>
    public static IEqualityComparer<object?[]> SameRow { get; } = EqualityComparer<object?[]>.Create((a, b) => a!.SequenceEqual(b!, SameValue));

    public object?[] Values(object row)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].Get(row);
        return values;
    }

    /// <summary>The row at which a reader stands, its columns beginning at <paramref name="offset"/>.</summary>
    public object Read(NpgsqlDataReader reader, int offset) =>
        constructor.Invoke([.. Columns.Select((c, i) => reader.IsDBNull(offset + i) ? null : c.Read(reader, offset + i))]);

    static readonly EqualityComparer<object?> SameValue = EqualityComparer<object?>.Create((a, b) => (a, b) switch
    {
        (string[] x, string[] y) => x.AsSpan().SequenceEqual(y),
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (Array x, Array y) => StructuralComparisons.StructuralEqualityComparer.Equals(x, y),
        _ => Equals(a, b),
    });

    static Column ColumnOf(Type row, ParameterInfo parameter)
    {
        var property = row.GetProperty(parameter.Name!) ?? throw new InvalidOperationException($"{row} has no member {parameter.Name}.");
        var nullability = new NullabilityInfoContext().Create(property);
        var (sqlType, dbType, to, from) = Mapping(property.PropertyType);
        var get = Getter<object?>(property);
        return new(
            Snake(parameter.Name!), sqlType, dbType, nullability.ReadState == NullabilityState.Nullable,
            Has<KeyAttribute>(), Has<IndexedAttribute>(), r => get(r) is { } value ? to(value) : null, from);

        bool Has<T>() where T : Attribute => parameter.GetCustomAttribute<T>() is not null || property.GetCustomAttribute<T>() is not null;
    }

    static (string, NpgsqlDbType, Func<object, object?>, Func<NpgsqlDataReader, int, object?>) Mapping(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(bool)) return ("boolean", NpgsqlDbType.Boolean, v => v, (r, i) => r.GetBoolean(i));
        if (type == typeof(int)) return ("bigint", NpgsqlDbType.Bigint, v => (long)(int)v, (r, i) => (int)r.GetInt64(i));
        if (type == typeof(long)) return ("bigint", NpgsqlDbType.Bigint, v => v, (r, i) => r.GetInt64(i));
        if (type == typeof(decimal)) return ("numeric", NpgsqlDbType.Numeric, v => v, (r, i) => r.GetDecimal(i));
        if (type == typeof(Money)) return ("numeric(18,2)", NpgsqlDbType.Numeric, v => ((Money)v).Yuan, (r, i) => new Money(r.GetDecimal(i)));
        if (type == typeof(DateOnly)) return ("date", NpgsqlDbType.Date, v => v, (r, i) => r.GetFieldValue<DateOnly>(i));
        if (type == typeof(DateTimeOffset))
            return ("timestamptz", NpgsqlDbType.TimestampTz, v => ((DateTimeOffset)v).ToUniversalTime(), (r, i) => r.GetFieldValue<DateTimeOffset>(i));
        if (IsText(type)) return ("text", NpgsqlDbType.Text, TextOf(type), (r, i) => FromText(type, r.GetString(i)));
        if (ElementOf(type) == typeof(int))
            return ("integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, v => ((IEnumerable<int>)v).ToArray(), (r, i) => r.GetFieldValue<int[]>(i));
        if (ElementOf(type) is { } element && IsText(element))
        {
            var text = TextOf(element);
            return ("text[]", NpgsqlDbType.Array | NpgsqlDbType.Text,
                v => ((IEnumerable)v).Cast<object>().Select(text).ToArray(),
                (r, i) => JsonSerializer.SerializeToElement(r.GetFieldValue<string[]>(i)).Deserialize(type, Json.Events));
        }

        return ("jsonb", NpgsqlDbType.Jsonb,
            v => JsonSerializer.SerializeToUtf8Bytes(v, type, Json.Events),
            (r, i) => JsonSerializer.Deserialize(r.GetFieldValue<byte[]>(i), type, Json.Events));
    }

    static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    static bool IsText(Type type) => type == typeof(string) || type.IsEnum || type == typeof(StreamId) || IsId(type);

    static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    static Func<object, string> TextOf(Type type)
    {
        if (type == typeof(string)) return v => (string)v;
        if (type == typeof(StreamId)) return v => ((StreamId)v).Value;
        if (type.IsEnum)
        {
            var names = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)).Distinct().ToDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()!));
            return v => names[v];
        }

        return Getter<string>(type.GetProperty(nameof(StreamId.Value))!);
    }

    /// <summary>What a property holds, compiled once: every command reads its rows' members.</summary>
    static Func<object, T> Getter<T>(PropertyInfo property)
    {
        var of = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, T>>(Expression.Convert(Expression.Property(Expression.Convert(of, property.DeclaringType!), property), typeof(T)), of).Compile();
    }

    static object FromText(Type type, string text) =>
        type == typeof(string) ? text
        : type.IsEnum ? JsonSerializer.Deserialize($"\"{text}\"", type, Json.Events)!
        : Activator.CreateInstance(type, text)!;

    static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
