using Approval.BatchReview;
using Approval.Calendars;
using Approval.Committee;
using Approval.Deadlines;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.History;
using Approval.Http;
using Approval.Inbox;
using Approval.InterfaceUnification;
using Approval.MergedAppraisal;
using Approval.Pages;
using Approval.Policies;
using Approval.Signing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Intake;

/// <summary>A proposal: where it stands, what it waits for, what the reader may do, what was decided and signed, and everything that happened; now or as of any moment.</summary>
public sealed class ProposalPageModel(Queries queries, TimelineQueries timelines, People people, Store store, TimeProvider clock, Reader reader) : PageModel
{
    static readonly Stage[] Path =
    [
        Stage.Draft, Stage.Endorsement, Stage.FormCheck, Stage.EarlyScheduling, Stage.BatchReview, Stage.MergedAppraisal, Stage.InterfaceUnification,
        Stage.Committee, Stage.Issuance, Stage.Supervision, Stage.Closed,
    ];

    /// <summary>A stage on the picture of the path.</summary>
    /// <param name="Stage">The stage.</param>
    /// <param name="Look">How it looks: done, here or to come.</param>
    /// <param name="Entered">When the proposal came to it last.</param>
    /// <param name="Left">When it left.</param>
    /// <param name="Used">Working days used, over all stays.</param>
    /// <param name="Limit">Working days allowed by the policy.</param>
    public sealed record Place(Stage Stage, string Look, DateTimeOffset? Entered, DateTimeOffset? Left, int? Used, int? Limit);

    /// <summary>Business of another page on which the proposal waits: a batch, an appraisal, the interfaces, a meeting.</summary>
    /// <param name="Title">What it is called.</param>
    /// <param name="Address">Its page; null if the reader may not open it.</param>
    /// <param name="State">How it stands.</param>
    /// <param name="Turn">Who must act.</param>
    public sealed record Business(string Title, string? Address, string State, string Turn);

    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>The proposal.</summary>
    public Proposal P { get; private set; } = null!;

    /// <summary>Its version.</summary>
    public long Version { get; private set; }

    /// <summary>The moment as of which it is shown; null for now.</summary>
    public AsOf? AsOf { get; private set; }

    /// <summary>The picture of the path.</summary>
    public IReadOnlyList<Place> Stages { get; private set; } = [];

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<Wait> Waits { get; private set; } = [];

    /// <summary>The business elsewhere on which it waits; null if there is none.</summary>
    public Business? Elsewhere { get; private set; }

    /// <summary>The deadlines that run.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; private set; } = [];

    /// <summary>Today, on the jurisdiction's calendar.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>What the reader may do now.</summary>
    public IReadOnlyList<Deed> Deeds { get; private set; } = [];

