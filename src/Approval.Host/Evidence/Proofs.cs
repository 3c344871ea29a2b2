using Approval.EventStore;
using Approval.EventStore.Subscriptions;

namespace Approval.Evidence;

/// <summary>Makes proofs of streams.</summary>
public sealed class Proofs(Databases databases, Logs logs)
{
    /// <summary>The stream's newest events wait for their seal.</summary>
    public static readonly RefusalKind Pending = new("evidence-pending", RefusalSort.Rule, "最新事件尚未封存，请稍后再试。", "The newest events are not sealed yet: try again in a moment.");

    /// <summary>No head vouches for the events.</summary>
    public static readonly RefusalKind Unsigned = new("evidence-unsigned", RefusalSort.Rule, "尚未配置签名密钥，无法出具证明。", "No head vouches for this: the host has no signing key.");

    /// <summary>The proof of a stream; the head is signed now, if none covers its last event.</summary>
    public async Task<(StreamProof? Proof, RefusalKind? Refused)> Of(JurisdictionId jurisdiction, StreamId stream, CancellationToken cancel)
    {
        await using var connection = await databases.Host.OpenConnectionAsync(cancel);
        var events = new List<(byte[] Metadata, byte[] Content)>();
        await RawEvents.Read(connection, jurisdiction, stream, (_, metadata, content) => events.Add((metadata.ToArray(), content.ToArray())), cancel);
        var leaves = new List<long>();
        await using (var command = connection.Command("select leaf_index from approval.seal where jurisdiction = $1 and stream = $2 order by version", jurisdiction.Value, stream.Value))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel)) leaves.Add(reader.GetInt64(0));
        }

        if (leaves.Count < events.Count || leaves.Count == 0) return (null, Pending);
        var head = (await Logs.Heads(connection, "where jurisdiction = $1 and size > $2 order by size desc limit 1", cancel, jurisdiction.Value, leaves.Max())).SingleOrDefault()
            ?? await logs.Sign(jurisdiction.Value, cancel);
        if (head is null) return (null, Unsigned);

        var hash = Logs.Function(head.Hash);
        var tree = new SealedTree(connection, hash, jurisdiction.Value, cancel);
        var proven = new List<ProvenEvent>();
        foreach (var ((metadata, content), leaf) in events.Zip(leaves))
        {
            var path = await MerkleTree.Inclusion(hash, leaf, head.Size, tree.Subtree);
            proven.Add(new(leaf, metadata, content, [.. path.Select(Convert.ToHexStringLower)]));
        }

        return (new(StreamProof.CurrentFormat, stream.Value, head, proven), null);
    }
}
