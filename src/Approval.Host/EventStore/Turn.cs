namespace Approval.EventStore;

/// <summary>
/// The turn of one command that lost a race on a stream: while it has it, the others of this host that lost there wait. A command holds
/// one turn at most, so turns never wait in a circle; and no lock of the database is held meanwhile.
/// </summary>
sealed class Turn(SemaphoreSlim[] turns, CancellationToken cancel) : IDisposable
{
    SemaphoreSlim? held;

    /// <summary>Waits for the turn on a stream, giving up one on another.</summary>
    public async Task Take(StreamId stream)
    {
        var turn = turns[(uint)stream.Value.GetHashCode(StringComparison.Ordinal) % turns.Length];
        if (turn == held) return;
        held?.Release();
        held = null;
        await turn.WaitAsync(cancel);
        held = turn;
    }

    /// <inheritdoc/>
    public void Dispose() => held?.Release();
}