    /// <summary>The signing rounds, with what the reader may do in them now.</summary>
    public ShownRounds Rounds { get; private set; } = null!;

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; private set; } = [];

    /// <summary>Titles of the proposals of its lineage that the reader may see.</summary>
    public IReadOnlyDictionary<ProposalId, string> Lineage { get; private set; } = new Dictionary<ProposalId, string>();

    /// <summary>Every moment at which something was recorded.</summary>
    public IReadOnlyList<DateTimeOffset> Moments { get; private set; } = [];

    /// <summary>The kinds of events to choose from, in words.</summary>
    public IReadOnlyList<(string Type, string Title)> Kinds { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        var cancel = HttpContext.RequestAborted;
        (Actor, Names, AsOf) = (await HttpContext.Actor(), await HttpContext.Names(), HttpContext.AsOf());
        var seen = await queries.Visible(HttpContext, id);
        (P, Version) = (seen.State, seen.Info.Version);
        var calendar = (await queries.Find(Actor.Jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, AsOf, cancel))?.State ?? WorkingCalendar.WeekendsOnly;
        var book = (await queries.Find(Actor.Jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, AsOf, cancel))?.State ?? PolicyBook.Empty;
        Today = calendar.DateOf(AsOf?.At ?? clock.GetUtcNow());
        var policy = book.Judging(P, Today);
        Stages = [.. Path.Where(Shown).Select(s => At(s, policy, calendar))];
        Waits = [.. Waiting.On(P)];
        Deadlines = policy is null ? [] : [.. Deadline.Of(P, policy, calendar)];
        var whole = AsOf is null ? seen : await queries.Load(Actor.Jurisdiction, Proposal.Kind, P.Id.Stream, cancel: cancel); // the slider reaches beyond the moment shown
        var all = (await timelines.Of(whole, null, Actor, reader.Chinese, cancel)).Entries;
        Moments = [.. all.SkipWhile(e => !InSight(e)).Select(e => e.Recorded).Distinct()];
        var known = AsOf is { } then ? all.Where(e => (then.ByEffect ? e.Effective : e.Recorded) <= then.At).ToList() : all;
        Kinds = [.. known.Select(e => (e.Type, e.Words)).Distinct()];
        Timeline = [.. known.Where(e => HttpContext.Text("type") is not { } type || e.Type == type).Where(e => HttpContext.Text("by") is not { } by || e.By?.Value == by).Reverse()];
        if (AsOf is null)
        {
            var funds = Permissions.Check("ScheduleKeyProject", Actor, P) is null ? await queries.In(FundView.List, Actor.Jurisdiction).OrderBy("name").All(cancel) : [];
            Deeds = ProposalDeeds.Of(P, Actor, funds);
            if (P.Intake.Correction is null) Elsewhere = await LookElsewhere(cancel);
        }

        Rounds = new(P, Version, Names, AsOf is null ? await Moves(cancel) : new Dictionary<RoundId, IReadOnlyList<Deed>>());

        await LookUpLineage(cancel);
    }

    /// <summary>Whether an event is the one from which the reader may see the proposal: before it, there is nothing to be shown to them.</summary>
    bool InSight(TimelineEntry e) => Visibility.Of(Actor) is var sight
        && (sight.Drafts || sight.OwnUnit == P.Unit || e.Type.StartsWith(sight.Submitted ? "proposal-submitted." : "panel-seated.", StringComparison.Ordinal));

    /// <summary>Whose turn it is, in words.</summary>
    public string Who(Wait wait) => string.Join(" ", new[]
    {
        wait.Unit is { } unit ? Names.Of(unit) : null,
        wait.Role is { } role ? reader.Say(role) : null,
        wait.Person is { } person ? Names.Of(person) : null,
    }.Where(part => part is not null));

    /// <summary>Whether the reader is one of them.</summary>
    public bool MyTurn(Wait wait) => Wait.KeysOf(Actor).Contains(wait.Key);

    /// <summary>A parameter of the address.</summary>
    public string? Asked(string name) => HttpContext.Text(name);

    async Task<IReadOnlyDictionary<RoundId, IReadOnlyList<Deed>>> Moves(CancellationToken cancel)
    {
        if (P.Rounds.All(r => !r.Open)) return new Dictionary<RoundId, IReadOnlyList<Deed>>();
        var (everybody, on) = (await people.List(Actor.Jurisdiction, cancel), new Occasion(Actor, clock.GetUtcNow()));
        var authors = await store.Authors(Actor.Jurisdiction, P, cancel);
        return P.Rounds.Where(r => r.Open).ToDictionary(r => r.Id, r => (IReadOnlyList<Deed>)[.. RoundMoves.Of(P, r, authors, on, Today, everybody, Names)]);
    }

    bool Shown(Stage stage) => stage switch
    {
        Stage.EarlyScheduling => P.Track == Track.Key || P.Clock.Visits.Any(v => v.Stage == stage),
        Stage.BatchReview => P.Track != Track.Key || P.Clock.Visits.Any(v => v.Stage == stage),
        _ => true,
    };

    Place At(Stage stage, Policy? policy, WorkingCalendar calendar)
    {
        var visits = P.Clock.Visits.Where(v => v.Stage == stage).ToList();
        var look = P.Stage == stage ? "here" : visits.Count > 0 ? "done" : P.Closed ? "off" : "";
        return new(stage, look, visits.LastOrDefault()?.Entered, visits.LastOrDefault()?.Left,
            visits.Count == 0 || stage == Stage.Closed ? null : visits.Sum(v => v.WorkingDaysUsed(Today, calendar)), policy?.Content.RuleOf(stage)?.LimitWorkingDays);
    }

    async Task<Business?> LookElsewhere(CancellationToken cancel)
    {
        var office = reader.Say(Role.CioOffice);
        string? To(string read, string address) => Permissions.Check(read, Actor) is null ? address : null;
        switch (P)
        {
            case { Stage: Stage.BatchReview, BatchReview.Batch: { } id } when await queries.Find(Actor.Jurisdiction, Batch.Kind, id.Stream, cancel: cancel) is { State: var batch }:
                return new(batch.Title, To("ReadBatches", $"/batches/{id.Value}"),
                    batch.ShutOn(Today) ? reader.T("窗口已关闭", "the window is closed") : reader.T($"接收申报至 {reader.Day(batch.Closes)}", $"takes proposals in until {reader.Day(batch.Closes)}"),
                    Waits.Any(w => w.Round is not null) ? reader.T("会审单位", "the bodies") : office);
            case { Stage: Stage.MergedAppraisal, Appraisal.Appraisal: { } id } when await queries.Find(Actor.Jurisdiction, Appraisal.Kind, id.Stream, cancel: cancel) is { State: var appraisal }:
                var needed = appraisal.Seats * appraisal.UnderAppraisal([P]).Count();
                return new(reader.T("论证", "Appraisal"), Actor.Is(Role.Expert) || Permissions.Check("ReadAppraisals", Actor) is null && appraisal.MayRead(Actor) ? $"/appraisals/{id.Value}" : null,
                    needed > 0 ? $"{reader.Say(AppraisalView.StatusOf(appraisal))}，{reader.T("评分表", "sheets")} {appraisal.Sheets.Count(s => s.Proposal == P.Id)} / {needed}" : reader.Say(AppraisalView.StatusOf(appraisal)),
                    AppraisalView.StatusOf(appraisal) == AppraisalStatus.Scoring ? reader.Say(Role.Expert) : office);
            case { Stage: Stage.InterfaceUnification } or { Stage: Stage.Committee, Interfaces.Unified: null }:
                var state = ProjectInterfaces.Of(P, Version, await queries.Scene(Actor, cancel));
                return new(reader.T("接口统一安排", "Interface unification"), $"/interfaces/projects/{P.Id.Value}",
                    reader.T($"未安排 {state.OpenLines}，未解决的冲突 {state.OpenConflicts}", $"{state.OpenLines} lines open, {state.OpenConflicts} conflicts open"), office);
            case { Stage: Stage.Committee, Committee.Meeting: { } id } when await queries.Find(Actor.Jurisdiction, Meeting.Kind, id.Stream, cancel: cancel) is { State: var meeting }:
                return new(reader.T($"{reader.Day(meeting.Date)}会议", $"Meeting of {reader.Day(meeting.Date)}"), To("ReadMeetings", $"/meetings/{id.Value}"), meeting.Place, reader.Say(Role.CommitteeMember));
            default:
                return null;
        }
    }

    async Task LookUpLineage(CancellationToken cancel)
    {
        foreach (var batch in Timeline.SelectMany(e => e.Changes).SelectMany(c => new[] { c.From, c.To }).OfType<BatchId>().Distinct())
        {
            if (await queries.Find(Actor.Jurisdiction, Batch.Kind, batch.Stream, cancel: cancel) is { } found) Names.Titles[batch.Value] = found.State.Title;
        }

        ProposalId[] others = [.. P.Appraisal.MergedInto is { } lead ? new[] { lead } : Array.Empty<ProposalId>(), .. P.Appraisal.Absorbed.Select(a => a.Absorbed)];
        var titles = new Dictionary<ProposalId, string>();
        foreach (var other in others)
        {
            if (await queries.Find(Actor.Jurisdiction, Proposal.Kind, other.Stream, cancel: cancel) is { } found && Visibility.Sees(Actor, found.State)) titles[other] = Names.Titles[other.Value] = found.State.Content.Title;
        }

        Lineage = titles;
    }
}
