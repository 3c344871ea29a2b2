using Approval.BatchReview;
using Approval.Calendars;
using Approval.Deadlines;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Scheduling;

/// <summary>The District CIO's answer to a key project.</summary>
/// <param name="Revision">The revision that the District CIO saw.</param>
/// <param name="Consent">Whether to consent.</param>
/// <param name="Reason">Why not, or what to add.</param>
public sealed record ConsentRequest(int Revision, bool Consent, string? Reason = null);

/// <summary>A key project in the early schedule.</summary>
/// <param name="Proposal">The project.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Slot">Its month, as the first day.</param>
/// <param name="Fund">The fund that carries it.</param>
/// <param name="Amount">What was reserved for it at scheduling.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="FullCheckDue">By when its full check is due, while it is.</param>
public sealed record SlotAnswer(ProposalId Proposal, string? Title, UnitId? Unit, DateOnly Slot, FundId Fund, Money Amount, Stage? Stage, DateOnly? FullCheckDue);

/// <summary>A year's early schedule with the caps that hold today.</summary>
/// <param name="Year">The year.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="Accepted">How many proposals were accepted and put on a track in the year.</param>
/// <param name="MostKey">How many of them may be key.</param>
/// <param name="LongestOrdinaryWait">How many working days the general proposal that has waited longest has waited.</param>
/// <param name="PromisedWait">How many the policy promises at most.</param>
/// <param name="Slots">The slots taken, by month.</param>
public sealed record ScheduleAnswer(int Year, long Version, int Accepted, int MostKey, int LongestOrdinaryWait, int PromisedWait, IReadOnlyList<SlotAnswer> Slots);

