using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Intake;
using Npgsql;

namespace Approval.Inbox;

/// <summary>A proposal that waits for somebody.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">The unit that proposes.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Revision">The newest revision.</param>
/// <param name="Version">Its version.</param>
/// <param name="Waits">What it waits for, each with the key of those whose turn it is.</param>
public sealed record WaitingProposal(ProposalId Id, string Title, UnitId Unit, Stage Stage, int Revision, long Version, IReadOnlyList<(string Key, Wait Wait)> Waits)
{
    /// <summary>The columns of <see cref="Read"/>.</summary>
    public const string Columns = "id, title, unit, stage, revision, version, waits";

    /// <summary>The proposal at which a reader of <see cref="Columns"/> stands; null if it waits for nobody.</summary>
    public static WaitingProposal? Read(NpgsqlDataReader r)
    {
        var waits = JsonSerializer.Deserialize<Wait[]>(r.GetFieldValue<byte[]>(6), Json.Events)!;
        return waits.Length == 0 ? null : new(
            new(r.GetString(0)), r.GetString(1), new(r.GetString(2)), JsonSerializer.Deserialize<Stage>($"\"{r.GetString(3)}\"", Json.Events),
            (int)r.GetInt64(4), r.GetInt64(5), [.. waits.Select(w => (w.Key, w))]);
    }
}

/// <summary>The proposals by the keys of those for whom they wait.</summary>
public sealed class WaitsByKey : ITotals<WaitingProposal>
{
    readonly Dictionary<string, HashSet<WaitingProposal>> byKey = [];

    /// <inheritdoc/>
    public void Add(WaitingProposal row)
    {
        foreach (var (key, _) in row.Waits)
        {
            if (!byKey.TryGetValue(key, out var rows)) byKey[key] = rows = new(ReferenceEqualityComparer.Instance);
            rows.Add(row);
        }
    }

    /// <inheritdoc/>
    public void Remove(WaitingProposal row)
    {
        foreach (var (key, _) in row.Waits)
        {
            if (byKey.TryGetValue(key, out var rows) && rows.Remove(row) && rows.Count == 0) byKey.Remove(key);
        }
    }

    /// <summary>Those that wait for somebody with one of these keys.</summary>
    public IReadOnlyList<WaitingProposal> Of(IEnumerable<string> keys) =>
        [.. keys.SelectMany(k => byKey.GetValueOrDefault(k, [])).Distinct<WaitingProposal>(ReferenceEqualityComparer.Instance)];
}

/// <summary>What proposals wait for now, kept in memory: most wait for the office, whose inbox puts all of them in order.</summary>
public sealed class KeptWaits(NpgsqlDataSource database, EventLog events)
{
    readonly KeptRows<WaitingProposal, WaitsByKey> kept = new(database, events, ProposalView.List, WaitingProposal.Columns);

    /// <summary>The proposals of a jurisdiction that wait for somebody with one of these keys.</summary>
    public Task<IReadOnlyList<WaitingProposal>> Of(JurisdictionId jurisdiction, IReadOnlyCollection<string> keys, CancellationToken cancel) =>
        kept.Ask(jurisdiction, "", WaitingProposal.Read, (_, waits) => waits.Of(keys), cancel);
}
