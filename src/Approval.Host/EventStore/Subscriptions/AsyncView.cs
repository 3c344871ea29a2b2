using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>
/// A view that follows the order of all events shortly after the commit: for what is made of many streams, or too much for the command's
/// own transaction. One host works on it at a time; rows and checkpoint are written together. Its rows depend on the events alone, so a
/// rebuild makes the same ones.
/// </summary>
/// <param name="name">The table's name in the schema approval, snake_case.</param>
/// <param name="revision">To be raised when the rows become others than before: the view is then built anew beside the old one.</param>
public abstract class AsyncView(string name, int revision)
{
    string? hash;

    /// <summary>The view's name: its table without the schema.</summary>
    public string Name => name;

    /// <summary>The table in use.</summary>
    public string Table => $"approval.{name}";

    /// <summary>The table in making during a rebuild.</summary>
    internal string NextTable => $"approval.{name}_next";

    /// <summary>The checkpoint's name, in the form that Marten gives its own.</summary>
    internal string CheckpointName => $"{string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]))}:All";

    /// <summary>Changes with the table's definition and with the revision.</summary>
    internal string Hash => hash ??=
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{revision} {string.Join('\n', [.. Definition(Table), .. Indexes(Table)])}")))[..16];

    /// <summary>What the names of further tables add to the table's own; they are swapped with it.</summary>
    protected internal virtual IReadOnlyList<string> Beside => [];

    /// <summary>Events of so long are applied together: each time has its price, however many they are.</summary>
    protected internal virtual TimeSpan Gather => TimeSpan.FromMilliseconds(50);

    /// <summary>The statements that make the table, with what is needed while it fills; empty for a view without a table of its own.</summary>
    protected internal abstract IEnumerable<string> Definition(string table);

    /// <summary>The statements that make the indexes which only readers need; a rebuild makes them at its end.</summary>
    protected internal abstract IEnumerable<string> Indexes(string table);

    /// <summary>
    /// Makes everything anew from the streams as they stand, for a view in whose rows only their newest state counts: less work than to go through the order of all events.
    /// What is recorded meanwhile is applied afterwards. False for a view that goes through that order.
    /// </summary>
    /// <param name="connection">A connection without a transaction.</param>
    /// <param name="passed">To be told how many events have been read so far.</param>
    /// <param name="cancel">Gives up.</param>
    protected internal virtual Task<bool> FromStreams(NpgsqlConnection connection, Func<long, Task> passed, CancellationToken cancel) => Task.FromResult(false);

    /// <summary>Begins to work on a table, in use or in making. What is kept in the projection's memory is lost at any time; it begins anew after a failure.</summary>
    protected internal abstract IProjection Start(string table);
}

/// <summary>Brings a view's table on.</summary>
public interface IProjection
{
    /// <summary>Applies events, each once and in order, within the transaction that is open on the connection.</summary>
    Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel);
}

/// <summary>The asynchronous views of the product; each is added where its routes are mapped.</summary>
public sealed class AsyncViews
{
    readonly SortedDictionary<string, AsyncView> byName = new(StringComparer.Ordinal);

    /// <summary>All views by name.</summary>
    public IReadOnlyCollection<AsyncView> All => byName.Values;

    /// <summary>Adds a view.</summary>
    public void Add(AsyncView view) => byName.Add(view.Name, view);

    /// <summary>The view of a name, or null.</summary>
    public AsyncView? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Makes the tables that do not exist. A table of another release stays in use until the new one is built.</summary>
    internal async Task Prepare(NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        foreach (var view in All)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var insert = new NpgsqlCommand("insert into approval.async_views (name, hash) values ($1, $2) on conflict do nothing", connection);
            insert.Parameters.Add(new() { Value = view.Name });
            insert.Parameters.Add(new() { Value = view.Hash });
            if (await insert.ExecuteNonQueryAsync() > 0)
            {
                foreach (var sql in (string[])[.. view.Definition(view.Table), .. view.Indexes(view.Table)])
                {
                    await using var make = new NpgsqlCommand(sql, connection);
                    await make.ExecuteNonQueryAsync();
                }

                await using var checkpoint = new NpgsqlCommand(
                    "insert into public.mt_event_progression (name, last_seq_id) values ($1, 0) on conflict (name) do update set last_seq_id = 0", connection);
                checkpoint.Parameters.Add(new() { Value = view.CheckpointName, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
                await checkpoint.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }
}
