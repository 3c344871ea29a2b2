using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>
/// Builds a view's rows anew from all its streams, beside the table in use, and swaps the two. Commands go on meanwhile: what they
/// changed is brought up to date while the old table is locked for the swap.
/// </summary>
public static class ViewRebuild
{
    /// <summary>Builds one view.</summary>
    /// <param name="owner">Connections of the user that owns the schema.</param>
    /// <param name="types">The events known.</param>
    /// <param name="view">The view.</param>
    /// <param name="cancel">Gives up, leaving the old table as it was.</param>
    public static async Task Run(NpgsqlDataSource owner, EventTypes types, View view, CancellationToken cancel = default)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var table = $"{view.Table}_next";
        await Execute($"drop table if exists {table}");
        var definition = view.Definition(table).ToList();
        await Execute(definition[0]);

        await using var source = await owner.OpenConnectionAsync(cancel);
        var versions = new Dictionary<(string, string), long>();
        await Copy(source, "");

        await Execute($"create table if not exists {view.Table} (version bigint)");
        await Execute($"lock table {view.Table} in access exclusive mode");
        var late = await Late();
        if (late.Count > 0)
        {
            foreach (var (jurisdiction, stream) in late)
            {
                await using var delete = new NpgsqlCommand($"delete from {table} where jurisdiction = $1 and stream = $2", connection);
                delete.Parameters.Add(new() { Value = jurisdiction });
                delete.Parameters.Add(new() { Value = stream });
                await delete.ExecuteNonQueryAsync(cancel);
            }

            await Copy(source, "and (tenant_id, stream_id) in (select * from unnest($2::varchar[], $3::varchar[]))", late);
        }

        foreach (var index in definition.Skip(1)) await Execute(index);
        await Execute($"drop table {view.Table}");
        await Execute($"alter table {table} rename to {view.Name}");
        await Execute($"alter table {view.Table} rename constraint {view.Name}_next_key to {view.Name}_key");
        foreach (var column in view.Layout.Columns.Where(c => c.Indexed))
            await Execute($"alter index approval.{view.Name}_next_{column.Name} rename to {view.Name}_{column.Name}");
        await using var record = new NpgsqlCommand(
            "insert into approval.views (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, built = now()", connection);
        record.Parameters.Add(new() { Value = view.Name });
        record.Parameters.Add(new() { Value = view.Hash });
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }

        async Task<List<(string Jurisdiction, string Stream)>> Late()
        {
            var found = new List<(string, string)>();
            await using var command = new NpgsqlCommand("select tenant_id, id, version from public.mt_streams where id = $1 or id like $1 || '-%'", source);
            command.Parameters.Add(new() { Value = view.Kind.Name, NpgsqlDbType = NpgsqlDbType.Varchar });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var key = (reader.GetString(0), reader.GetString(1));
                if (versions.GetValueOrDefault(key) != reader.GetInt64(2)) found.Add(key);
            }

            return found;
        }

        async Task Copy(NpgsqlConnection from, string filter, List<(string Jurisdiction, string Stream)>? streams = null)
        {
            await using var read = new NpgsqlCommand(
                "select tenant_id, stream_id, version, type, data, timestamp from public.mt_events "
                + $"where (stream_id = $1 or stream_id like $1 || '-%') {filter} order by tenant_id, stream_id, version", from) { CommandTimeout = 0 };
            read.Parameters.Add(new() { Value = view.Kind.Name, NpgsqlDbType = NpgsqlDbType.Varchar });
            if (streams is not null)
            {
                read.Parameters.Add(new() { Value = streams.Select(s => s.Jurisdiction).ToArray() });
                read.Parameters.Add(new() { Value = streams.Select(s => s.Stream).ToArray() });
            }

            string[] columns = ["jurisdiction", "stream", "version", .. view.Layout.Columns.Select(c => c.Name)];
            await using var events = await read.ExecuteReaderAsync(cancel);
            await using var writer = await connection.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", cancel);
            Snapshot? snapshot = null;
            while (await events.ReadAsync(cancel))
            {
                var (jurisdiction, stream) = (events.GetString(0), events.GetString(1));
                if (snapshot is null || snapshot.Info.Stream.Value != stream || snapshot.Info.Jurisdiction.Value != jurisdiction)
                {
                    await Write(writer, snapshot);
                    snapshot = Snapshot.Empty(new(jurisdiction), new(stream));
                }

                var @event = types.Read(snapshot.Info.Stream, events.GetInt64(2), events.GetString(3), events.GetFieldValue<byte[]>(4));
                snapshot = snapshot.With(view.Kind, @event, events.GetFieldValue<DateTimeOffset>(5));
            }

            await Write(writer, snapshot);
            await writer.CompleteAsync(cancel);
        }

        async Task Write(NpgsqlBinaryImporter writer, Snapshot? snapshot)
        {
            if (snapshot is null) return;
            versions[(snapshot.Info.Jurisdiction.Value, snapshot.Info.Stream.Value)] = snapshot.Info.Version;
            foreach (var row in view.Rows(snapshot))
            {
                await writer.StartRowAsync(cancel);
                await writer.WriteAsync(snapshot.Info.Jurisdiction.Value, NpgsqlDbType.Text, cancel);
                await writer.WriteAsync(snapshot.Info.Stream.Value, NpgsqlDbType.Text, cancel);
                await writer.WriteAsync(snapshot.Info.Version, NpgsqlDbType.Bigint, cancel);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { } value) await writer.WriteAsync(value, view.Layout.Columns[i].DbType, cancel);
                    else await writer.WriteNullAsync(cancel);
                }
            }
        }
    }
}
