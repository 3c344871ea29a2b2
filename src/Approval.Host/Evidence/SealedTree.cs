using Approval.EventStore.Subscriptions;
using Npgsql;

namespace Approval.Evidence;

/// <summary>The full subtrees of a jurisdiction's log, as proofs need them: those of every eighth level are stored, the others are made of at most 256 of these.</summary>
sealed class SealedTree(NpgsqlConnection connection, LogHash hash, string jurisdiction, CancellationToken cancel)
{
    /// <summary>Every how many levels the hashes are stored.</summary>
    public const int Step = 8;

    readonly Dictionary<(int Level, long Index), byte[]> known = [];

    /// <summary>The hash of a full subtree.</summary>
    public async ValueTask<byte[]> Subtree(int level, long index)
    {
        if (known.TryGetValue((level, index), out var found)) return found;
        if (level % Step != 0)
        {
            var (left, right) = (await Subtree(level - 1, 2 * index), await Subtree(level - 1, (2 * index) + 1));
            return known[(level, index)] = hash.Node(left, right);
        }

        var first = index >> Step << Step;
        await using var command = level == 0
            ? connection.Command("select leaf_index, leaf_hash from approval.seal where jurisdiction = $1 and leaf_index >= $2 and leaf_index < $3", jurisdiction, first, first + (1 << Step))
            : connection.Command(
                "select node_index, hash from approval.seal_nodes where jurisdiction = $1 and node_index >= $2 and node_index < $3 and level = $4",
                jurisdiction, first, first + (1 << Step), level);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) known[(level, reader.GetInt64(0))] = reader.GetFieldValue<byte[]>(1);
        return known.TryGetValue((level, index), out found) ? found : throw new BrokenLogException(jurisdiction, level, index);
    }
}

/// <summary>A part of the sealed log is not there.</summary>
sealed class BrokenLogException(string jurisdiction, int level, long index)
    : InvalidOperationException($"The log of {jurisdiction} lacks the hash {index} of level {level}: verify the record.");
