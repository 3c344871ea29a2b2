using System.Text.Json.Serialization;
using Approval.BatchReview;
using Approval.Calendars;
using Approval.Committee;
using Approval.Dashboard;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.MergedAppraisal;

namespace Approval.Inbox;

/// <summary>What an inbox item is about.</summary>
public enum InboxKind
{
    /// <summary>A proposal.</summary>
    [Words("项目", "proposal")]
    Proposal,

    /// <summary>An appraisal.</summary>
    [Words("论证", "appraisal")]
    Appraisal,

    /// <summary>A batch.</summary>
    [Words("批次", "batch")]
    Batch,

    /// <summary>A meeting.</summary>
    [Words("会议", "meeting")]
    Meeting,
}

/// <summary>Something that waits for the person.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Deed">What is to be done, as the permission table names it.</param>
/// <param name="Action">The same in words.</param>
/// <param name="Unit">The unit that proposes, for a proposal.</param>
/// <param name="Stage">Where it stands, for a proposal.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Due">The last day, if there is a limit.</param>
/// <param name="WorkingDaysLeft">Working days until then; negative when overdue.</param>
/// <param name="Round">The signing round, if a signature is waited for.</param>
/// <param name="Revision">The revision to be signed.</param>
/// <param name="Version">The version of the proposal, as a decision about it names it.</param>
public sealed record InboxItem(
    InboxKind Kind, string Id, string Title, string Deed, string Action, UnitId? Unit, Stage? Stage, DateTimeOffset? Since, DateOnly? Due, int? WorkingDaysLeft,
    RoundId? Round = null, int? Revision = null, long? Version = null)
{
    /// <summary>Whether it is overdue.</summary>
    [JsonIgnore]
    public bool Late => WorkingDaysLeft < 0;
}

