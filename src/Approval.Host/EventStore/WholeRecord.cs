using System.Threading.Channels;
using Npgsql;

namespace Approval.EventStore;

/// <summary>Folds many streams in one reading of the record, stream by stream.</summary>
static class WholeRecord
{
    const int Piece = 20_000; // events

    /// <summary>All streams of a kind, as SQL over the events: by way of the streams, of most kinds there are few.</summary>
    public static string Of(Kind kind) => $"(tenant_id, stream_id) in (select tenant_id, id from public.mt_streams where id = '{kind.Name}' or id like '{kind.Name}-%')";

    /// <summary>Hands on the states of streams piece by piece, with the number of their events; the next ones are read and folded while their taker works.</summary>
    /// <param name="source">The connection to read with, which its taker does not use.</param>
    /// <param name="types">The events known.</param>
    /// <param name="kind">What the streams are folded into.</param>
    /// <param name="streams">Which ones, as SQL over the events.</param>
    /// <param name="take">Takes a piece.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Fold(
        NpgsqlConnection source, EventTypes types, Kind kind, string streams, Func<IReadOnlyList<Snapshot>, int, Task> take, CancellationToken cancel = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pieces = Channel.CreateBounded<(List<Snapshot>, int)>(1);
        var reading = Task.Run(() => Read(source, types, kind, streams, pieces.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var (piece, events) in pieces.Reader.ReadAllAsync(cancel)) await take(piece, events);
        }
        finally
        {
            await ending.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task Read(
        NpgsqlConnection source, EventTypes types, Kind kind, string streams, ChannelWriter<(List<Snapshot>, int)> pieces, CancellationToken cancel)
    {
        var (piece, events) = (new List<Snapshot>(), 0);
        var folding = new Folding(types, kind, snapshot => piece.Add(snapshot));
        try
        {
            await RawEvents.Rows(
                source,
                $"select {Folding.Columns} from public.mt_events where {streams} order by tenant_id, stream_id, version",
                row =>
                {
                    folding.Add(row);
                    events++;
                },
                async () =>
                {
                    if (events < Piece) return;
                    await pieces.WriteAsync((piece, events), cancel);
                    (piece, events) = ([], 0);
                }, cancel);
            folding.End();
            await pieces.WriteAsync((piece, events), cancel);
            pieces.Complete();
        }
        catch (Exception e)
        {
            pieces.Complete(e);
        }
    }
}
