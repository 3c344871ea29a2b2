using System.Globalization;
using System.Text;
using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Approval.Feed;

/// <summary>What the feed tells of an event: that it happened and to what, never what it says. Whoever wants more reads the thing, as far as allowed.</summary>
/// <param name="Seq">Its place in the order of all events; the id by which the feed resumes.</param>
/// <param name="Type">Its name.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The stream's version with it.</param>
/// <param name="Proposal">The proposal, if it belongs to one.</param>
/// <param name="Recorded">When the engine learnt it.</param>
public sealed record FeedItem(long Seq, string Type, string Stream, long Version, ProposalId? Proposal, DateTimeOffset Recorded);

/// <summary><c>GET /api/feed</c>: Server-Sent Events of what the person may see, from now on or from <c>Last-Event-ID</c> on without loss.</summary>
public static class FeedRoutes
{
    const int Batch = 200;

    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    static readonly TimeSpan SlowestWrite = TimeSpan.FromSeconds(10);

    // Roles may be taken away: who listens signs in anew now and then, by reconnecting.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Maps the feed.</summary>
    public static void MapFeed(this WebApplication app) =>
        app.MapGet("/api/feed", async (HttpContext http, EventLog log, Sight sight, IHostApplicationLifetime lifetime) =>
            {
                var actor = await http.Actor();
                await log.Begun(http.RequestAborted);
                var from = Math.Min(LastSeen(http) ?? log.Settled, log.Settled);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
                end.CancelAfter(Longest);
                Telemetry.FeedClients.Add(1);
                try
                {
                    await Send(http, log, sight, actor, from, end.Token);
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    // Gone, too slow, or to come again elsewhere: Last-Event-ID brings it on.
                }
                finally
                {
                    Telemetry.FeedClients.Add(-1);
                }
            })
            .Produces<FeedItem>(StatusCodes.Status200OK, "text/event-stream")
            .Takes<string>("lastEventId").As("ReadFeed").Does(
                "事件流（Server-Sent Events）：本人有权看到的事项；以 Last-Event-ID 续接，不遗漏",
                "Server-Sent Events of what the person may see; resumes by Last-Event-ID without loss");

    static async Task Send(HttpContext http, EventLog log, Sight sight, Actor actor, long position, CancellationToken end)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // An id without data only tells the browser where it stands.
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"retry: 1000\nid: {position}\n\n");
        await Write();
        var beat = Environment.TickCount64;
        while (true)
        {
            var slice = await log.Read(position, Batch, end);
            foreach (var e in slice.Events)
            {
                if (!await sight.Sees(actor, e, end)) continue;
                ProposalId? proposal = e.Stream.Kind == Proposal.Kind.Name ? new(e.Stream.Value["proposal-".Length..]) : null;
                var item = JsonSerializer.Serialize(new FeedItem(e.Position, e.WireName, e.Stream.Value, e.Version, proposal, e.At), Json.Answers);
                text.Append(CultureInfo.InvariantCulture, $"id: {e.Position}\nevent: {e.WireName}\ndata: {item}\n\n");
            }

            position = slice.UpTo;
            if (text.Length == 0 && Environment.TickCount64 - beat >= Heartbeat.TotalMilliseconds) text.Append(CultureInfo.InvariantCulture, $": {actor.Jurisdiction.Value}\nid: {position}\n\n");
            if (text.Length > 0)
            {
                await Write();
                beat = Environment.TickCount64;
            }

            if (slice.Events.Count < Batch) await log.Wait(position, Heartbeat, end);
        }

        async Task Write()
        {
            using var slow = CancellationTokenSource.CreateLinkedTokenSource(end);
            slow.CancelAfter(SlowestWrite);
            try
            {
                await http.Response.WriteAsync(text.ToString(), slow.Token);
                await http.Response.Body.FlushAsync(slow.Token);
            }
            catch (OperationCanceledException) when (!end.IsCancellationRequested)
            {
                http.Abort();
                end.ThrowIfCancellationRequested();
                throw;
            }

            text.Clear();
        }
    }

    /// <summary>What the client saw last: the header that browsers send by themselves, or the same as a query parameter.</summary>
    static long? LastSeen(HttpContext http)
    {
        var given = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : http.Text("lastEventId");
        if (given is null) return null;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : throw new ProblemException(Faults.InvalidHeader.At("Last-Event-ID", "seq"));
    }
}
