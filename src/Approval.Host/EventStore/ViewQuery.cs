using System.Data;
using System.Text;
using System.Text.Json;
using Approval.Http;
using Npgsql;

namespace Approval.EventStore;

/// <summary>Asks a current view of one jurisdiction. Conditions are interpolated SQL whose places become parameters: <c>.Where($"stage = {stage}")</c>.</summary>
/// <typeparam name="TRow">The view's row.</typeparam>
public sealed class ViewQuery<TRow> where TRow : class
{
    readonly NpgsqlDataSource database;
    readonly EventTypes types;
    readonly View view;
    readonly JurisdictionId jurisdiction;
    readonly AsOf? asOf;
    readonly StringBuilder where = new("jurisdiction = $1");
    readonly List<object> parameters;
    string order = "stream";
    bool descending;

    internal ViewQuery(NpgsqlDataSource database, EventTypes types, View view, JurisdictionId jurisdiction, AsOf? asOf) =>
        (this.database, this.types, this.view, this.jurisdiction, this.asOf, parameters) = (database, types, view, jurisdiction, asOf, [jurisdiction.Value]);

    /// <summary>Adds a condition; nothing if <paramref name="when"/> is false.</summary>
    public ViewQuery<TRow> Where(FormattableString condition, bool when = true)
    {
        if (!when) return this;
        var places = condition.GetArguments().Select(a =>
        {
            parameters.Add(Plain(a ?? throw new ArgumentNullException(nameof(condition))));
            return (object)$"${parameters.Count}";
        });
        where.Append(" and (").AppendFormat(null, condition.Format, [.. places]).Append(')');
        return this;
    }

    /// <summary>Orders by a column that is never null, then by stream.</summary>
    public ViewQuery<TRow> OrderBy(string column, bool descending = false)
    {
        order = view.Layout.Columns.Single(c => c.Name == column && !c.Nullable).Name;
        this.descending = descending;
        return this;
    }

    /// <summary>All rows, in order.</summary>
    public async Task<IReadOnlyList<TRow>> All(CancellationToken cancel = default) => [.. (await Rows("", [], cancel)).Select(r => r.Row)];

    /// <summary>The first row, or null.</summary>
    public async Task<TRow?> First(CancellationToken cancel = default) => (await Rows(" limit 1", [], cancel)).FirstOrDefault().Row;

    /// <summary>One page of the rows.</summary>
    public async Task<Page<TRow>> Page(Paging paging, CancellationToken cancel = default)
    {
        var condition = "";
        List<object> bounds = [];
        string[] keys = [.. new[] { order, "stream" }.Distinct(), .. view.Layout.Columns.Where(c => c.Key).Select(c => c.Name)];
        if (paging.After is { } after)
        {
            if (after.Count != keys.Length) throw Cursor.Invalid();
            var places = keys.Select((key, i) =>
            {
                bounds.Add(after[i].ValueKind == JsonValueKind.String ? after[i].GetString()! : after[i].GetRawText());
                return $"${parameters.Count + bounds.Count}::text::{TypeOf(key)}";
            }).ToList();
            condition = $" and ({string.Join(", ", keys)}) {(descending ? "<" : ">")} ({string.Join(", ", places)})";
        }

        try
        {
            var rows = await Rows($" limit {paging.Limit + 1}", bounds, cancel, condition);
            var items = rows.Take(paging.Limit).ToList();
            return new([.. items.Select(r => r.Row)], rows.Count > paging.Limit ? Cursor.Write(items[^1].Keys) : null);
        }
        catch (PostgresException e) when (paging.After is not null && e.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw Cursor.Invalid();
        }
    }

    /// <summary>Figures over the rows: one result per group, or one in all.</summary>
    /// <param name="select">The figures, as SQL over the view's columns.</param>
    /// <param name="read">Reads one result.</param>
    /// <param name="groupBy">The columns of the groups; none for one result in all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<T>> Figures<T>(string select, Func<NpgsqlDataReader, T> read, string? groupBy = null, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var past = asOf is null ? null : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var table = asOf is { } then ? await PastRows.Make(connection, types, view, jurisdiction, then, cancel) : view.Table;
        await using var command = new NpgsqlCommand(
            $"select {select} from {table} where {where}{(groupBy is null ? "" : $" group by {groupBy} order by {groupBy}")}", connection);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        var found = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) found.Add(read(reader));
        return found;
    }

    async Task<List<(TRow Row, IReadOnlyList<object?> Keys)>> Rows(string limit, List<object> more, CancellationToken cancel, string condition = "")
    {
        string[] keys = [.. new[] { order, "stream" }.Distinct(), .. view.Layout.Columns.Where(c => c.Key).Select(c => c.Name)];
        var columns = string.Join(", ", view.Layout.Columns.Select(c => c.Name));
        var keysAsText = string.Join(", ", keys.Select((k, i) => $"{k}::text as key_{i}"));
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var past = asOf is null ? null : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var table = asOf is { } then ? await PastRows.Make(connection, types, view, jurisdiction, then, cancel) : view.Table;
        await using var command = new NpgsqlCommand(
            $"select {columns}, {keysAsText} from {table} where {where}{condition} order by {string.Join(", ", keys.Select(k => k + (descending ? " desc" : "")))}{limit}", connection);
        foreach (var value in parameters.Concat(more)) command.Parameters.Add(new() { Value = value });
        var rows = new List<(TRow, IReadOnlyList<object?>)>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var count = view.Layout.Columns.Count;
            rows.Add(((TRow)view.Layout.Read(reader, 0), [.. keys.Select((_, i) => (object?)reader.GetString(count + i))]));
        }

        return rows;
    }

    string TypeOf(string column) => column == "stream" ? "text" : view.Layout.Columns.Single(c => c.Name == column).SqlType;

    static object Plain(object value) => value switch
    {
        Enum e => JsonNamingPolicy.KebabCaseLower.ConvertName(e.ToString()),
        Money m => m.Yuan,
        StreamId s => s.Value,
        DateTimeOffset t => t.ToUniversalTime(),
        int i => (long)i,
        _ when value.GetType() is { IsValueType: true } type && type.GetProperty("Value") is { } id && id.PropertyType == typeof(string) => id.GetValue(value)!,
        _ => value,
    };
}
