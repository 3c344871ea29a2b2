using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Approval.Evidence;

/// <summary>The sealed logs in the database, and their heads.</summary>
public sealed class Logs(Databases databases, SigningKey key, TimeProvider clock)
{
    /// <summary>The tree of a jurisdiction's log; null if nothing is sealed yet.</summary>
    internal static async Task<MerkleTree?> Tree(NpgsqlConnection connection, string jurisdiction, CancellationToken cancel)
    {
        await using var command = connection.Command("select hash, size, edge from approval.evidence_logs where jurisdiction = $1", jurisdiction);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? MerkleTree.At(Function(reader.GetString(0)), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    const int HeadsShown = 20;

    /// <summary>How a jurisdiction's evidence stands.</summary>
    /// <param name="jurisdiction">The jurisdiction.</param>
    /// <param name="verification">The newest verification by this host.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<EvidenceStatus> Status(JurisdictionId jurisdiction, VerificationStatus? verification, CancellationToken cancel)
    {
        await using var connection = await databases.Host.OpenConnectionAsync(cancel);
        var tree = await Tree(connection, jurisdiction.Value, cancel);
        return new(
            tree?.Hash.Name, tree?.Size ?? 0, key.PublicKey, await Heads(jurisdiction.Value, HeadsShown, cancel), verification,
            await HeadDelivery.Places(connection, jurisdiction, cancel));
    }

    /// <summary>Heads of a jurisdiction, the newest first.</summary>
    public async Task<IReadOnlyList<SignedHead>> Heads(string jurisdiction, int limit, CancellationToken cancel)
    {
        await using var connection = await databases.Host.OpenConnectionAsync(cancel);
        return await Heads(connection, "where jurisdiction = $1 order by size desc limit $2", cancel, jurisdiction, limit);
    }

    /// <summary>The head of a size; null if there is none.</summary>
    public async Task<SignedHead?> Head(string jurisdiction, long size, CancellationToken cancel)
    {
        await using var connection = await databases.Host.OpenConnectionAsync(cancel);
        return (await Heads(connection, "where jurisdiction = $1 and size = $2", cancel, jurisdiction, size)).SingleOrDefault();
    }

    /// <summary>Signs a jurisdiction's log as it is now; the head that is there, if it has not grown since. Null if nothing is sealed or there is no key.</summary>
    public async Task<SignedHead?> Sign(string jurisdiction, CancellationToken cancel)
    {
        if (key.PublicKey is null) return null;
        await using var connection = await databases.Owner.OpenConnectionAsync(cancel);
        if (await Tree(connection, jurisdiction, cancel) is not { } tree) return null;
        var now = clock.GetUtcNow();
        var head = key.Sign(jurisdiction, tree, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        await connection.Run(
            "insert into approval.head (jurisdiction, size, hash, root, at, key, signature) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing", cancel,
            head.Jurisdiction, head.Size, head.Hash, head.Root, head.At, head.Key, head.Signature);
        return (await Heads(connection, "where jurisdiction = $1 and size = $2", cancel, jurisdiction, tree.Size)).Single();
    }

    /// <summary>Heads that a condition chooses.</summary>
    internal static async Task<IReadOnlyList<SignedHead>> Heads(NpgsqlConnection connection, string where, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.Command($"select jurisdiction, hash, size, root, at, key, signature from approval.head {where}", values);
        var heads = new List<SignedHead>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            heads.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), reader.GetString(6)));
        return heads;
    }

    /// <summary>The leaves of events: those at a version of a stream.</summary>
    internal static async Task<Dictionary<(string Jurisdiction, string Stream), byte[]>> Links(
        NpgsqlConnection connection, IReadOnlyCollection<(string Jurisdiction, string Stream, long Version)> at, CancellationToken cancel)
    {
        var links = new Dictionary<(string, string), byte[]>();
        if (at.Count == 0) return links;
        await using var command = new NpgsqlCommand(
            """
            select s.jurisdiction, s.stream, s.leaf_hash
            from unnest($1::text[], $2::text[], $3::bigint[]) k (jurisdiction, stream, version) join approval.seal s using (jurisdiction, stream, version)
            """, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = at.Select(a => a.Jurisdiction).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = at.Select(a => a.Stream).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = at.Select(a => a.Version).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) links[(reader.GetString(0), reader.GetString(1))] = reader.GetFieldValue<byte[]>(2);
        return links;
    }

    /// <summary>The hash function that a log names.</summary>
    internal static LogHash Function(string name) => LogHash.Named(name) ?? throw new InvalidOperationException($"The log names the hash function {name}, which this release does not know.");
}