/// <summary>The routes of early scheduling.</summary>
public static class SchedulingEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapScheduling(this WebApplication app)
    {
        app.AddView(TrackView.Tracks);

        app.MapPost("/api/proposals/{id}/classification", (string id, Body<ClassifyProposal> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, proposal) =>
                {
                    var (calendar, policies) = (await s.Calendar(), await s.Policies());
                    var open = body.Value.Track == Track.General && await queries.OpenOn(s.By.Jurisdiction, calendar.DateOf(s.At), s.Cancel) is { } row
                        ? await s.Load(Batch.Kind, row.Id.Stream)
                        : null;
                    return ClassifyProposal.Decide(body.Value, proposal, proposal.Policy is { } policy ? policies.Named(policy) : null, open, calendar, s.Occasion);
                }))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("ClassifyProposal").Does("分类为重点或一般项目", "Puts an accepted proposal on a track", Permissions.NotPermitted, Permissions.WrongStage, Permissions.CorrectionOpen, IntakeRefusals.NotAcceptedYet,
                ClassifyProposal.StaysGeneral, ClassifyProposal.Already, Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapPost("/api/proposals/{id}/consent-request", (string id, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, proposal) =>
                {
                    return proposal.Policy is { } policy ? AskConsent.Decide(proposal, (await s.Policies()).Named(policy), s.Occasion) : IntakeRefusals.NotAcceptedYet.With();
                }))
            .IsCommand<ProposalAnswer>()
            .As("AskConsent").Does("再次请示同意", "Asks the District CIO's consent again", Permissions.NotPermitted, Permissions.WrongStage, Permissions.CorrectionOpen, IntakeRefusals.NotAcceptedYet, AskConsent.Given);

        app.MapPost("/api/proposals/{id}/consent", (string id, Body<ConsentRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, proposal) => proposal.Answer(
                    SigningPurpose.Consent, body.Value.Consent, body.Value.Revision, body.Value.Reason, await s.Authors(proposal), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("SignFor").Does("同意或不同意重点项目", "The District CIO consents to a key project, or does not", SigningAnswer.Refusals);

        app.MapPost("/api/proposals/{id}/schedule", (string id, Body<ScheduleKeyProject> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, proposal) =>
                {
                    var (calendar, policies) = (await s.Calendar(), await s.Policies());
                    if (proposal.Policy is not { } policy) return IntakeRefusals.NotAcceptedYet.With();
                    var today = calendar.DateOf(s.At);
                    var schedule = await s.Find(EarlySchedule.Kind, new EarlyScheduleId(today.Year).Stream) ?? EarlySchedule.Empty(today.Year);
                    var fund = await s.Find(Fund.Kind, body.Value.Fund.Stream) ?? throw new ProblemException(Faults.Unknown.At("fund"));
                    var others = await queries.Ordinary(s.By.Jurisdiction, policies.Named(policy), calendar, today, s.Cancel);
                    return ScheduleKeyProject.Decide(body.Value, proposal, schedule, fund, policies.Named(policy), calendar, others, s.Occasion);
                }))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("ScheduleKeyProject").Does("提前安排重点项目", "Gives a key project its month ahead of the batch and reserves its money", Permissions.NotPermitted, Permissions.WrongStage, Permissions.CorrectionOpen,
                IntakeRefusals.NotAcceptedYet, ScheduleKeyProject.ConsentMissing, ScheduleKeyProject.BadSlot, ScheduleKeyProject.NotAhead,
                ScheduleKeyProject.OrdinaryWait, ScheduleKeyProject.CountCap, ScheduleKeyProject.MoneyCap, FundRules.Exhausted, FundRules.NotPositive, FundRules.HeldAlready, Faults.Unknown);

        app.MapPost("/api/proposals/{id}/full-check", (string id, Body<CompleteFullCheck> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, proposal) =>
                {
                    return proposal.Policy is { } policy ? CompleteFullCheck.Decide(body.Value, proposal, (await s.Policies()).Named(policy), s.Occasion) : IntakeRefusals.NotAcceptedYet.With();
                }))
            .IsCommand<ProposalAnswer>()
            .As("CompleteFullCheck").Does("完成全面审查", "Completes the full check of a project taken in early", Permissions.NotPermitted, Permissions.WrongStage, Permissions.CorrectionOpen, IntakeRefusals.NotAcceptedYet,
                CompleteFullCheck.NotDue, Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapGet("/api/schedule", async (HttpContext http, Queries queries, TimeProvider clock) =>
            {
                var actor = await http.ActorWho("ReadSchedule");
                var (asOf, cancel) = (http.AsOf(), http.RequestAborted);
                var calendar = await queries.Calendar(actor.Jurisdiction, asOf, cancel);
                var policies = await queries.Policies(actor.Jurisdiction, asOf, cancel);
                var today = calendar.DateOf(http.Instant("asOf") ?? clock.GetUtcNow());
                var year = http.Number("year", 2000, 2100) ?? today.Year;
                var policy = policies.InForce(today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
                var seen = await queries.Find(actor.Jurisdiction, EarlySchedule.Kind, new EarlyScheduleId(year).Stream, asOf, cancel);
                var slots = new List<SlotAnswer>();
                foreach (var taken in (seen?.State.Slots ?? []).OrderBy(s => s.Slot))
                {
                    var p = (await queries.Find(actor.Jurisdiction, Proposal.Kind, taken.Proposal.Stream, asOf, cancel))?.State;
                    slots.Add(new(taken.Proposal, p?.Content.Title, p?.Unit, taken.Slot, taken.Fund, taken.Amount, p?.Stage, p?.Scheduling.FullCheckDue));
                }

                var others = await queries.Ordinary(actor.Jurisdiction, policy, calendar, today, cancel, asOf, year);
                if (seen is not null) http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(new ScheduleAnswer(
                    year, seen?.Info.Version ?? 0, others.AcceptedThisYear, ScheduleKeyProject.MostKey(policy, others), others.LongestOrdinaryWait,
                    policy.Content.GeneralLongestWaitWorkingDays, slots));
            })
            .TakesAsOf().Takes<int>("year").As("ReadSchedule").Does("重点项目提前安排表", "A year's early schedule with the caps that hold", Permissions.NotPermitted, PolicyBook.NoneInForce);
    }

    /// <summary>What a key project is weighed against: counted and measured from the current views and the proposals that have waited longest.</summary>
    static async Task<OrdinaryProjects> Ordinary(
        this Queries queries, JurisdictionId jurisdiction, Policy policy, WorkingCalendar calendar, DateOnly today, CancellationToken cancel, AsOf? asOf = null, int? year = null)
    {
        var accepted = await queries.In(TrackView.Tracks, jurisdiction, asOf).Where($"year = {year ?? today.Year}").All(cancel);
        var waiting = await queries.In(TrackView.Tracks, jurisdiction, asOf).Where($"waiting_since <= {today}").All(cancel);
        var longest = 0;
        foreach (var row in waiting.OrderBy(w => w.WaitingSince))
        {
            // Working days are no more than days: whoever came later cannot have waited longer.
            if (today.DayNumber - row.WaitingSince!.Value.DayNumber <= longest) break;
            if ((await queries.Find(jurisdiction, Proposal.Kind, row.Proposal.Stream, asOf, cancel))?.State is { } proposal)
            {
                longest = Math.Max(longest, proposal.Clock.Now.WorkingDaysUsed(today, calendar));
            }
        }

        return new(accepted.Count, longest, (await queries.OpenOn(jurisdiction, today, cancel))?.Closes);
    }
}
