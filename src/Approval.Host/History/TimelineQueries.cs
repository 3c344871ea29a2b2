using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Approval.Committee;
using Approval.Deadlines;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Policies;
using Approval.Signing;

namespace Approval.History;

/// <summary>Tells how a proposal came about, from its stream as it is at the moment of asking.</summary>
public sealed class TimelineQueries(Store store, Queries queries, People people)
{
    static readonly ConcurrentDictionary<Type, PropertyInfo[]> RemarksOf = new();
    static readonly ConcurrentDictionary<Type, PropertyInfo?> PolicyOf = new();

    /// <summary>The timeline of a proposal that the person asking may see, now or as of an instant.</summary>
    /// <exception cref="NotFoundException">There is, or was, no such proposal, or the person may not see it.</exception>
    public async Task<Timeline> Of(HttpContext http, string id, bool chinese)
    {
        var seen = await queries.Visible(http, id);
        return await Of(seen, http.AsOf(), await http.Actor(), chinese, http.RequestAborted);
    }

    /// <summary>The timeline of a proposal that somebody may see and looks at, as of an instant or to its end.</summary>
    public async Task<Timeline> Of(Seen<Proposal> seen, AsOf? asOf, Actor reader, bool chinese, CancellationToken cancel)
    {
        var jurisdiction = seen.Info.Jurisdiction;
        var names = await people.Names(jurisdiction, cancel);
        var entries = new List<(long Position, TimelineEntry Entry)>();
        Proposal? before = null;
        var events = await store.Load(jurisdiction, seen.Info.Stream, 0, asOf, cancel);
        foreach (var e in events)
        {
            var after = Proposal.Kind.Evolve(before, e.Event, e.Envelope.At);
            entries.Add((e.Position, Entry(e, after.Stage, after.Revision, [.. Changed(before, after), .. Said(e.Event)])));
            before = after;
        }

        if (Permissions.Check("ReadMeetings", reader) is null) entries.AddRange(await Votes());
        return new(seen.State.Id, seen.State.Content.Title, seen.Info.Version, [.. entries.OrderBy(e => e.Position).Select(e => e.Entry)]);

        TimelineEntry Entry(Recorded e, Stage stage, int? revision, IReadOnlyList<Change> changes) => new(
            e.Stream.Value, e.Version, e.WireName, EventWords.Of(e.WireName, chinese), e.Envelope.By, e.Envelope.By is { } by ? names.GetValueOrDefault(by) : null, e.Envelope.Unit,
            e.Envelope.At, e.Envelope.Effective, stage, revision, changes, Remarks(e.Event), Policy(e.Event));

        async Task<IEnumerable<(long, TimelineEntry)>> Votes()
        {
            var found = new List<(long, TimelineEntry)>();
            foreach (var meeting in events.Select(e => e.Event).OfType<AgendaItemPlaced>().Select(p => (p.Meeting, p.Item)).Distinct())
            {
                var held = await store.Load(jurisdiction, meeting.Meeting.Stream, 0, asOf, cancel);
                if (!held.Any(e => e.Event is ItemResolved r && r.Item == meeting.Item)) continue; // a vote is told once the item is resolved
                found.AddRange(held.SelectMany(e => e.Event switch
                {
                    VoteOpened v when v.Item == meeting.Item => [(e.Position, Entry(e, Stage.Committee, null, [new(ChangedField.Motion, null, v.Motion), .. Of(ChangedField.Approved, v.Amount)]))],
                    VoteCast v when v.Item == meeting.Item => new[] { (e.Position, Entry(e, Stage.Committee, null, [new(ChangedField.Vote, null, v.Vote)])) },
                    _ => [],
                }));
            }

            return found;
        }
    }

    static IEnumerable<Change> Of(ChangedField field, object? value) => value is null ? [] : [new(field, null, value)];

