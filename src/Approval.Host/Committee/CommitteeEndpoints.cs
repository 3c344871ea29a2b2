using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Signing;

namespace Approval.Committee;

/// <summary>Convenes a meeting.</summary>
/// <param name="Date">The day on which it is, or was, held.</param>
/// <param name="Place">Where.</param>
/// <param name="Extraordinary">Why it is held before the regular interval is over.</param>
public sealed record ConveneMeetingRequest(DateOnly Date, string Place, string? Extraordinary = null);

/// <summary>Records that a member arrived or left.</summary>
/// <param name="Member">The member.</param>
/// <param name="Present">Present, or no longer.</param>
/// <param name="Item">For one item only; absent for every item not yet resolved.</param>
public sealed record RecordAttendanceRequest(PersonId Member, bool Present, int? Item = null);

/// <summary>Recuses a member from an item.</summary>
/// <param name="Member">The member.</param>
/// <param name="Reason">Why.</param>
public sealed record RecuseMemberRequest(PersonId Member, string Reason);

/// <summary>Puts a motion to the vote.</summary>
/// <param name="Motion">What is moved.</param>
/// <param name="Amount">With a motion to approve: the amount.</param>
/// <param name="Conditions">With a motion to approve: the conditions, in order.</param>
public sealed record OpenVoteRequest(MotionKind Motion, Money? Amount = null, IReadOnlyList<string>? Conditions = null);

/// <summary>A member's vote.</summary>
/// <param name="Vote">For, against, or abstain.</param>
public sealed record CastVoteRequest(Vote Vote);

/// <summary>Declares what became of an item.</summary>
/// <param name="Resolution">What the votes carried.</param>
/// <param name="Reason">Why; needed unless approved.</param>
public sealed record ResolveItemRequest(Resolution Resolution, string? Reason = null);

/// <summary>Closes a meeting.</summary>
/// <param name="Remarks">What the minutes say beside what was recorded.</param>
public sealed record CloseMeetingRequest(string? Remarks = null);

/// <summary>A reason.</summary>
/// <param name="Reason">The reason.</param>
public sealed record CommitteeReason(string Reason);

/// <summary>A meeting's minutes.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Closed">Whether the meeting is over; before that the text is a draft.</param>
/// <param name="Text">The minutes in Chinese.</param>
public sealed record MinutesAnswer(MeetingId Meeting, bool Closed, string Text);

/// <summary>Committee 委员会例会: meetings and reconsideration.</summary>
public static class CommitteeEndpoints
{
    static readonly RefusalKind[] Item =
        [CommitteeRefusals.MeetingOver, CommitteeRefusals.MeetingNotBegun, CommitteeRefusals.NoSuchItem, CommitteeRefusals.ItemResolvedAlready, Permissions.NotPermitted];

    /// <summary>Adds views and routes.</summary>
    public static void MapCommittee(this WebApplication app)
    {
        app.AddView(MeetingViews.Meetings);
        app.AddView(MeetingViews.Attendance);
        app.AddView(MeetingViews.Members);
        MapMeetings(app);
        MapItems(app);
        MapReconsideration(app);
    }

