using Npgsql;

namespace Approval.EventStore;

/// <summary>What one command writes: all of it, or nothing.</summary>
/// <param name="Recording">Its events; null if it is already so.</param>
/// <param name="Rows">The rows of current views that it changes.</param>
/// <param name="Answer">The answer remembered under the caller's key, if one was given.</param>
sealed record Change(Recording? Recording, IReadOnlyList<ChangedRows> Rows, RememberedAnswer? Answer);

/// <summary>
/// Commits what commands write. A command that comes while others are on their way waits until one of them is back, and then goes in one
/// transaction with all that wait: many commands cost one round trip and one wait for the disk. Where such a transaction fails, nothing of it
/// is recorded and each of its commands goes alone: none is refused for what another did, and none waits for what only another needs.
/// </summary>
/// <param name="databases">The database.</param>
public sealed class Commits(Databases databases)
{
    const int OnTheirWay = 2;
    const int TogetherAtMost = 64;
    const int EventsAtMost = 16; // a larger command, such as an import, would keep the others waiting

    readonly Lock gate = new();
    readonly Queue<Waiting> waiting = [];
    int sending;

    sealed class Waiting(Change change) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Change Change { get; } = change;
    }

    /// <summary>Ends when the change is committed.</summary>
    /// <param name="change">What is written.</param>
    /// <param name="contended">Whether a race was lost before: it then goes alone, lest it be lost again with others beside it.</param>
    /// <exception cref="PostgresException">It was not: a race was lost, or the database refused it for itself alone.</exception>
    internal async Task Commit(Change change, bool contended)
    {
        var alone = contended || change.Recording is not { Events.Count: <= EventsAtMost };
        if (alone || !await Together(change)) await Send(databases.Host, [change]);
    }

    /// <summary>Whether it was committed; otherwise nothing of it was.</summary>
    Task<bool> Together(Change change)
    {
        var mine = new Waiting(change);
        lock (gate)
        {
            waiting.Enqueue(mine);
            if (sending == OnTheirWay) return mine.Task;
            sending++;
        }

        using (ExecutionContext.SuppressFlow()) _ = SendAll();
        return mine.Task;
    }

    async Task SendAll()
    {
        while (Next() is { } group)
        {
            try
            {
                await Send(databases.Together, group.ConvertAll(w => w.Change));
                foreach (var sent in group) sent.SetResult(true);
                // Whose command is done may have the next one ready: it goes with the next group, not with the one after it.
                await Task.Yield();
            }
            catch (PostgresException e) when (e.InvariantSeverity == "ERROR" && (group.Count > 1 || e.SqlState == PostgresErrorCodes.LockNotAvailable))
            {
                // All of it was rolled back, so each may go again. After anything worse nobody knows, and nobody may.
                foreach (var sent in group) sent.SetResult(false);
            }
            catch (Exception e)
            {
                foreach (var sent in group) sent.SetException(e);
            }
        }
    }

    /// <summary>Those that go next; null if nobody waits.</summary>
    List<Waiting>? Next()
    {
        lock (gate)
        {
            var (group, seen) = (new List<Waiting>(), new Dictionary<(JurisdictionId, StreamId), Touched>());
            while (group.Count < TogetherAtMost && waiting.TryDequeue(out var next))
            {
                // Of two that write to one stream the second will lose the race: it goes and sees alone.
                if (Agrees(next.Change.Recording!, seen)) group.Add(next);
                else next.SetResult(false);
            }

            if (group.Count > 0) return group;
            sending--;
            return null;
        }
    }

    static bool Agrees(Recording recording, Dictionary<(JurisdictionId, StreamId), Touched> seen)
    {
        var jurisdiction = recording.Occasion.By.Jurisdiction;
        if (recording.Touched.Any(t => seen.TryGetValue((jurisdiction, t.Stream), out var other) && (t.Added > 0 || t != other))) return false;
        foreach (var touched in recording.Touched) seen[(jurisdiction, touched.Stream)] = touched;
        return true;
    }

    static async Task Send(NpgsqlDataSource database, IReadOnlyList<Change> changes)
    {
        await using var batch = database.CreateBatch();
        // Keys, then streams, then rows by the names of their views, each in one order for everybody: so none waits in a circle, nor with a rebuild.
        foreach (var answer in changes.Select(c => c.Answer).OfType<RememberedAnswer>().OrderBy(a => a.Key, StringComparer.Ordinal)) batch.BatchCommands.Add(answer.Insert());
        var recordings = changes.Select(c => c.Recording).OfType<Recording>().ToList();
        if (recordings.Count > 0) batch.BatchCommands.Add(Store.Append(recordings));
        foreach (var rows in changes.SelectMany(c => c.Rows).GroupBy(r => r.View).OrderBy(v => v.Key.Name, StringComparer.Ordinal)) rows.Key.Write(batch, [.. rows]);
        await batch.ExecuteNonQueryAsync(CancellationToken.None); // once sent, it runs to its end
    }
}