    /// <summary>What differs between two states of a proposal.</summary>
    static IEnumerable<Change> Changed(Proposal? before, Proposal after)
    {
        var (old, now) = (before?.Content, after.Content);
        Change?[] found =
        [
            Differ(ChangedField.Stage, before?.Stage, after.Stage),
            Differ(ChangedField.Outcome, before?.Outcome, after.Outcome),
            Differ(ChangedField.Track, before?.Track, after.Track),
            Differ(ChangedField.Policy, before?.Policy?.Version, after.Policy?.Version),
            Differ(ChangedField.Revision, before?.Revision, after.Revision),
            Differ(ChangedField.Title, old?.Title, now.Title),
            Differ(ChangedField.Category, old?.Category, now.Category),
            Differ(ChangedField.Objective, Text(old?.Objective), Text(now.Objective)),
            Differ(ChangedField.Justification, Text(old?.Justification), Text(now.Justification)),
            Differ(ChangedField.Construction, Text(old?.Construction), Text(now.Construction)),
            Differ(ChangedField.Requested, old?.Total, now.Total),
            Lists(ChangedField.Budget, old?.Budget, now.Budget),
            Differ(ChangedField.Start, old?.Start, now.Start),
            Differ(ChangedField.Finish, old?.Finish, now.Finish),
            Lists(ChangedField.Systems, old?.Systems, now.Systems),
            Lists(ChangedField.Resources, old?.Resources, now.Resources),
            Lists(ChangedField.Interfaces, old?.Interfaces, now.Interfaces),
            Differ(ChangedField.ProtectionLevel, old?.ProtectionLevel, now.ProtectionLevel),
            Differ(ChangedField.CryptographyPlan, Text(old?.CryptographyPlan), Text(now.CryptographyPlan)),
            Lists(ChangedField.Attachments, old?.Attachments, now.Attachments),
            Differ(ChangedField.Recommended, before?.Appraisal.Recommended, after.Appraisal.Recommended),
            Differ(ChangedField.Approved, before?.Committee.Approved, after.Committee.Approved),
            Differ(ChangedField.Reserved, Held(before, committed: false), Held(after, committed: false)),
            Differ(ChangedField.Committed, Held(before, committed: true), Held(after, committed: true)),
            Differ(ChangedField.Slot, before?.Scheduling.Slot, after.Scheduling.Slot),
            Differ(ChangedField.Batch, before?.BatchReview.Batch, after.BatchReview.Batch),
            Differ(ChangedField.Rank, before?.BatchReview.Rank, after.BatchReview.Rank),
            Differ(ChangedField.MergedInto, before?.Appraisal.MergedInto, after.Appraisal.MergedInto),
            Lists(ChangedField.Absorbed, before?.Appraisal.Absorbed.Select(a => a.Title), after.Appraisal.Absorbed.Select(a => a.Title)),
            Differ(ChangedField.Number, before?.Issuance.Approval?.Number, after.Issuance.Approval?.Number),
            Differ(ChangedField.Progress, before?.Supervision.Progress?.PercentComplete, after.Supervision.Progress?.PercentComplete),
        ];
        return found.OfType<Change>();
    }

    static Change? Differ(ChangedField field, object? before, object? after) => Equals(before, after) ? null : new(field, before, after);

    static Change? Lists<T>(ChangedField field, IEnumerable<T>? before, IEnumerable<T> after)
    {
        T[] had = [.. before ?? []], has = [.. after], gone = [.. had.Except(has)], come = [.. has.Except(had)];
        return gone.Length + come.Length == 0 ? null : new(field, gone.Length == 0 ? null : gone, come.Length == 0 ? null : come);
    }

    static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static Money? Held(Proposal? p, bool committed) => p?.Held is { } held && held.Committed == committed ? held.Amount : null;

    /// <summary>What an event says beside what it changes.</summary>
    static IEnumerable<Change> Said(object @event) => @event switch
    {
        RoundOpened e => [new(ChangedField.Round, null, e.Purpose)],
        RoundEnded e => [new(ChangedField.RoundOutcome, null, e.Outcome)],
        SignedFor e => [new(ChangedField.SignedRevision, null, e.Revision)],
        SignedAgainst e => [new(ChangedField.SignedRevision, null, e.Revision)],
        InterfaceArranged e => [new(ChangedField.Arrangement, null, e.Kind)],
        ApprovedByCommittee e => [new(ChangedField.Tally, null, e.Tally)],
        DeferredByCommittee e => [new(ChangedField.Tally, null, e.Tally)],
        RejectedByCommittee e => [new(ChangedField.Tally, null, e.Tally)],
        ChangeRejectedByCommittee e => [new(ChangedField.Tally, null, e.Tally)],
        DeadlineReminded e => [new(ChangedField.Due, null, e.Due)],
        DeadlineEscalated e => [new(ChangedField.Due, null, e.Due)],
        _ => [],
    };

    /// <summary>What people wrote: the members of an event that are named like a kind of remark.</summary>
    static IReadOnlyList<Remark> Remarks(object @event) =>
    [
        .. RemarksOf.GetOrAdd(@event.GetType(), static t => [.. t.GetProperties().Where(p => Enum.TryParse<RemarkKind>(p.Name, out _))]).SelectMany(p =>
        {
            var kind = Enum.Parse<RemarkKind>(p.Name);
            return p.GetValue(@event) switch
            {
                string { Length: > 0 } text => [new Remark(kind, text)],
                ImmutableArray<string> { IsDefault: false } texts => texts.Select(t => new Remark(kind, t)),
                _ => Enumerable.Empty<Remark>(),
            };
        }),
    ];

    static PolicyRef? Policy(object @event) =>
        PolicyOf.GetOrAdd(@event.GetType(), static t => t.GetProperties().FirstOrDefault(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == typeof(PolicyRef) && p.Name is "Policy" or "To"))?.GetValue(@event) as PolicyRef?;
}
