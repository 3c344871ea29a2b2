using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Npgsql;

namespace Approval.Evidence;

/// <summary>How the record was found to be broken.</summary>
public enum Breach
{
    /// <summary>An event's data are not those that were sealed.</summary>
    [Words("事件内容被改", "The content was edited")]
    ContentEdited,

    /// <summary>Who, when, id or other metadata of an event are not those that were sealed.</summary>
    [Words("事件元数据被改", "The metadata were edited")]
    MetadataEdited,

    /// <summary>A sealed event is gone, and later ones are there.</summary>
    [Words("事件被删除", "The event was deleted")]
    Deleted,

    /// <summary>The events from here to the end are gone.</summary>
    [Words("记录尾部被截断", "The tail was cut off")]
    Truncated,

    /// <summary>Another event stands in the place of the sealed one.</summary>
    [Words("事件顺序被改", "The order was changed")]
    Reordered,

    /// <summary>An event that was never sealed stands among sealed ones.</summary>
    [Words("插入了未封存的事件", "An event was smuggled in")]
    Inserted,

    /// <summary>The seals themselves do not fit together.</summary>
    [Words("封存数据被改", "The seals were edited")]
    SealsEdited,

    /// <summary>Everything fits together, and is not what a signed head vouches for.</summary>
    [Words("整条链被重算", "The log was made anew")]
    Remade,

    /// <summary>The newest head is not signed by its key.</summary>
    [Words("签名无效", "A head's signature is not valid")]
    HeadForged,
}

/// <summary>The first place where the record is broken.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="What">How.</param>
/// <param name="Stream">The stream of the sealed event.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Leaf">Its place in the jurisdiction's log.</param>
/// <param name="Explanation">One sentence.</param>
public sealed record BrokenPlace(string Jurisdiction, Breach What, string? Stream, long? Version, long? Position, long? Leaf, string Explanation);

/// <summary>What a verification found.</summary>
/// <param name="Events">The events checked.</param>
/// <param name="NotYetSealed">Events at the end of the record that wait for their seal.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Heads">The signed heads that the record was compared with.</param>
/// <param name="Logs">The logs as computed from the events, whole ones only.</param>
/// <param name="Broken">The first broken place of each jurisdiction; empty if all is well.</param>
public sealed record VerificationResult(
    long Events, long NotYetSealed, double Seconds, int Heads, IReadOnlyList<LogState> Logs, IReadOnlyList<BrokenPlace> Broken);

/// <summary>A log's size and root.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Size">How many events.</param>
/// <param name="Root">The tree's hash in hexadecimal.</param>
public sealed record LogState(string Jurisdiction, long Size, string Root);

/// <summary>
/// Computes the logs anew from the events and compares them with the seals and with signed heads. Streams over the record in pieces of a fixed number of
/// positions, one more at a time than there are processors, so that none waits for the database; memory does not grow with the record.
/// </summary>
/// <param name="database">Connections that may read and are not shared.</param>
/// <param name="only">The jurisdiction; null for all.</param>
/// <param name="outside">Heads kept elsewhere.</param>
sealed class Verification(NpgsqlDataSource database, string? only, IReadOnlyList<SignedHead> outside)
{
    const int Piece = 1 << 14;