/// <summary>Finds what waits for a person, over all stages: overdue first, then by due date, then the oldest.</summary>
public sealed class InboxQueries(Queries queries, KeptWaits waits, Standings standings, Overdue deadlines, TimeProvider clock)
{
    /// <summary>What waits for the person, or waited at an instant.</summary>
    public async Task<IReadOnlyList<InboxItem>> Of(Actor actor, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var keys = Wait.KeysOf(actor).ToArray();
        List<InboxItem> items =
        [
            .. await Proposals(actor, keys, chinese, asOf, cancel),
            .. await Appraisals(actor, keys, chinese, asOf, cancel),
            .. await Meetings(actor, keys, chinese, asOf, cancel),
            .. actor.Is(Role.CioOffice) ? await Batches(actor, chinese, asOf, cancel) : [],
        ];
        return [.. items.OrderBy(i => !i.Late).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Since).ThenBy(i => i.Id, StringComparer.Ordinal)];
    }

    async Task<IEnumerable<InboxItem>> Proposals(Actor actor, string[] keys, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var rows = asOf is null
            ? await waits.Of(actor.Jurisdiction, keys, cancel)
            : [.. (await queries.In(ProposalView.List, actor.Jurisdiction, asOf).Where($"waits_for && {keys}").Figures(WaitingProposal.Columns, WaitingProposal.Read, cancel: cancel)).OfType<WaitingProposal>()];
        var due = new Dictionary<ProposalId, DueProposal>(await standings.Due(actor.Jurisdiction, [.. rows.Select(r => r.Id)], asOf, cancel));
        if (rows.Where(r => r.Stage == Stage.Endorsement).Select(r => r.Id.Value).ToArray() is { Length: > 0 } endorsed)
        {
            // The standings know what was submitted; who endorses has a time limit before that.
            var unsubmitted = await queries.In(ProposalView.List, actor.Jurisdiction, asOf).Where($"id = any({endorsed})").All(cancel);
            foreach (var (proposal, next) in await deadlines.Due(actor.Jurisdiction, unsubmitted, asOf, cancel)) due.TryAdd(proposal, next);
        }

        var today = WorkingCalendar.WeekendsOnly.DateOf(asOf?.At ?? clock.GetUtcNow());
        return from row in rows
               let next = due.GetValueOrDefault(row.Id)
               from its in row.Waits
               where keys.Contains(its.Key) && (its.Wait.From ?? today) <= today
               let w = its.Wait
               select new InboxItem(
                   InboxKind.Proposal, row.Id.Value, row.Title, w.Deed, DeedWords.Of(w.Deed, chinese), row.Unit, row.Stage, w.Since, next?.Due, next?.WorkingDaysLeft,
                   w.Round, w.Deed == "Sign" ? row.Revision : null, row.Version);
    }

    /// <summary>An appraisal is due when the first of its proposals is.</summary>
    async Task<IEnumerable<InboxItem>> Appraisals(Actor actor, string[] keys, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var rows = await queries.In(AppraisalView.List, actor.Jurisdiction, asOf).Where($"waits_for && {keys}").All(cancel);
        var revised = actor.Is(Role.Expert) ? await Revised(actor, asOf, cancel) : [];
        if (rows.Count + revised.Count == 0) return [];
        var due = await standings.Due(actor.Jurisdiction, [.. rows.Concat(revised.Select(r => r.Appraisal)).SelectMany(a => a.Proposals).Distinct()], asOf, cancel);
        return
        [
            .. rows.SelectMany(a => a.Waits.Where(w => keys.Contains(w.Key)).DistinctBy(w => w.Deed).Select(w => Item(a, w.Deed, DeedWords.Of(w.Deed, chinese), w.Since))),
            .. revised.Where(r => rows.All(a => a.Id != r.Appraisal.Id)).Select(r => Item(r.Appraisal, "SubmitScoreSheet", chinese ? "项目已修改，须重新评分" : "Score again: revised since", r.Since)),
        ];

        InboxItem Item(AppraisalRow a, string deed, string action, DateTimeOffset since)
        {
            var next = a.Proposals.Select(p => due.GetValueOrDefault(p)).Where(d => d is not null).MinBy(d => d!.Due);
            return new(InboxKind.Appraisal, a.Id.Value, string.Join("、", a.Titles), deed, action, null, null, since, next?.Due, next?.WorkingDaysLeft);
        }
    }

    /// <summary>The appraisals for which the expert's own sheet is in, but for a revision that is not the newest any more.</summary>
    async Task<IReadOnlyList<(AppraisalRow Appraisal, DateTimeOffset Since)>> Revised(Actor actor, AsOf? asOf, CancellationToken cancel)
    {
        var rows = await queries.In(AppraisalView.List, actor.Jurisdiction, asOf).Where($"panel @> {new[] { actor.Person.Value }} and status in ({AppraisalStatus.PanelIncomplete}, {AppraisalStatus.Scoring})").All(cancel);
        if (rows.Count == 0) return [];
        var ids = rows.SelectMany(a => a.Proposals).Select(p => p.Value).Distinct().ToArray();
        var proposals = (await queries.In(ProposalView.List, actor.Jurisdiction, asOf).Where($"id = any({ids}) and stage = {Stage.MergedAppraisal}").All(cancel)).ToDictionary(p => p.Id);
        return
        [
            .. rows.Select(a => (a, Old: a.HandedIn.Where(s => s.Expert == actor.Person && proposals.TryGetValue(s.Proposal, out var p) && p.Revision > s.Revision).Select(s => proposals[s.Proposal].Changed).ToList()))
                .Where(r => r.Old.Count > 0).Select(r => (r.a, r.Old.Min())),
        ];
    }

    async Task<IEnumerable<InboxItem>> Meetings(Actor actor, string[] keys, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var rows = await queries.In(MeetingViews.Meetings, actor.Jurisdiction, asOf).Where($"waits_for && {keys}").All(cancel);
        if (rows.Count == 0) return [];
        var calendar = await queries.Calendar(actor.Jurisdiction, asOf, cancel);
        var today = calendar.DateOf(asOf?.At ?? clock.GetUtcNow());
        return rows.SelectMany(m => m.Waits.Where(w => keys.Contains(w.Key)).DistinctBy(w => w.Deed).Select(w => new InboxItem(
            InboxKind.Meeting, m.Id.Value, $"{m.Date:yyyy-MM-dd} {m.Place}", w.Deed, DeedWords.Of(w.Deed, chinese), null, null, w.Since, m.Date,
            calendar.WorkingDaysBetween(today, m.Date))));
    }

    async Task<IEnumerable<InboxItem>> Batches(Actor actor, bool chinese, AsOf? asOf, CancellationToken cancel)
    {
        var today = WorkingCalendar.WeekendsOnly.DateOf(asOf?.At ?? clock.GetUtcNow());
        var shut = await queries.In(BatchView.List, actor.Jurisdiction, asOf).Where($"not concluded and (closed_on is not null or closes < {today})").All(cancel);
        return shut.Select(b => new InboxItem(InboxKind.Batch, b.Id.Value, b.Title, "ConcludeBatch", DeedWords.Of("ConcludeBatch", chinese), null, null,
            new((b.ClosedOn ?? b.Closes.AddDays(1)).ToDateTime(TimeOnly.MinValue), WorkingCalendar.WeekendsOnly.Offset), null, null));
    }
}
