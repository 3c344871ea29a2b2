using Approval.Http;
using Npgsql;

namespace Approval.Webhooks;

/// <summary>Reads the webhooks of a jurisdiction, for the API and the pages.</summary>
public sealed class WebhookQueries(NpgsqlDataSource database)
{
    const string Columns =
        """
        w.id, w.url, w.types, w.created, w.position, w.attempts, w.next_attempt, w.last_error, w.stopped,
        (select count(*) from approval.webhook_dead_letters d where d.jurisdiction = w.jurisdiction and d.webhook = w.id)
        """;

    /// <summary>A webhook.</summary>
    /// <exception cref="ProblemException">There is none of that id.</exception>
    public async Task<Webhook> One(JurisdictionId jurisdiction, string id, CancellationToken cancel) =>
        (await All(jurisdiction, id, cancel)).SingleOrDefault() ?? throw new ProblemException(Faults.Unknown.With());

    /// <summary>The webhooks, the oldest first; only the one of that id, if one is given.</summary>
    public async Task<IReadOnlyList<Webhook>> All(JurisdictionId jurisdiction, string? id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select {Columns} from approval.webhooks w where w.jurisdiction = $1 and ($2 = '' or w.id = $2) order by w.created, w.id");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        command.Parameters.Add(new() { Value = id ?? "" });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var hooks = new List<Webhook>();
        while (await reader.ReadAsync(cancel))
        {
            hooks.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt64(4), reader.GetInt32(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8),
                reader.GetInt64(9)));
        }

        return hooks;
    }

    /// <summary>What a webhook did not take, in the order of the record.</summary>
    public async Task<Page<DeadLetter>> DeadLetters(JurisdictionId jurisdiction, string id, Paging paging, CancellationToken cancel)
    {
        var after = Cursor.Number(paging) ?? 0;
        await using var command = database.CreateCommand(
            """
            select position, event_id, type, attempts, error, given_up, replay_asked from approval.webhook_dead_letters
            where jurisdiction = $1 and webhook = $2 and position > $3 order by position limit $4
            """);
        foreach (var value in new object[] { jurisdiction.Value, id, after, paging.Limit + 1L }) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancel))
        {
            letters.Add(new(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6)));
        }

        return letters.Count > paging.Limit ? new(letters[..paging.Limit], Cursor.Write([letters[paging.Limit - 1].Position])) : new(letters, null);
    }
}
