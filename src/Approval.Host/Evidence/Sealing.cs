using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.SignIn;
using Npgsql;
using NpgsqlTypes;

namespace Approval.Evidence;

/// <summary>
/// Enters every settled event into its stream's chain and its jurisdiction's log, whoever wrote it; one host at a time. Seals, tree and checkpoint are one
/// transaction. Signs heads at an interval.
/// </summary>
sealed class Sealing(Databases databases, EventLog events, Logs logs, IConfiguration configuration, TimeProvider clock, ILogger<Sealing> log) : BackgroundService
{
    internal const string Checkpoint = "Evidence:All";
    const int Batch = 2000;
    const int KnownLinks = 10_000;

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100); // events of so long are sealed together

    readonly LogHash hash = LogHash.Named(configuration["Evidence:Hash"] ?? "sha-256") ?? throw new MisconfiguredException("Evidence:Hash must be sha-256 or sm3.");
    readonly TimeSpan headEvery = configuration.Setting("Evidence:HeadEvery", TimeSpan.FromMinutes(10));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Sealing the record", Work, log, stoppingToken);

    async Task Work(CancellationToken stop)
    {
        await using var lease = await Lease.Take(databases, Checkpoint, stop);
        var session = lease.Connection;
        await session.Run("insert into public.mt_event_progression (name, last_seq_id) values ($1, 0) on conflict do nothing", stop, Checkpoint);
        var position = (long)(await session.Scalar("select last_seq_id from public.mt_event_progression where name = $1", stop, Checkpoint))!;
        var trees = new Dictionary<string, MerkleTree>();
        var links = new Dictionary<(string, string), byte[]>();
        var signed = clock.GetTimestamp();
        while (true)
        {
            if (clock.GetElapsedTime(signed) >= headEvery)
            {
                foreach (var jurisdiction in await Grown(session, stop)) await logs.Sign(jurisdiction, stop);
                signed = clock.GetTimestamp();
            }

            var settled = events.Settled;
            if (settled <= position)
            {
                await events.Wait(position, Look, stop);
                continue;
            }

            var seals = await Read(session, position, settled, stop);
            if (links.Count > KnownLinks) links.Clear();
            await Link(session, seals, trees, links, stop);
            var upTo = seals.Count == Batch ? seals[^1].Event.Position : settled;
            await Write(session, seals, trees, position, upTo, stop);
            position = upTo;
            if (seals.Count < Batch) await Task.Delay(Gather, stop);
        }
    }

    /// <summary>The logs that no head covers whole.</summary>
    static async Task<List<string>> Grown(NpgsqlConnection session, CancellationToken stop)
    {
        await using var command = session.Command(
            "select jurisdiction from approval.evidence_logs l where not exists (select from approval.head h where h.jurisdiction = l.jurisdiction and h.size = l.size)");
        await using var reader = await command.ExecuteReaderAsync(stop);
        var grown = new List<string>();
        while (await reader.ReadAsync(stop)) grown.Add(reader.GetString(0));
        return grown;
    }

    /// <summary>An event on its way into the log.</summary>
    sealed record Seal(CanonicalEvent Event, byte[] Metadata, byte[] Content)
    {
        public string Jurisdiction => Event.Jurisdiction ?? "";

        public string Stream => Event.Stream ?? "";

        public long Leaf { get; set; }

        public byte[] ContentHash { get; set; } = [];

        public byte[] Link { get; } = new byte[LogHash.Length];
    }

    static async Task<List<Seal>> Read(NpgsqlConnection session, long after, long upTo, CancellationToken stop)
    {
        var seals = new List<Seal>();
        await RawEvents.Read(session, after, upTo, Batch, (_, metadata, content) => seals.Add(new(CanonicalEvent.Read(metadata), metadata.ToArray(), content.ToArray())), stop);
        return seals;
    }

    async Task Link(NpgsqlConnection session, List<Seal> seals, Dictionary<string, MerkleTree> trees, Dictionary<(string, string), byte[]> links, CancellationToken stop)
    {
        foreach (var jurisdiction in seals.Select(s => s.Jurisdiction).Distinct())
        {
            if (!trees.ContainsKey(jurisdiction)) trees.Add(jurisdiction, await Logs.Tree(session, jurisdiction, stop) ?? new(hash));
        }

        var before = seals.Where(s => s.Event.Version > 1 && !links.ContainsKey((s.Jurisdiction, s.Stream))).Select(s => (s.Jurisdiction, s.Stream, Version: s.Event.Version - 1))
            .GroupBy(s => (s.Jurisdiction, s.Stream)).Select(g => g.MinBy(s => s.Version)).ToList();
        foreach (var (stream, link) in await Logs.Links(session, before, stop)) links[stream] = link;
        foreach (var seal in seals)
        {
            var function = trees[seal.Jurisdiction].Hash;
            seal.ContentHash = function.Of(seal.Content);
            var previous = seal.Event.Version > 1 && links.TryGetValue((seal.Jurisdiction, seal.Stream), out var link) ? link : CanonicalEvent.Beginning;
            CanonicalEvent.Leaf(function, previous, seal.ContentHash, seal.Metadata, seal.Link);
            links[(seal.Jurisdiction, seal.Stream)] = seal.Link;
        }
    }

    static async Task Write(NpgsqlConnection session, List<Seal> seals, Dictionary<string, MerkleTree> trees, long after, long upTo, CancellationToken stop)
    {
        var nodes = new List<(string Jurisdiction, int Level, long Index, byte[] Hash)>();
        foreach (var seal in seals)
        {
            var tree = trees[seal.Jurisdiction];
            seal.Leaf = tree.Size;
            tree.Append(seal.Link, (level, index, node) =>
            {
                if (level % SealedTree.Step == 0) nodes.Add((seal.Jurisdiction, level, index, node.ToArray()));
            });
        }

        await using var transaction = await session.BeginTransactionAsync(stop);
        if (seals.Count > 0)
        {
            await using var writer = await session.BeginBinaryImportAsync(
                "copy approval.seal (seq_id, jurisdiction, leaf_index, stream, version, content_hash, leaf_hash) from stdin (format binary)", stop);
            foreach (var seal in seals)
            {
                await writer.StartRowAsync(stop);
                await writer.WriteAsync(seal.Event.Position, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(seal.Jurisdiction, NpgsqlDbType.Text, stop);
                await writer.WriteAsync(seal.Leaf, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(seal.Stream, NpgsqlDbType.Text, stop);
                await writer.WriteAsync(seal.Event.Version, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(seal.ContentHash, NpgsqlDbType.Bytea, stop);
                await writer.WriteAsync(seal.Link, NpgsqlDbType.Bytea, stop);
            }

            await writer.CompleteAsync(stop);
        }

        foreach (var (jurisdiction, level, index, node) in nodes)
            await session.Run("insert into approval.seal_nodes (jurisdiction, level, node_index, hash) values ($1, $2, $3, $4)", stop, jurisdiction, level, index, node);
        foreach (var jurisdiction in seals.Select(s => s.Jurisdiction).Distinct())
        {
            var tree = trees[jurisdiction];
            await session.Run(
                """
                insert into approval.evidence_logs (jurisdiction, hash, size, edge) values ($1, $2, $3, $4)
                on conflict (jurisdiction) do update set size = excluded.size, edge = excluded.edge, changed = now()
                """, stop, jurisdiction, tree.Hash.Name, tree.Size, tree.Edge());
        }

        var written = await session.Run(
            "update public.mt_event_progression set last_seq_id = $2, last_updated = transaction_timestamp() where name = $1 and last_seq_id = $3", stop, Checkpoint, upTo, after);
        if (written != 1) throw new CheckpointMovedException(Checkpoint);
        await transaction.CommitAsync(stop);
    }
}