    static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount + 1, 3, 8);

    readonly ConcurrentDictionary<string, Log> logs = [];
    readonly ConcurrentBag<NpgsqlConnection> idle = [];
    long done, goal;

    /// <summary>The share done, 0 to 1.</summary>
    public double Share => Interlocked.Read(ref goal) is > 0 and var to ? Math.Min(1, (double)Interlocked.Read(ref done) / to) : 0;

    /// <summary>Checks everything.</summary>
    public async Task<VerificationResult> Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync(cancel);
        var pieces = new Queue<Task<Checked>>();
        try
        {
            var sealedTo = await Begin(connection, cancel);
            Interlocked.Exchange(ref goal, sealedTo);
            for (long next = 0; next < sealedTo || pieces.Count > 0;)
            {
                for (; pieces.Count < AtOnce && next < sealedTo; next += Piece)
                {
                    var (after, upTo) = (next, Math.Min(next + Piece, sealedTo));
                    pieces.Enqueue(Task.Run(() => Check(after, upTo, cancel), cancel));
                }

                var piece = await pieces.Dequeue();
                await Append(piece, connection, cancel);
                Interlocked.Exchange(ref done, piece.UpTo);
            }

            foreach (var log in logs.Values) log.Broken ??= log.AtEnd();
            return new(
                logs.Values.Sum(l => l.Tree.Size), await RawEvents.CountAfter(connection, sealedTo, only, cancel), Math.Round(watch.Elapsed.TotalSeconds, 3), logs.Values.Sum(l => l.Compared),
                [.. logs.Values.Where(l => l.Broken is null).OrderBy(l => l.Name).Select(l => new LogState(l.Name, l.Tree.Size, Convert.ToHexStringLower(l.Tree.Root())))],
                [.. logs.Values.Select(l => l.Broken).OfType<BrokenPlace>().OrderBy(b => b.Position ?? long.MaxValue)]);
        }
        finally
        {
            foreach (var piece in pieces) await ((Task)piece).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var used in idle) await used.DisposeAsync();
        }
    }

    async Task<long> Begin(NpgsqlConnection connection, CancellationToken cancel)
    {
        // One snapshot for where sealing stands and what it says of each log.
        await using var command = connection.Command(
            """
            select l.jurisdiction, l.hash, l.size, l.edge,
                   greatest(coalesce((select last_seq_id from public.mt_event_progression where name = $1), 0), coalesce((select max(seq_id) from approval.seal), 0))
            from (select 1) one left join approval.evidence_logs l on $2::text is null or l.jurisdiction = $2
            """, Sealing.Checkpoint, only);
        var sealedTo = 0L;
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                sealedTo = reader.GetInt64(4);
                if (!reader.IsDBNull(0)) logs[reader.GetString(0)] = new(reader.GetString(0), Logs.Function(reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
            }
        }

        foreach (var log in logs.Values) log.Heads.AddRange(await Logs.Heads(connection, "where jurisdiction = $1 order by size", cancel, log.Name));
        foreach (var head in outside.Where(h => only is null || h.Jurisdiction == only))
        {
            logs.GetOrAdd(head.Jurisdiction, name => new(name, LogHash.Named(head.Hash) ?? LogHash.Sha256, 0, [])).Outside.Add(head);
        }

        foreach (var log in logs.Values) log.Begin();
        return sealedTo;
    }

    /// <summary>Compares events and seals of a range of positions. The links to the stream's earlier events are taken from the seals, which are checked themselves where they stand.</summary>
    async Task<Checked> Check(long after, long upTo, CancellationToken cancel)
    {
        if (!idle.TryTake(out var connection)) connection = await database.OpenConnectionAsync(cancel);
        var (seals, links) = await Seals(connection, after, upTo, cancel);
        var broken = new List<Entry>();
        var at = 0;
        await RawEvents.Read(connection, after, upTo, int.MaxValue, Compare, cancel);
        for (; at < seals.Count; at++) broken.Add(new(at, seals[at], Breach.Deleted, null));
        idle.Add(connection);
        return new(upTo, seals, broken);

        void Compare(long position, ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> content)
        {
            for (; at < seals.Count && seals[at].Position < position; at++) broken.Add(new(at, seals[at], Breach.Deleted, null));
            if (at == seals.Count || seals[at].Position != position)
            {
                var stranger = CanonicalEvent.Read(metadata);
                var jurisdiction = stranger.Jurisdiction ?? "";
                if (only is null || jurisdiction == only) broken.Add(new(at, new(position, jurisdiction, -1, stranger.Stream ?? "", stranger.Version, default, default), Breach.Inserted, null));
                return;
            }

            ref readonly var seal = ref CollectionsMarshal.AsSpan(seals)[at];
            var previous = links[at++];
            if (!logs.TryGetValue(seal.Jurisdiction, out var log) || previous.IsEmpty)
            {
                broken.Add(new(at - 1, seal, Breach.SealsEdited, null));
                return;
            }

            Span<byte> hash = stackalloc byte[LogHash.Length];
            log.Tree.Hash.Hash(content, hash);
            var sameContent = hash.SequenceEqual(seal.ContentHash.Span);
            CanonicalEvent.Leaf(log.Tree.Hash, previous.Span, hash, metadata, hash);
            if (!hash.SequenceEqual(seal.Leaf.Span)) broken.Add(new(at - 1, seal, sameContent ? Breach.MetadataEdited : Breach.ContentEdited, CanonicalEvent.Read(metadata)));
        }
    }

    /// <summary>The seals of a range of positions, and for each the leaf before it in its stream; none where there should be one and is not.</summary>
    async Task<(List<Seal> Seals, List<ReadOnlyMemory<byte>> Links)> Seals(NpgsqlConnection connection, long after, long upTo, CancellationToken cancel)
    {
        var (seals, links, hashes) = (new List<Seal>(Piece), new List<ReadOnlyMemory<byte>>(Piece), new Memory<byte>(new byte[2 * LogHash.Length * (upTo - after)]));
        var (jurisdiction, places) = ("", new Dictionary<string, Dictionary<string, int>>()); // of each stream's last seal
        var last = places[""] = [];
        var earlier = new List<(int At, (string Jurisdiction, string Stream, long Version) Wanted)>();
        await RawEvents.Rows(
            connection,
            $"select seq_id, jurisdiction, leaf_index, stream, version, content_hash, leaf_hash from approval.seal where seq_id > {after} and seq_id <= {upTo} order by seq_id",
            row =>
            {
                var position = row.Number();
                if (row.Text(jurisdiction) is var its && its != jurisdiction)
                {
                    jurisdiction = its;
                    if (!places.TryGetValue(jurisdiction, out last)) places.Add(jurisdiction, last = []);
                }

                if (only is not null && jurisdiction != only) return;
                var index = row.Number();
                var name = RawFields.Chars(row.Next(), stackalloc char[RawFields.Short]);
                var known = last.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var stream, out var before);
                var seal = new Seal(position, jurisdiction, index, stream ?? name.ToString(), row.Number(), Kept(row.Next()), Kept(row.Next()));
                if (seal.Version != 1 && !(known && seals[before].Version == seal.Version - 1)) earlier.Add((seals.Count, (jurisdiction, seal.Stream, seal.Version - 1)));
                links.Add(seal.Version == 1 ? Beginning : known ? seals[before].Leaf : default);
                last[seal.Stream] = seals.Count;
                seals.Add(seal);
            }, cancel);
        var found = await Logs.Links(connection, [.. earlier.Select(e => e.Wanted)], cancel);
        foreach (var (i, wanted) in earlier) links[i] = found.GetValueOrDefault((wanted.Jurisdiction, wanted.Stream));
        return (seals, links);

        ReadOnlyMemory<byte> Kept(ReadOnlySpan<byte> hash)
        {
            if (hash.Length > hashes.Length) return hash.ToArray();
            hash.CopyTo(hashes.Span);
            var kept = hashes[..hash.Length];
            hashes = hashes[hash.Length..];
            return kept;
        }
    }

    static readonly byte[] Beginning = CanonicalEvent.Beginning.ToArray();

    async Task Append(Checked piece, NpgsqlConnection connection, CancellationToken cancel)
    {
        var (log, broken) = ((Log?)null, 0);
        for (var at = 0; at <= piece.Seals.Count; at++)
        {
            for (; broken < piece.Broken.Count && piece.Broken[broken].At == at; broken++)
            {
                var entry = piece.Broken[broken];
                if (Of(entry.Seal) is not { Broken: null } whole) continue;
                var breach = await Sort(entry, connection, cancel);
                whole.Broken = entry.Seal.Place(breach, Explain(breach, entry));
            }

            if (at == piece.Seals.Count) return;
            log = log?.Name == piece.Seals[at].Jurisdiction ? log : Of(piece.Seals[at]);
            if (log.Broken is null) log.Append(piece.Seals[at]);
        }

        Log Of(Seal seal) => logs.GetOrAdd(seal.Jurisdiction, name => new(name, LogHash.Sha256, 0, []));
    }

    /// <summary>Tells the tail from the middle, and an exchange from an edit.</summary>
    static async Task<Breach> Sort(Entry entry, NpgsqlConnection connection, CancellationToken cancel)
    {
        var (seal, breach) = (entry.Seal, entry.Breach);
        if (breach == Breach.Deleted) return await RawEvents.AnyAfter(connection, seal.Jurisdiction, seal.Position, cancel) ? Breach.Deleted : Breach.Truncated;
        if (entry.Found is not { } found || (found.Jurisdiction == seal.Jurisdiction && found.Stream == seal.Stream && found.Version == seal.Version)) return breach;
        var known = await connection.Scalar(
            "select exists (select from approval.seal where jurisdiction = $1 and stream = $2 and version = $3)", cancel, found.Jurisdiction ?? "", found.Stream ?? "", found.Version);
        return known is true ? Breach.Reordered : Breach.MetadataEdited;
    }

    static string Explain(Breach breach, Entry entry)
    {
        var seal = entry.Seal;
        var place = $"Event {seal.Version} of {seal.Stream} at position {seal.Position}";
        return breach switch
        {
            Breach.ContentEdited => $"{place}: its data are not those that were sealed.",
            Breach.MetadataEdited => $"{place}: its metadata are not those that were sealed.",
            Breach.Deleted => $"{place} was sealed and is gone.",
            Breach.Truncated => $"{place} and all after it in the jurisdiction were sealed and are gone.",
            Breach.Reordered => $"{place}: there stands event {entry.Found!.Version} of {entry.Found.Stream} in its place.",
            Breach.Inserted => $"{place} was never sealed, and stands among sealed ones.",
            _ => $"{place}: the seal before it in its stream is missing, or the log that it belongs to.",
        };
    }

    /// <summary>A row of seals.</summary>
    readonly record struct Seal(long Position, string Jurisdiction, long Index, string Stream, long Version, ReadOnlyMemory<byte> ContentHash, ReadOnlyMemory<byte> Leaf)
    {
        public BrokenPlace Place(Breach breach, string explanation) => new(Jurisdiction, breach, Stream, Version, Position, Index < 0 ? null : Index, explanation);
    }

    /// <summary>What was found to be broken: at a seal's place, or before it, where an event stands that has none.</summary>
    sealed record Entry(int At, Seal Seal, Breach Breach, CanonicalEvent? Found);

    /// <summary>A piece of the record, compared.</summary>
    sealed record Checked(long UpTo, List<Seal> Seals, List<Entry> Broken);

    /// <summary>One jurisdiction's log as it grows again, and the heads that it must meet.</summary>
    sealed class Log(string name, LogHash hash, long sealedSize, byte[] sealedEdge)
    {
        Seal? last, afterVouched;
        long vouched;
        int next;
        List<SignedHead> all = [];

        public string Name => name;

        public MerkleTree Tree { get; } = new(hash);

        public List<SignedHead> Heads { get; } = [];

        public List<SignedHead> Outside { get; } = [];

        public int Compared => next;

        public BrokenPlace? Broken { get; set; }

        public void Begin()
        {
            all = [.. Heads.Concat(Outside).OrderBy(h => h.Size)];
            if (Outside.Concat(Heads.TakeLast(1)).FirstOrDefault(h => !h.IsSigned()) is { } forged) Broken = Forged(forged);
        }

        public void Append(Seal seal)
        {
            if (seal.Index != Tree.Size)
            {
                Broken = seal.Place(Breach.SealsEdited, $"Leaf {seal.Index} (event {seal.Version} of {seal.Stream} at position {seal.Position}) stands where leaf {Tree.Size} belongs.");
                return;
            }

            Tree.Append(seal.Leaf.Span);
            last = seal;
            if (seal.Index == vouched) afterVouched = seal;
            for (; next < all.Count && all[next].Size == Tree.Size; next++)
            {
                if (all[next].Hash == hash.Name && all[next].Root == Convert.ToHexStringLower(Tree.Root()))
                {
                    vouched = Tree.Size;
                    continue;
                }

                Broken = all[next].IsSigned() ? Remade(all[next]) : Forged(all[next]);
                return;
            }
        }

        public BrokenPlace? AtEnd()
        {
            if (all.Skip(next).FirstOrDefault() is { } head)
                return Missing(head.Size, $"the head signed at {head.At:yyyy-MM-dd HH:mm:ss} UTC");
            if (sealedSize > Tree.Size) return Missing(sealedSize, "the state of sealing");
            if (sealedSize < Tree.Size || !sealedEdge.AsSpan().SequenceEqual(Tree.Edge()))
                return new(name, Breach.SealsEdited, null, null, null, null, "The state of sealing is not what the seals make.");
            return null;
        }

        BrokenPlace Missing(long size, string witness) => new(
            name, Breach.Truncated, last?.Stream, last?.Version, last?.Position, Tree.Size,
            $"The log ends after {Tree.Size} events{(last is null ? "" : $", with event {last.Value.Version} of {last.Value.Stream} at position {last.Value.Position}")}; {witness} vouches for {size}.");

        BrokenPlace Remade(SignedHead head)
        {
            var first = (afterVouched ?? last)!.Value;
            return first.Place(
                Breach.Remade,
                $"The log fits together and is not the one of {head.Size} events signed at {head.At:yyyy-MM-dd HH:mm:ss} UTC by key {head.KeyId}: an event was changed from event {first.Version} of {first.Stream} at position {first.Position} (leaf {first.Index}) on.");
        }

        BrokenPlace Forged(SignedHead head) => new(
            name, Breach.HeadForged, null, null, null, head.Size, $"The head of {head.Size} events signed at {head.At:yyyy-MM-dd HH:mm:ss} UTC is not signed by key {head.KeyId}.");
    }
}
