using System.Collections.Concurrent;
using Approval.EventStore.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>Figures over rows, kept while rows come and go.</summary>
/// <typeparam name="T">What is kept of a row.</typeparam>
public interface ITotals<in T>
{
    /// <summary>Counts a row in.</summary>
    void Add(T row);

    /// <summary>Counts a row out that was counted in.</summary>
    void Remove(T row);
}

/// <summary>
/// What a question needs of every row of a current view, kept in memory for the jurisdictions that ask, with figures over it. Whenever it is
/// asked, the record says which streams have changed since, and their rows are read again: the answer is as current as a query over all rows,
/// and costs what has happened meanwhile.
/// </summary>
/// <typeparam name="T">What is kept of a row.</typeparam>
/// <typeparam name="TTotals">The figures.</typeparam>
/// <param name="database">The database.</param>
/// <param name="events">Tells up to where the record is settled.</param>
/// <param name="view">A view of at most one row per stream.</param>
/// <param name="select">What to read of a row, as SQL over the view's columns.</param>
public sealed class KeptRows<T, TTotals>(NpgsqlDataSource database, EventLog events, View view, string select) where T : class where TTotals : class, ITotals<T>, new()
{
    static readonly TimeSpan Unasked = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<JurisdictionId, Kept> kept = new();

    sealed class Kept : IDisposable
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public object? Basis { get; set; }

        public long? Position { get; set; }

        public Dictionary<string, T> Rows { get; set; } = [];

        public TTotals Totals { get; set; } = new();

        public long Asked { get; set; } = Environment.TickCount64;

        public void Dispose() => Gate.Dispose();
    }

    /// <summary>Answers from all rows of a jurisdiction as they are now. Nobody changes them while <paramref name="answer"/> works on them.</summary>
    /// <param name="jurisdiction">The jurisdiction.</param>
    /// <param name="basis">What <paramref name="read"/> rests on beside the row: where it is another than before, all rows are read again.</param>
    /// <param name="read">Reads a row; the first column is at <c>0</c>. Null where the row does not count.</param>
    /// <param name="answer">Makes the answer from the rows by stream and the figures over them.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TAnswer> Ask<TAnswer>(
        JurisdictionId jurisdiction, object basis, Func<NpgsqlDataReader, T?> read, Func<IReadOnlyDictionary<string, T>, TTotals, TAnswer> answer, CancellationToken cancel)
    {
        foreach (var (other, rows) in kept)
        {
            if (Environment.TickCount64 - rows.Asked > Unasked.TotalMilliseconds) kept.TryRemove(other, out _);
        }

        var own = kept.GetOrAdd(jurisdiction, _ => new());
        await own.Gate.WaitAsync(cancel);
        try
        {
            own.Asked = Environment.TickCount64;
            var settled = events.Settled; // before the look, which therefore sees all up to there
            if (own.Position is { } position && basis.Equals(own.Basis)) await ReadChanged(own, jurisdiction, position, read, cancel);
            else await ReadAll(own, jurisdiction, basis, read, cancel);
            own.Position = settled;
            return answer(own.Rows, own.Totals);
        }
        finally
        {
            own.Gate.Release();
        }
    }

    async Task ReadAll(Kept own, JurisdictionId jurisdiction, object basis, Func<NpgsqlDataReader, T?> read, CancellationToken cancel)
    {
        (own.Position, own.Basis, own.Rows, own.Totals) = (null, basis, [], new());
        await using var command = database.CreateCommand($"select {select}, stream from {view.Table} where jurisdiction = $1");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) Put(own, reader.GetString(reader.FieldCount - 1), read(reader));
    }

    async Task ReadChanged(Kept own, JurisdictionId jurisdiction, long position, Func<NpgsqlDataReader, T?> read, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select {select}, v.stream is not null, c.changed
            from (select distinct stream_id as changed from public.mt_events where seq_id > $2 and tenant_id = $1) c
            left join {view.Table} v on v.jurisdiction = $1 and v.stream = c.changed
            """);
        command.Parameters.Add(new() { Value = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) Put(own, reader.GetString(reader.FieldCount - 1), reader.GetBoolean(reader.FieldCount - 2) ? read(reader) : null);
    }

    static void Put(Kept own, string stream, T? row)
    {
        if (own.Rows.Remove(stream, out var before)) own.Totals.Remove(before);
        if (row is null) return;
        own.Rows.Add(stream, row);
        own.Totals.Add(row);
    }
}
