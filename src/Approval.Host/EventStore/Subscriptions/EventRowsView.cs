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

    /// <summary>The rows of some events, in order. Knows the table only to look back at what was added before.</summary>
    protected abstract Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<IReadOnlyList<(StoredEvent Event, TRow Row)>>> Begin(string table);

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
        readonly Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<IReadOnlyList<(StoredEvent, TRow)>>> rows = view.Begin(table);
        readonly string[] columns = ["seq", "jurisdiction", .. view.layout.Columns.Select(c => c.Name)];

        public async Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
        {
            var made = await rows(connection, events, cancel);
            if (made.Count == 0) return;
            await using var writer = await RawRows.Into(connection, table, columns, cancel);
            foreach (var (e, row) in made)
            {
                await writer.Row(cancel);
                writer.Add(e.Position);
                writer.Add(e.Jurisdiction.Value);
                foreach (var column in view.layout.Columns) writer.Add(column.Get(row));
            }

            await writer.End(cancel);
        }
    }
}
