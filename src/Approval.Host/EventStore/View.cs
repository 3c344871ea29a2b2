using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>Marks a row's member as part of the key inside its stream, for a view of several rows per stream.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KeyAttribute : Attribute;

/// <summary>Marks a row's member as one by which people look rows up: it gets an index with the jurisdiction (GIN for text[] and jsonb).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IndexedAttribute : Attribute;

/// <summary>The rows of one stream in one view, where a command changes them.</summary>
/// <param name="View">The view.</param>
/// <param name="Of">The stream.</param>
/// <param name="Rows">The rows that the command leaves.</param>
sealed record ChangedRows(View View, StreamInfo Of, IReadOnlyList<object?[]> Rows);

/// <summary>
/// A current view: rows in the schema <c>approval</c> that are a pure function of one stream's state, written in the transaction that
/// changes the stream, unless they stay as they are. The table's columns are the members of the row type in snake_case, after <c>jurisdiction</c> and <c>stream</c>.
/// </summary>
public abstract class View
{
    private protected View(string name, Kind kind, RowLayout layout, int revision)
    {
        (Name, Kind, Layout) = (name, kind, layout);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{revision} {string.Join('\n', Definition(Table))}")))[..16];
    }

    /// <summary>The view's name: its table without the schema.</summary>
    public string Name { get; }

    /// <summary>The table, with its schema.</summary>
    public string Table => $"approval.{Name}";

    /// <summary>Changes when the table's columns or the view's revision do; the view is then built anew at the next start.</summary>
    internal string Hash { get; }

    internal Kind Kind { get; }

    internal RowLayout Layout { get; }

    internal abstract IEnumerable<object?[]> Rows(Snapshot snapshot);

    /// <summary>The statements that make the table, then its key and its indexes.</summary>
    internal IEnumerable<string> Definition(string table)
    {
        var bare = table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var columns = Layout.Columns.Select(c => $"{c.Name} {c.SqlType}{(c.Nullable ? "" : " not null")}");
        yield return $"create table {table} (jurisdiction text not null, stream text not null, {string.Join(", ", columns)}) with (fillfactor = 80)";
        yield return $"alter table {table} add constraint {bare}_key primary key ({string.Join(", ", KeyColumns)})";
        foreach (var column in Layout.Columns.Where(c => c.Indexed))
        {
            yield return column.SqlType is "text[]" or "jsonb"
                ? $"create index {bare}_{column.Name} on {table} using gin ({column.Name})"
                : $"create index {bare}_{column.Name} on {table} (jurisdiction, {column.Name})";
        }
    }

    IEnumerable<string> KeyColumns => ["jurisdiction", "stream", .. Layout.Columns.Where(c => c.Key).Select(c => c.Name)];

    /// <summary>How many rows one statement puts: few sizes, so that the database keeps them prepared.</summary>
    static readonly int[] Sizes = [8, 4, 2, 1];

    string[]? puts;

    /// <summary>The rows of one stream in a state, if they are others than in the state before; otherwise null.</summary>
    internal ChangedRows? Changed(Snapshot? before, Snapshot after)
    {
        var rows = Rows(after).ToList();
        // A row that bears the moment of this change was not there before, which need not be looked at then.
        var stays = !rows.Any(r => r.Contains(after.Info.Changed)) && (before is null ? [] : Rows(before)).SequenceEqual(rows, RowLayout.SameRow);
        return stays ? null : new(this, after.Info, rows);
    }

    /// <summary>Adds to a batch what brings this view's rows of one stream to a state, whatever they are now.</summary>
    internal void Write(NpgsqlBatch batch, Snapshot snapshot) => Write(batch, [new(this, snapshot.Info, [.. Rows(snapshot)])]);

