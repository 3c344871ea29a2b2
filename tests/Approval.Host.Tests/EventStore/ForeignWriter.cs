using Npgsql;

namespace Approval.EventStore;

/// <summary>Another program on the same tables, working as Marten does: it reads the stream's row, draws the number, inserts, then updates the row, all in one transaction.</summary>
internal sealed class ForeignWriter : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private ForeignWriter(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<ForeignWriter> Begin(NpgsqlDataSource database)
    {
        var opened = await database.OpenConnectionAsync();
        return new(opened, await opened.BeginTransactionAsync());
    }

    /// <summary>Draws a number; the transaction still has no id of its own.</summary>
    public async Task<long> Draw()
    {
        return (long)(await Scalar("select nextval('public.mt_events_sequence')"))!;
    }

    public async Task Insert(long position, string stream, long version, string type = "note-line-added.v1", string data = """{"text":"foreign"}""")
    {
        await Scalar($"insert into public.mt_streams (tenant_id, id, type, version) values ('demo', '{stream}', 'note', 0) on conflict do nothing");
        await Scalar($"insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) values ({position}, gen_random_uuid(), '{stream}', {version}, '{data}', '{type}', now(), 'demo')");
        await Scalar($"update public.mt_streams set version = {version} where tenant_id = 'demo' and id = '{stream}'");
    }

    public Task Commit() => transaction.CommitAsync();

    public Task Rollback() => transaction.RollbackAsync();

    public Task Prepare(string name) => Scalar($"prepare transaction '{name}'");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<object?> Scalar(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