    static void MapMeetings(WebApplication app)
    {
        app.MapGet("/api/meetings", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadMeetings");
                var closed = http.Truth("closed");
                var year = http.Number("year", 1900, 9999);
                return TypedResults.Ok(await queries.In(MeetingViews.Meetings, actor.Jurisdiction, http.AsOf())
                    .Where($"closed = {closed}", closed is not null)
                    .Where($"extract(year from date) = {year}", year is not null)
                    .OrderBy("date", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<bool>("closed").Takes<int>("year").As("ReadMeetings").Does("委员会会议列表，最近的在前", "Lists the committee's meetings, the latest first");

        app.MapGet("/api/meetings/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadMeetings");
                var seen = await queries.Load(actor.Jurisdiction, Meeting.Kind, new MeetingId(id).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(MeetingAnswer.Of(seen.State, seen.Info.Version));
            })
            .TakesAsOf().As("ReadMeetings").Does("读取会议：议程、出席、回避、表决与决议", "Reads a meeting: agenda, attendance, recusals, votes and resolutions");

        app.MapGet("/api/meetings/{id}/minutes", async (string id, HttpContext http, Queries queries, Directory.People people) =>
            {
                var actor = await http.ActorWho("ReadMeetings");
                var seen = await queries.Load(actor.Jurisdiction, Meeting.Kind, new MeetingId(id).Stream, http.AsOf(), http.RequestAborted);
                var names = await people.Names(actor.Jurisdiction, http.RequestAborted);
                var units = new Dictionary<UnitId, string>();
                foreach (var unit in seen.State.Entitled.Select(e => e.Unit).Concat(seen.State.Items.Values.Select(i => i.Unit)).Distinct())
                    units[unit] = (await queries.Find(actor.Jurisdiction, Directory.Unit.Kind, unit.Stream, http.AsOf(), http.RequestAborted))?.State.Name ?? unit.Value;
                return TypedResults.Ok(new MinutesAnswer(seen.State.Id, seen.State.Closed, Minutes.Of(seen.State, p => names.GetValueOrDefault(p, p.Value), u => units[u])));
            })
            .TakesAsOf().As("ReadMeetings").Does("会议纪要", "The minutes of a meeting");

        app.MapPost("/api/meetings", async (Body<ConveneMeetingRequest> body, HttpContext http, Commands commands, Queries queries) =>
            {
                var actor = await http.Actor();
                var id = new MeetingId(Guid.CreateVersion7().ToString("N"));
                var command = new ConveneMeeting(id, body.Value.Date, body.Value.Place, body.Value.Extraordinary);
                return await commands.Run(http, id.Stream, async s =>
                {
                    var members = await queries.In(MeetingViews.Members, actor.Jurisdiction).All(s.Cancel);
                    var last = await queries.In(MeetingViews.Meetings, actor.Jurisdiction).Where($"date <= {command.Date}").OrderBy("date", descending: true).First(s.Cancel);
                    var policy = await s.InForce();
                    var existing = await s.Find(Meeting.Kind, id.Stream);
                    List<Proposal> deferred = [];
                    foreach (var row in await queries.In(ProposalView.List, actor.Jurisdiction).Where($"stage = {Stage.Committee} and deferred_on is not null").All(s.Cancel))
                        deferred.Add(await s.Load(Proposal.Kind, row.Id.Stream));
                    return ConveneMeeting.Decide(command, existing, await s.People(members.Select(m => m.Person)), deferred, last?.Date, policy, s.Occasion);
                }, s => Answer(s, id), created: $"/api/meetings/{id.Value}");
            })
            .IsCommand<MeetingAnswer>(StatusCodes.Status201Created)
            .As("ConveneMeeting").Does("召集会议（区级首席信息官主持）", "Convenes a meeting, chaired by the District CIO who convenes",
                Permissions.NotPermitted, ConveneMeeting.NoMembers, ConveneMeeting.MeetingTooSoon, PolicyBook.NoneInForce, Texts.Required, Texts.TooLong);

        app.MapPost("/api/meetings/{id}/agenda", (string id, Body<PlaceAgendaItem> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
            {
                var proposal = await s.Load(Proposal.Kind, body.Value.Proposal.Stream);
                var policy = (await s.Policies()).Of(meeting.Policy)!;
                return PlaceAgendaItem.Decide(body.Value, meeting, proposal, await s.People(meeting.Entitled.Select(e => e.Person)), await s.Authors(proposal), policy, s.Occasion);
            }))
            .IsCommand<MeetingAnswer>()
            .As("PlaceAgendaItem").Does("将项目列入议程，本单位及有利害关系的委员自动回避", "Places a proposal on the agenda; members of the unit or with a declared tie are recused",
                Permissions.NotPermitted, Permissions.WrongStage, CommitteeRefusals.MeetingOver, CommitteeRefusals.AgendaFixed, PlaceAgendaItem.OnAnotherAgenda,
                Permissions.CorrectionOpen, CompleteFullCheck.Open, UnificationRules.NotUnified, PlaceAgendaItem.TooManyMajorItems);

        app.MapPost("/api/meetings/{id}/attendance", (string id, Body<RecordAttendanceRequest> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
                RecordAttendance.Decide(new(body.Value.Member, body.Value.Present, body.Value.Item), meeting, await s.HeldOn(meeting), s.Occasion)))
            .IsCommand<MeetingAnswer>()
            .As("RecordAttendance").Does("登记委员到场或离场", "Records that a member arrived or left", [.. Item, RecordAttendance.AgendaEmpty, CommitteeRefusals.NotEntitled]);

        app.MapPost("/api/meetings/{id}/closure", (string id, Body<CloseMeetingRequest> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
                CloseMeeting.Decide(new(body.Value.Remarks), meeting, await s.HeldOn(meeting), s.Occasion)))
            .IsCommand<MeetingAnswer>()
            .As("CloseMeeting").Does("结束会议并形成纪要", "Closes the meeting, which makes its minutes final",
                Permissions.NotPermitted, CommitteeRefusals.MeetingNotBegun, CloseMeeting.ItemsUndecided, Texts.TooLong);
    }

    static void MapItems(WebApplication app)
    {
        app.MapPost("/api/meetings/{id}/agenda/{item:int}/removal", (string id, int item, Body<CommitteeReason> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
            {
                var command = new RemoveAgendaItem(item, body.Value.Reason);
                return await ProposalOf(s, meeting, item) is { } proposal
                    ? RemoveAgendaItem.Decide(command, meeting, proposal, s.Occasion)
                    : CommitteeRefusals.NoSuchItem.At("item", item);
            }))
            .IsCommand<MeetingAnswer>()
            .As("RemoveAgendaItem").Does("将议题撤出议程", "Takes an item off the agenda", [.. Item, CommitteeRefusals.AgendaFixed, Texts.Required]);

        app.MapPost("/api/meetings/{id}/agenda/{item:int}/recusal", (string id, int item, Body<RecuseMemberRequest> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
            {
                await s.HeldOn(meeting);
                return RecuseMember.Decide(new(item, body.Value.Member, body.Value.Reason), meeting, s.Occasion);
            }))
            .IsCommand<MeetingAnswer>()
            .As("RecuseMember").Does("委员回避某项议题", "Recuses a member from an item", [.. Item, CommitteeRefusals.NotEntitled, Texts.Required]);

        app.MapPost("/api/meetings/{id}/agenda/{item:int}/vote", (string id, int item, Body<OpenVoteRequest> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
            {
                if (await ProposalOf(s, meeting, item) is not { } proposal) return CommitteeRefusals.NoSuchItem.At("item", item);
                var command = new OpenVote(item, body.Value.Motion, body.Value.Amount, [.. body.Value.Conditions ?? []]);
                return OpenVote.Decide(command, meeting, proposal, await s.People(meeting.Entitled.Select(e => e.Person)), await s.Authors(proposal), await s.Judging(proposal), await s.HeldOn(meeting), s.Occasion);
            }))
            .IsCommand<MeetingAnswer>()
            .As("OpenVote").Does("主持人提请表决", "The chair puts a motion to the vote",
                [.. Item, CommitteeRefusals.NotTheChair, Permissions.CorrectionOpen, OpenVote.AmountOutOfBounds, OpenVote.MotionMalformed, OpenVote.VoteOpenAlready,
                OpenVote.DeferralsUsed, CommitteeRefusals.NoQuorum, UnificationRules.NotUnified, Permissions.WrongStage]);

        app.MapPost("/api/meetings/{id}/agenda/{item:int}/ballot", (string id, int item, Body<CastVoteRequest> body, HttpContext http, Commands commands) => OnMeeting(id, http, commands, async (s, meeting) =>
            {
                // The item's own policy gives the quorum; without the item the refusal needs none.
                var policy = (await s.Policies()).Of(meeting.Items.GetValueOrDefault(item)?.Policy ?? meeting.Policy)!;
                return CastVote.Decide(new(item, body.Value.Vote), meeting, policy, await s.HeldOn(meeting), s.Occasion);
            }))
            .IsCommand<MeetingAnswer>()
            .As("CastVote").Does("在场委员本人表决", "A member present votes in person",
                [.. Item, CommitteeRefusals.NotEntitled, CastVote.NotPresent, CastVote.Recused, CommitteeRefusals.NoVoteOpen, CommitteeRefusals.NoQuorum]);

        app.MapPost("/api/meetings/{id}/agenda/{item:int}/resolution", (string id, int item, Body<ResolveItemRequest> body, HttpContext http, Commands commands) =>
            {
                var round = new RoundId(Guid.CreateVersion7().ToString("N"));
                return OnMeeting(id, http, commands, async (s, meeting) =>
                {
                    if (await ProposalOf(s, meeting, item) is not { } proposal) return CommitteeRefusals.NoSuchItem.At("item", item);
                    await s.HeldOn(meeting);
                    return ResolveItem.Decide(
                        new(item, body.Value.Resolution, body.Value.Reason), meeting, proposal, await s.FundOf(proposal.Held), await s.Judging(proposal), await s.Calendar(), round, s.Occasion);
                });
            })
            .IsCommand<MeetingAnswer>().RequiresIfMatch()
            .As("ResolveItem").Does("主持人宣布决议：须与表决结果一致；通过即安排资金", "The chair declares the resolution, which the votes must carry; approving commits the money",
                [.. Item, CommitteeRefusals.NotTheChair, CommitteeRefusals.NoQuorum, CommitteeRefusals.NoVoteOpen, CommitteeRefusals.RevisionMoved, ResolveItem.VotesOutstanding,
                ResolveItem.NotCarried, CommitteeRefusals.NoMoneyHeld, FundRules.Exhausted, FundRules.ReservationOver, Permissions.WrongStage, Texts.Required]);
    }

    static void MapReconsideration(WebApplication app)
    {
        app.MapPost("/api/proposals/{id}/reconsideration-request", (string id, Body<CommitteeReason> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => AskReconsideration.Decide(new(body.Value.Reason), p, await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("AskReconsideration").Does("项目单位申请复议（一次）", "The unit asks for reconsideration, once", Permissions.NotPermitted, Permissions.WrongStage,
                AskReconsideration.NotRejected, AskReconsideration.ReconsideredAlready, AskReconsideration.ReconsiderationLate, Texts.Required);

        app.MapPost("/api/proposals/{id}/reconsideration", (string id, Body<CommitteeReason> body, HttpContext http, Commands commands) =>
            {
                var reservation = new ReservationId(Guid.CreateVersion7().ToString("N"));
                return commands.On(http, id, async (s, p) =>
                {
                    if (Permissions.Check(nameof(OpenReconsideration), s.By, p) is { } no) return no;
                    return await s.FundOf(p.Committee.HeldBeforeRejection) is { } fund
                        ? OpenReconsideration.Decide(new(body.Value.Reason), p, fund, reservation, await s.Judging(p), s.Occasion)
                        : OpenReconsideration.ReconsiderationNotAsked.With();
                });
            })
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("OpenReconsideration").Does("同意复议，重新预留资金", "Takes a rejected proposal up again and reserves its money anew", Permissions.NotPermitted, Permissions.WrongStage,
                OpenReconsideration.ReconsiderationNotAsked, FundRules.Exhausted, Texts.Required);

        app.MapPost("/api/proposals/{id}/reconsideration-refusal", (string id, Body<CommitteeReason> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => RefuseReconsideration.Decide(new(body.Value.Reason), p, await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("RefuseReconsideration").Does("不予复议", "Does not take a rejected proposal up again", Permissions.NotPermitted, Permissions.WrongStage, OpenReconsideration.ReconsiderationNotAsked, Texts.Required);
    }

    static Task<IResult> OnMeeting(string id, HttpContext http, Commands commands, Func<Session, Meeting, Task<Decision>> decide)
    {
        var meeting = new MeetingId(id);
        return commands.Run(http, meeting.Stream, async s => await decide(s, await s.Load(Meeting.Kind, meeting.Stream)), s => Answer(s, meeting));
    }

    static async Task<Proposal?> ProposalOf(Session s, Meeting meeting, int item) =>
        meeting.Items.TryGetValue(item, out var found) ? await s.Load(Proposal.Kind, found.Proposal.Stream) : null;

    static MeetingAnswer Answer(Session s, MeetingId id) => MeetingAnswer.Of(s.After(Meeting.Kind, id.Stream)!, s.Version(id.Stream));
}