    /// <summary>Adds to a batch what puts rows of some streams, each named once, in place of those that are there.</summary>
    internal void Write(NpgsqlBatch batch, IReadOnlyList<ChangedRows> streams)
    {
        foreach (var (_, of, _) in streams.Where(s => Layout.ManyRows || s.Rows.Count == 0))
        {
            var delete = new NpgsqlBatchCommand($"delete from {Table} where jurisdiction = $1 and stream = $2");
            delete.Parameters.Add(new() { Value = of.Jurisdiction.Value });
            delete.Parameters.Add(new() { Value = of.Stream.Value });
            batch.BatchCommands.Add(delete);
        }

        puts ??= [.. Sizes.Select(Put)];
        var rows = streams.SelectMany(s => s.Rows.Select(r => (s.Of, Row: r))).ToList();
        for (var (next, size) = (0, 0); next < rows.Count; next += Sizes[size])
        {
            while (Sizes[size] > rows.Count - next) size++;
            var command = new NpgsqlBatchCommand(puts[size]);
            foreach (var (of, row) in rows.Skip(next).Take(Sizes[size]))
            {
                command.Parameters.Add(new() { Value = of.Jurisdiction.Value });
                command.Parameters.Add(new() { Value = of.Stream.Value });
                for (var i = 0; i < row.Length; i++) command.Parameters.Add(new() { Value = row[i] ?? DBNull.Value, NpgsqlDbType = Layout.Columns[i].DbType });
            }

            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Adds the rows of streams to a table that has none of theirs.</summary>
    internal async Task Copy(NpgsqlConnection connection, string table, IEnumerable<Snapshot> snapshots, CancellationToken cancel = default)
    {
        await using var writer = await RawRows.Into(connection, table, ["jurisdiction", "stream", .. Layout.Columns.Select(c => c.Name)], cancel);
        foreach (var snapshot in snapshots)
        {
            foreach (var row in Rows(snapshot))
            {
                await writer.Row(cancel);
                writer.Add(snapshot.Info.Jurisdiction.Value);
                writer.Add(snapshot.Info.Stream.Value);
                foreach (var value in row) writer.Add(value);
            }
        }

        await writer.End(cancel);
    }

    /// <summary>The statement that puts so many rows, each in place of the one of its stream that is there.</summary>
    string Put(int count)
    {
        string[] columns = ["jurisdiction", "stream", .. Layout.Columns.Select(c => c.Name)];
        var rows = Enumerable.Range(0, count).Select(row => $"({string.Join(", ", columns.Select((_, i) => $"${(row * columns.Length) + i + 1}"))})");
        var insert = $"insert into {Table} ({string.Join(", ", columns)}) values {string.Join(", ", rows)}";
        return Layout.ManyRows
            ? insert
            : $"{insert} on conflict (jurisdiction, stream) do update set {string.Join(", ", columns[2..].Select(c => $"{c} = excluded.{c}"))}";
    }
}

/// <summary>A current view of one kind of stream.</summary>
/// <typeparam name="TState">The stream's state.</typeparam>
/// <typeparam name="TRow">A record whose members are the columns.</typeparam>
public sealed class View<TState, TRow> : View where TState : class where TRow : class
{
    readonly Func<TState, StreamInfo, IEnumerable<TRow>> rows;

    /// <summary>Declares a view.</summary>
    /// <param name="name">The table's name in the schema approval, snake_case.</param>
    /// <param name="kind">The streams it shows.</param>
    /// <param name="rows">The rows of one stream: at most one, unless the row type has a <see cref="KeyAttribute"/>. No clock, no look-up.</param>
    /// <param name="revision">To be raised when <paramref name="rows"/> gives something else than before, so that the rows are built anew.</param>
    public View(string name, StreamKind<TState> kind, Func<TState, StreamInfo, IEnumerable<TRow>> rows, int revision = 1)
        : base(name, Kind.Of(kind), RowLayout.Of(typeof(TRow)), revision) => this.rows = rows;

    internal override IEnumerable<object?[]> Rows(Snapshot snapshot) =>
        snapshot.State is TState state ? rows(state, snapshot.Info).Select(Layout.Values) : [];
}
