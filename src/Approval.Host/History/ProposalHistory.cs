using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;

namespace Approval.History;

/// <summary>One thing that an event changed.</summary>
/// <param name="What">What: <c>stage</c>, <c>requested</c>, <c>held</c> …</param>
/// <param name="From">Before; null if there was nothing.</param>
/// <param name="To">After; null if there is nothing any more.</param>
public sealed record HistoryChange(string What, string? From, string? To);

/// <summary>One event in the timeline of a proposal.</summary>
/// <param name="Version">Its number in the proposal's stream.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Title">The same in words.</param>
/// <param name="By">Who did it.</param>
/// <param name="Unit">The person's unit at that time.</param>
/// <param name="Recorded">When the engine learnt it.</param>
/// <param name="Effective">When it holds.</param>
/// <param name="Revision">The revision that stood then.</param>
/// <param name="Policy">The policy version by which it was decided; null if it is no decision.</param>
/// <param name="Text">What the person wrote.</param>
/// <param name="Changes">What it changed.</param>
public sealed record TimelineEntry(
    long Version, string Type, string Title, PersonId? By, UnitId? Unit, DateTimeOffset Recorded, DateTimeOffset Effective, int Revision, int? Policy,
    string? Text, IReadOnlyList<HistoryChange> Changes);

/// <summary>The timeline of one proposal: who did what when, and what it changed.</summary>
public static class ProposalHistory
{
    static readonly FrozenSet<string> Written = FrozenSet.ToFrozenSet(["reason", "opinion", "answer", "findings", "text", "question", "note", "report", "what", "evidence", "document"]);

    /// <summary>Maps it.</summary>
    public static void MapProposalHistory(this WebApplication app) =>
        app.MapGet("/api/proposals/{id}/history", async (string id, HttpContext http, Queries queries, Store store) =>
            {
                var seen = await queries.Visible(http, id);
                return TypedResults.Ok(await Of(seen, store, Problems.SpeaksChinese(http), http.AsOf(), http.RequestAborted));
            })
            .WithTags("history")
            .Does("项目历程：何人何时做了什么、变了什么", "The timeline of a proposal: who did what when, and what it changed", Faults.Unknown);

    /// <summary>The timeline, oldest first.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> Of(Seen<Proposal> seen, Store store, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var entries = new List<TimelineEntry>();
        Proposal? before = null;
        foreach (var e in await store.Load(seen.Info.Jurisdiction, seen.Info.Stream, asOf: asOf, cancel: cancel))
        {
            var after = Proposal.Kind.Evolve(before, e.Event, e.Envelope.At);
            entries.Add(new(
                e.Version, e.WireName, EventWords.Of(e.WireName, chinese), e.Envelope.By, e.Envelope.Unit, e.Envelope.At, e.Envelope.Effective, after.Revision,
                PolicyOf(e.Event)?.Version, TextOf(e.Event), [.. Changes(before, after)]));
            before = after;
        }

        return entries;
    }

    static PolicyRef? PolicyOf(object e) => e.GetType().GetProperty("Policy")?.GetValue(e) as PolicyRef?;

    static string? TextOf(object e)
    {
        if (e.GetType().IsDefined(typeof(SealedContentAttribute))) return null;
        var texts = e.GetType().GetProperties()
            .Where(p => p.PropertyType == typeof(string) && Written.Contains(JsonNamingPolicy.CamelCase.ConvertName(p.Name)))
            .Select(p => (string?)p.GetValue(e)).Where(t => !string.IsNullOrWhiteSpace(t));
        return string.Join("\n", texts) is { Length: > 0 } text ? text : null;
    }

    static IEnumerable<HistoryChange> Changes(Proposal? a, Proposal b) =>
        Facts(b).Select((fact, i) => new HistoryChange(fact.What, a is null ? null : Facts(a).ElementAt(i).Value, fact.Value)).Where(c => c.From != c.To);

    static IEnumerable<(string What, string? Value)> Facts(Proposal p) =>
    [
        ("stage", Json(p.Stage)),
        ("outcome", p.Outcome is { } outcome ? Json(outcome) : null),
        ("track", p.Track is { } track ? Json(track) : null),
        ("title", p.Content.Title),
        ("revision", $"{p.Revision}"),
        ("start", $"{p.Content.Start:yyyy-MM-dd}" is { Length: > 0 } start ? start : null),
        ("finish", $"{p.Content.Finish:yyyy-MM-dd}" is { Length: > 0 } finish ? finish : null),
        ("requested", Json(p.Content.Total)),
        ("recommended", p.Appraisal.Recommended is { } recommended ? Json(recommended) : null),
        ("held", p.Held is { } held ? Json(held.Amount) : null),
        ("approved", p.Committee.Approved is { } approved ? Json(approved) : null),
        ("slot", p.Scheduling.Slot is { } slot ? $"{slot:yyyy-MM}" : null),
        ("correction", p.Intake.Correction?.Reason),
    ];

    static string Json(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    static string Json(Money money) => money.Yuan.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
