using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>
/// Builds the rows of views anew from all their streams, beside the tables in use, and swaps them: the views of one kind of stream in one reading of the record.
/// Commands go on meanwhile; what they changed is brought up to date while the old tables are locked for the swap.
/// </summary>
public static class ViewRebuild
{
    /// <summary>Builds views.</summary>
    /// <param name="owner">Connections of the user that owns the schema.</param>
    /// <param name="types">The events known.</param>
    /// <param name="views">The views. Should one fail, those of its kind of stream stay as they were.</param>
    public static async Task Run(NpgsqlDataSource owner, EventTypes types, params IReadOnlyList<View> views)
    {
        foreach (var kind in views.GroupBy(v => v.Kind))
        {
            await using var source = await owner.OpenConnectionAsync();
            await using var connection = await owner.OpenConnectionAsync();
            await new Build(types, kind.Key, [.. kind.OrderBy(v => v.Name, StringComparer.Ordinal)], source, connection).Run();
        }
    }

    sealed class Build(EventTypes types, Kind kind, IReadOnlyList<View> views, NpgsqlConnection source, NpgsqlConnection connection)
    {
        readonly Dictionary<(string Jurisdiction, string Stream), long> versions = [];

        public async Task Run()
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var view in views)
            {
                await Execute($"drop table if exists {Next(view)}");
                await Execute(view.Definition(Next(view)).First());
            }

            await Fill(WholeRecord.Of(kind));
            foreach (var statement in views.SelectMany(v => v.Definition(Next(v)).Skip(1))) await Execute(statement);

            // In the order of their names, in which commands write to them.
            foreach (var view in views) await Execute($"create table if not exists {view.Table} ()");
            await Execute($"lock table {string.Join(", ", views.Select(v => v.Table))} in access exclusive mode");
            foreach (var late in (await Late()).Chunk(500))
            {
                var streams = string.Join(", ", late.Select(l => $"({RawEvents.Quoted(l.Jurisdiction)}, {RawEvents.Quoted(l.Stream)})"));
                foreach (var view in views) await Execute($"delete from {Next(view)} where (jurisdiction, stream) in ({streams})");
                await Fill($"(tenant_id, stream_id) in ({streams})");
            }

            foreach (var view in views) await Swap(view);
            await transaction.CommitAsync();
        }

        static string Next(View view) => $"{view.Table}_next";

        /// <summary>Writes the rows of some streams.</summary>
        Task Fill(string streams) => WholeRecord.Fold(source, types, kind, streams, async (piece, _) =>
        {
            foreach (var snapshot in piece) versions[(snapshot.Info.Jurisdiction.Value, snapshot.Info.Stream.Value)] = snapshot.Info.Version;
            foreach (var view in views) await view.Copy(connection, Next(view), piece);
        });

        /// <summary>The streams that are elsewhere than they were when they were read.</summary>
        async Task<List<(string Jurisdiction, string Stream)>> Late()
        {
            var found = new List<(string, string)>();
            await using var command = new NpgsqlCommand("select tenant_id, id, version from public.mt_streams where id = $1 or id like $1 || '-%'", source) { CommandTimeout = 0 };
            command.Parameters.Add(new() { Value = kind.Name, NpgsqlDbType = NpgsqlDbType.Varchar });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var key = (reader.GetString(0), reader.GetString(1));
                if (versions.GetValueOrDefault(key) != reader.GetInt64(2)) found.Add(key);
            }

            return found;
        }

        async Task Swap(View view)
        {
            await Execute($"drop table {view.Table}");
            await Execute($"alter table {Next(view)} rename to {view.Name}");
            await Execute($"alter table {view.Table} rename constraint {view.Name}_next_key to {view.Name}_key");
            foreach (var column in view.Layout.Columns.Where(c => c.Indexed))
                await Execute($"alter index approval.{view.Name}_next_{column.Name} rename to {view.Name}_{column.Name}");
            await using var record = new NpgsqlCommand(
                "insert into approval.views (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, built = now()", connection);
            record.Parameters.Add(new() { Value = view.Name });
            record.Parameters.Add(new() { Value = view.Hash });
            await record.ExecuteNonQueryAsync();
        }

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }
}
