using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>
/// An asynchronous view to which events only add rows. Its table has <c>seq</c> (the event's position) and <c>jurisdiction</c>, which begin its key, then the members of
/// <typeparamref name="TRow"/> in snake_case; an <see cref="IndexedAttribute"/> member gets an index with jurisdiction and seq, or a GIN index for an array.
/// </summary>
/// <typeparam name="TRow">A record whose members are the columns; with <see cref="KeyAttribute"/> members there may be several rows per event.</typeparam>
public abstract class EventRowsView<TRow> : AsyncView where TRow : class
{
    readonly RowLayout layout = RowLayout.Of(typeof(TRow));

    /// <summary>Declares a view.</summary>
    protected EventRowsView(string name, int revision) : base(name, revision)
    {
    }

    /// <summary>The rows of some events, in order, and what is to be done when they are written. Knows the table only to look back at what was added before.</summary>
    protected abstract Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<Made>> Begin(string table);

    /// <summary>What becomes of some events.</summary>
    /// <param name="Rows">The rows; each is made when its turn comes, while the database takes those before it.</param>
    /// <param name="Then">What is done afterwards in the same transaction.</param>
    protected sealed record Made(IEnumerable<(StoredEvent Event, TRow Row)> Rows, Func<Task>? Then = null);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Definition(string table)
    {
        var columns = layout.Columns.Select(c => $"{c.Name} {c.SqlType}{(c.Nullable ? "" : " not null")}");
        var keys = string.Join(", ", layout.Columns.Where(c => c.Key).Select(c => c.Name).Prepend("jurisdiction, seq"));
        yield return $"create table {table} (seq bigint not null, jurisdiction text not null, {string.Join(", ", columns)}, constraint {Bare(table)}_key primary key ({keys}))";
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Indexes(string table) =>
        layout.Columns.Where(c => c.Indexed).Select(c => c.SqlType.EndsWith("[]", StringComparison.Ordinal)
            ? $"create index {Bare(table)}_{c.Name} on {table} using gin ({c.Name}) with (fastupdate = off)"
            : $"create index {Bare(table)}_{c.Name} on {table} (jurisdiction, {c.Name}, seq)");

    /// <inheritdoc/>
    protected internal override IProjection Start(string table) => new Projection(this, table);

    /// <summary>A table's name without its schema.</summary>
    protected static string Bare(string table) => table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..];

    sealed class Projection(EventRowsView<TRow> view, string table) : IProjection
    {
        readonly Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<Made>> make = view.Begin(table);
        readonly string[] columns = ["seq", "jurisdiction", .. view.layout.Columns.Select(c => c.Name)];

        public async Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
        {
            if (events.Count == 0) return;
            var made = await make(connection, events, cancel);
            using (var rows = made.Rows.GetEnumerator())
            {
                if (rows.MoveNext()) await Write(connection, rows, cancel);
            }

            if (made.Then is not null) await made.Then();
        }

        /// <summary>Writes the row at which an enumerator stands, and the others.</summary>
        async Task Write(NpgsqlConnection connection, IEnumerator<(StoredEvent, TRow)> rows, CancellationToken cancel)
        {
            await using var writer = await RawRows.Into(connection, table, columns, cancel);
            do
            {
                var (e, row) = rows.Current;
                await writer.Row(cancel);
                writer.Add(e.Position);
                writer.Add(e.Jurisdiction.Value);
                foreach (var column in view.layout.Columns) writer.Add(column.Get(row));
            }
            while (rows.MoveNext());
            await writer.End(cancel);
        }
    }
}
