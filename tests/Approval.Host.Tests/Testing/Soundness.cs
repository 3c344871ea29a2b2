using System.Text;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Funds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Testing;

/// <summary>What must hold of every database, whatever happened to it.</summary>
/// <param name="services">The services of a host that is built and not started.</param>
/// <param name="connection">The database.</param>
internal sealed class Soundness(IServiceProvider services, string connection) : IAsyncDisposable
{
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connection);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>The versions of every stream run without a gap up to the one that the stream's row says.</summary>
    public async Task StreamsAreWhole() =>
        (await Number(
            """
            select count(*) from mt_streams s full join
                (select tenant_id, stream_id, count(*) n, min(version) first, max(version) last from mt_events group by 1, 2) e on e.tenant_id = s.tenant_id and e.stream_id = s.id
            where s.version is distinct from e.last or e.n is distinct from e.last or e.first is distinct from 1
            """)).ShouldBe(0);

    /// <summary>No fund holds more than its ceiling at any position of the record.</summary>
    public async Task<int> FundsAreNeverOverdrawn()
    {
        var types = services.GetRequiredService<EventTypes>();
        var funds = new Dictionary<string, Fund>();
        var moves = 0;
        await foreach (var row in Rows("select stream_id, version::text, type, data::text, seq_id::text from mt_events e where stream_id like 'fund-%' order by e.seq_id"))
        {
            var fund = Fund.Evolve(funds.GetValueOrDefault(row[0]), types.Read(new(row[0]), long.Parse(row[1]), row[2], Encoding.UTF8.GetBytes(row[3])));
            funds[row[0]] = fund;
            fund.Held.ShouldBeLessThanOrEqualTo(fund.Ceiling, $"{row[0]} at position {row[4]}");
            moves++;
        }

        return moves;
    }

    /// <summary>Whether everything that follows the record has come to its end, and no deadline is due.</summary>
    public async Task<bool> AllHasSettled()
    {
        try
        {
            var views = await services.GetRequiredService<AsyncViewStatuses>().All(default);
            return views.All(v => v.State == ViewState.Running && v.LagEvents == 0)
                && await Number("select count(*) from approval.deadlines where at <= now()") == 0
                && await Number("select count(*) from mt_events e where not exists (select from approval.seal s where s.seq_id = e.seq_id)") == 0;
        }
        catch (NpgsqlException)
        {
            return false; // a connection from before the server was killed
        }
    }

    /// <summary>Every row of every view is the same after all were built anew. No host runs meanwhile.</summary>
    public async Task<int> ViewsEqualTheirRebuild()
    {
        var before = await Tables();
        var (exit, said) = await HostProcess.Run(connection, "rebuild");
        exit.ShouldBe(0, said);
        var after = await Tables();
        foreach (var (table, rows) in before) after[table].ShouldBe(rows, table);
        return before.Count;
    }

    /// <summary>The evidence of the whole record verifies, and nothing waits for its seal.</summary>
    public async Task TheRecordVerifies()
    {
        var (exit, said) = await HostProcess.Run(connection, "verify");
        exit.ShouldBe(0, said);
        said.ShouldContain("; 0 wait for their seal.");
    }

    /// <summary>One number.</summary>
    public async Task<long> Number(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    /// <summary>The rows of a query, as text.</summary>
    public async IAsyncEnumerable<string[]> Rows(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
    }

    private async Task<SortedDictionary<string, string>> Tables()
    {
        var (later, tables) = (services.GetRequiredService<AsyncViews>().All.Where(v => v.Definition(v.Table).Any()).Select(v => v.Table), new SortedDictionary<string, string>());
        foreach (var table in services.GetRequiredService<Views>().All.Select(v => v.Table).Concat(later).Append("approval.deadlines"))
        {
            var rows = new StringBuilder();
            await foreach (var row in Rows($"select t::text from {table} t order by t::text collate \"C\"")) rows.AppendLine(row[0]);
            tables.Add(table, rows.ToString());
        }

        return tables;
    }
}
