using System.Diagnostics;
using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>Announces a batch.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one.</param>
/// <param name="Fund">The fund that carries the shortlisted.</param>
/// <param name="Bodies">The units that jointly pre-review.</param>
public sealed record OpenBatchRequest(string Title, DateOnly Opens, DateOnly Closes, FundId Fund, IReadOnlyList<UnitId> Bodies);

/// <summary>Names the proposal that joins.</summary>
/// <param name="Proposal">The proposal.</param>
public sealed record JoinBatchRequest(ProposalId Proposal);

/// <summary>A batch's ranking.</summary>
/// <param name="Ranking">Every member once, first comes first, each with its reason.</param>
public sealed record RankBatchRequest(IReadOnlyList<RankedMember> Ranking);

/// <summary>A batch's conclusion.</summary>
/// <param name="Members">Every member once.</param>
public sealed record ConcludeBatchRequest(IReadOnlyList<MemberSettlement> Members);

/// <summary>A body's word on one proposal.</summary>
/// <param name="Revision">The revision that the body saw.</param>
/// <param name="Support">Whether it supports the proposal.</param>
/// <param name="Reason">What it says; needed where it does not support.</param>
public sealed record PreReviewRequest(int Revision, bool Support, string? Reason = null);

/// <summary>A body's word on one of several proposals.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Revision">The revision that the body saw.</param>
/// <param name="Support">Whether it supports the proposal.</param>
/// <param name="Reason">What it says; needed where it does not support.</param>
public sealed record PreReviewItem(ProposalId Proposal, int Revision, bool Support, string? Reason = null);

/// <summary>A body's words on several proposals.</summary>
/// <param name="Items">One for each, at most 100.</param>
public sealed record PreReviewItemsRequest(IReadOnlyList<PreReviewItem> Items);

/// <summary>What became of a body's word on one proposal.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Signed">Whether it stands.</param>
/// <param name="Code">Why not: the refusal's code.</param>
/// <param name="Message">Why not, in the caller's language.</param>
public sealed record PreReviewResult(ProposalId Proposal, bool Signed, string? Code, string? Message);

/// <summary>What became of each.</summary>
/// <param name="Items">In the order asked.</param>
public sealed record PreReviewResults(IReadOnlyList<PreReviewResult> Items);

/// <summary>A member of a batch with its place against the envelope.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="Amount">What it asks for; once settled, what it asked for then.</param>
/// <param name="Joined">When it joined.</param>
/// <param name="Left">Whether it left the batch before the conclusion: withdrawn or lapsed.</param>
/// <param name="UnderCorrection">Whether its unit has yet to answer a correction.</param>
/// <param name="SignedFor">The bodies that signed for, in the newest joint pre-review.</param>
/// <param name="SignedAgainst">The bodies that signed against.</param>
/// <param name="Awaited">The bodies that have yet to sign.</param>
/// <param name="Supported">The result of the joint pre-review; absent before it.</param>
/// <param name="HeldOver">How often it was held over.</param>
/// <param name="Rank">Its rank, from 1; absent before the ranking.</param>
/// <param name="RankReason">Why it stands there.</param>
/// <param name="CumulativeYuan">What it and all ranked before it ask for together.</param>
/// <param name="WithinEnvelope">Whether the fund carries it and all before it.</param>
/// <param name="Outcome">What the conclusion made of it.</param>
/// <param name="Reason">Why.</param>
public sealed record BatchMemberAnswer(
    ProposalId Proposal, string Title, UnitId Unit, int Revision, Money Amount, DateOnly Joined, bool Left, bool UnderCorrection,
    IReadOnlyList<string> SignedFor, IReadOnlyList<string> SignedAgainst, IReadOnlyList<string> Awaited, bool? Supported, int HeldOver,
    int? Rank, string? RankReason, decimal? CumulativeYuan, bool? WithinEnvelope, BatchOutcome? Outcome, string? Reason);

/// <summary>A batch with its members, ranking and envelope line.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one, unless closed before.</param>
/// <param name="ClosedOn">When the office closed the window.</param>
/// <param name="Concluded">Whether every member is settled.</param>
/// <param name="Fund">The fund that carries the shortlisted.</param>
/// <param name="Free">What the fund has free for it; once concluded, what it had free before.</param>
/// <param name="Bodies">The units that jointly pre-review.</param>
/// <param name="Members">The members: the ranked in their order, then the others as they joined.</param>
public sealed record BatchAnswer(
    BatchId Id, long Version, string Title, DateOnly Opens, DateOnly Closes, DateOnly? ClosedOn, bool Concluded, FundId Fund, Money Free,
    IReadOnlyList<UnitId> Bodies, IReadOnlyList<BatchMemberAnswer> Members)
{
    /// <summary>The answer about a batch at a version.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="version">Its version.</param>
    /// <param name="proposal">Its members by their ids.</param>
    /// <param name="fund">Its fund.</param>
    public static BatchAnswer Of(Batch batch, long version, Func<ProposalId, Proposal> proposal, Fund fund)
    {
        var free = batch.Conclusion?.Free ?? fund.Free;
        var members = batch.Members.ToDictionary(m => m.Proposal, m => proposal(m.Proposal));
        var settled = batch.Conclusion?.Outcomes.ToDictionary(o => o.Proposal);
        bool IsIn(ProposalId p) => settled?.ContainsKey(p) ?? batch.Holds(members[p]);
        Money Asks(ProposalId p) => settled?.GetValueOrDefault(p)?.Amount ?? members[p].Content.Total;
        var envelope = Envelope.Of(free, batch.Ranking.Where(r => IsIn(r.Proposal)).Select(r => (r.Proposal, Asks(r.Proposal)))).ToDictionary(e => e.Proposal);
        return new(
            batch.Id, version, batch.Title, batch.Opens, batch.Closes, batch.ClosedOn, settled is not null, batch.Fund, free, batch.Bodies,
            [.. batch.Members.Select(Member).OrderBy(m => m.Left).ThenBy(m => m.Rank ?? int.MaxValue)]);

        BatchMemberAnswer Member(BatchMember member)
        {
            var (p, place, outcome) = (members[member.Proposal], envelope.GetValueOrDefault(member.Proposal), settled?.GetValueOrDefault(member.Proposal));
            var round = p.BatchReview.Batch == batch.Id || outcome is not null ? p.Rounds.LastOrDefault(r => r.Purpose == SigningPurpose.JointPreReview) : null;
            return new(
                p.Id, p.Content.Title, p.Unit, p.Revision, Asks(p.Id), member.Joined, !IsIn(p.Id), p.Intake.Correction is not null,
                [.. round?.Signatures.Values.Where(s => s.For).Select(s => s.Seat) ?? []], [.. round?.Signatures.Values.Where(s => !s.For).Select(s => s.Seat) ?? []],
                round is { Open: true } ? [.. round.Unsigned.Select(s => s.Key)] : [], p.BatchReview.Batch == batch.Id ? p.BatchReview.Supported : null, p.BatchReview.HeldOver,
                place?.Rank, batch.Ranking.FirstOrDefault(r => r.Proposal == p.Id)?.Reason, place?.CumulativeYuan, place?.Within, outcome?.Outcome, outcome?.Reason);
        }
    }
}

/// <summary>The routes of batch review.</summary>
public static class BatchEndpoints
{
    const int MostItems = 100;

    /// <summary>More than 100 items at once, or none.</summary>
    public static readonly RefusalKind TooManyItems = new("pre-review-items", RefusalSort.Form,
        "一次须签 1 至 {0} 个项目。", "Between 1 and {0} proposals are signed at once.");

    /// <summary>Maps them.</summary>
    public static void MapBatches(this WebApplication app)
    {
        app.AddView(BatchView.List);

        app.MapPost("/api/batches", (Body<OpenBatchRequest> body, HttpContext http, Commands commands) =>
            {
                var (id, r) = (new BatchId(Guid.CreateVersion7().ToString("N")), body.Value);
                return commands.Run(http, id.Stream, async s =>
                {
                    var fund = await s.Find(Fund.Kind, r.Fund.Stream) ?? throw new ProblemException(Faults.Unknown.At("fund"));
                    var units = new List<Unit>();
                    foreach (var body in r.Bodies.Distinct())
                    {
                        if (await s.Find(Unit.Kind, body.Stream) is { } unit) units.Add(unit);
                    }

                    return OpenBatch.Decide(new(r.Title, r.Opens, r.Closes, r.Fund, [.. r.Bodies]), id, null, fund, units, await s.Calendar(), s.Occasion);
                }, s => BatchAnswer.Of(s.After(Batch.Kind, id.Stream)!, s.Version(id.Stream), _ => throw new UnreachableException(), s.After(Fund.Kind, r.Fund.Stream)!),
                $"/api/batches/{id.Value}");
            })
            .IsCommand<BatchAnswer>(StatusCodes.Status201Created)
            .As("OpenBatch").Does("设立批次", "Announces a batch", Permissions.NotPermitted, OpenBatch.BadWindow, OpenBatch.BadBodies, OpenBatch.UnknownBody, Faults.Unknown,
                Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapPost("/api/batches/{id}/members", (string id, Body<JoinBatchRequest> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, batch) => JoinBatch.Decide(batch, await s.Visible(body.Value.Proposal), await s.Calendar(), s.Occasion)))
            .IsCommand<BatchAnswer>()
            .As("JoinBatch").Does("项目加入批次", "A waiting general proposal joins", Permissions.NotPermitted, Permissions.WrongStage, JoinBatch.NotYet, JoinBatch.InAnother, BatchRules.Closed, Faults.Unknown);

        app.MapPost("/api/batches/{id}/closure", (string id, Body<CloseBatch> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, batch) => CloseBatch.Decide(body.Value, batch, await s.Calendar(), s.Occasion)))
            .IsCommand<BatchAnswer>()
            .As("CloseBatch").Does("关闭申报窗口", "Closes the window; afterwards nobody joins", Permissions.NotPermitted, Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapPost("/api/batches/{id}/pre-review-request", (string id, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, batch) =>
                    OpenPreReview.Decide(batch, await s.MembersOf(batch), (await s.Policies()).Named, await s.Calendar(), s.Occasion)))
            .IsCommand<BatchAnswer>()
            .As("OpenPreReview").Does("发起会审", "Asks the bodies to pre-review every member", Permissions.NotPermitted, OpenPreReview.Empty, BatchRules.WindowOpen, BatchRules.Concluded);

        app.MapPost("/api/batches/{id}/pre-review", SignSeveral)
            .IsCommand<PreReviewResults>()
            .As("SignFor").Does("会审批量签署", "A body signs several members at once, each on its own", [TooManyItems, .. SigningAnswer.Refusals]);

        app.MapPost("/api/proposals/{id}/pre-review", (string id, Body<PreReviewRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, proposal) => proposal.Answer(
                    SigningPurpose.JointPreReview, body.Value.Support, body.Value.Revision, body.Value.Reason, await s.Authors(proposal), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("SignFor").Does("会审签署", "A body signs a proposal in joint pre-review", SigningAnswer.Refusals);

        app.MapPut("/api/batches/{id}/ranking", (string id, Body<RankBatchRequest> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, batch) =>
                    RankBatch.Decide(new([.. body.Value.Ranking]), batch, await s.MembersOf(batch), await s.Calendar(), s.Occasion)))
            .IsCommand<BatchAnswer>()
            .As("RankBatch").Does("批次排序", "Ranks every member", Permissions.NotPermitted, RankBatch.Incomplete, BatchRules.NotAMember, BatchRules.Twice, BatchRules.WindowOpen, BatchRules.Concluded,
                Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapPost("/api/batches/{id}/conclusion", (string id, Body<ConcludeBatchRequest> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, batch) =>
                {
                    var members = await s.MembersOf(batch);
                    var (fund, policies) = (await s.Load(Fund.Kind, batch.Fund.Stream), await s.Policies());
                    return ConcludeBatch.Decide(new([.. body.Value.Members]), batch, members, fund, policies.Named, await s.Calendar(), s.Occasion);
                }))
            .IsCommand<BatchAnswer>().RequiresIfMatch()
            .As("ConcludeBatch").Does("批次结论", "Settles every member in one act and reserves the money of the shortlisted", Permissions.NotPermitted,
                ConcludeBatch.Unsettled, ConcludeBatch.Unranked, ConcludeBatch.PreReviewOpen, ConcludeBatch.NotSupported, ConcludeBatch.HeldOverTooOften,
                BatchRules.NotAMember, BatchRules.Twice, BatchRules.WindowOpen, BatchRules.Concluded, FundRules.Exhausted, FundRules.NotPositive, FundRules.HeldAlready,
                Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapGet("/api/batches", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadBatches");
                return TypedResults.Ok(await queries.In(BatchView.List, actor.Jurisdiction, http.AsOf()).OrderBy("opens", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().As("ReadBatches").Does("批次列表", "Lists the batches", Permissions.NotPermitted);

        app.MapGet("/api/batches/windows", async (HttpContext http, Queries queries, TimeProvider clock) =>
            {
                var actor = await http.ActorWho("ReadBatchWindows");
                var today = WorkingCalendar.WeekendsOnly.DateOf(http.Instant("asOf") ?? clock.GetUtcNow());
                return TypedResults.Ok(await queries.Windows(actor.Jurisdiction, today, http.AsOf(), http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().As("ReadBatchWindows").Does("批次受理窗口", "The windows in which batches take proposals in, now or later", Permissions.NotPermitted);

        app.MapGet("/api/batches/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var answer = await Read(queries, await http.ActorWho("ReadBatches"), new(id), http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(answer.Version);
                return TypedResults.Ok(answer);
            })
            .TakesAsOf().As("ReadBatches").Does("批次详情", "A batch with its ranking and envelope line, now or as of an instant", Permissions.NotPermitted, Faults.Unknown);
    }

    static async Task<IReadOnlyList<Proposal>> MembersOf(this Session session, Batch batch)
    {
        var members = new List<Proposal>();
        foreach (var member in batch.Members) members.Add(await session.Load(Proposal.Kind, member.Proposal.Stream));
        return members;
    }

    /// <summary>Each item is a command of its own: one that is refused does not hold the others up.</summary>
    static async Task<IResult> SignSeveral(string id, Body<PreReviewItemsRequest> body, HttpContext http, CommandRunner runner, Queries queries)
    {
        var actor = await http.Actor();
        if (Permissions.Check(nameof(SignFor), actor) is { } no) return Problems.Of(http, no);
        var batch = (await queries.Load(actor.Jurisdiction, Batch.Kind, new BatchId(id).Stream, cancel: http.RequestAborted)).State;
        if (body.Value.Items.Count is 0 or > MostItems) return Problems.Of(http, TooManyItems.At("items", MostItems));
        var results = new List<PreReviewResult>();
        foreach (var item in body.Value.Items)
        {
            var outcome = await runner.Run(actor, new CommandOptions(item.Proposal.Stream, Cancel: http.RequestAborted), async s =>
                await s.Find(Proposal.Kind, item.Proposal.Stream) is { } proposal && batch.Holds(proposal)
                    ? proposal.Answer(SigningPurpose.JointPreReview, item.Support, item.Revision, item.Reason, await s.Authors(proposal), s.Occasion)
                    : BatchRules.NotAMember.With(item.Proposal.Value));
            var refusal = outcome switch
            {
                CommandOutcome.Done => null,
                CommandOutcome.Refused r => r.Refusals[0],
                _ => Faults.Contended.With(),
            };
            results.Add(new(item.Proposal, refusal is null, refusal?.Code, refusal?.Message(Problems.SpeaksChinese(http))));
        }

        return TypedResults.Ok(new PreReviewResults(results));
    }

    internal static async Task<BatchAnswer> Read(Queries queries, Actor actor, BatchId id, AsOf? asOf, CancellationToken cancel)
    {
        var (batch, info) = await queries.Load(actor.Jurisdiction, Batch.Kind, id.Stream, asOf, cancel);
        var members = await queries.All(actor.Jurisdiction, Proposal.Kind, batch.Members.Select(m => m.Proposal.Stream), asOf, cancel);
        var fund = (await queries.Load(actor.Jurisdiction, Fund.Kind, batch.Fund.Stream, asOf, cancel)).State;
        return BatchAnswer.Of(batch, info.Version, p => members.GetValueOrDefault(p.Stream) ?? throw new NotFoundException(p.Stream), fund);
    }

    /// <summary>A command on a batch, answered with the batch as it leaves it. What the decision does not rest on is read beside it, as it stands.</summary>
    static Task<IResult> On(this Commands commands, HttpContext http, Queries queries, string id, Func<Session, Batch, Task<Decision>> decide)
    {
        var stream = new BatchId(id).Stream;
        IReadOnlyDictionary<StreamId, Proposal> members = null!;
        IReadOnlyDictionary<StreamId, Fund> funds = null!;
        return commands.Run(http, stream, async s =>
        {
            var batch = await s.Load(Batch.Kind, stream);
            var decision = await decide(s, batch);
            members = await queries.All(s.By.Jurisdiction, Proposal.Kind, batch.Members.Select(m => m.Proposal.Stream), cancel: s.Cancel);
            funds = await queries.All(s.By.Jurisdiction, Fund.Kind, [batch.Fund.Stream], cancel: s.Cancel);
            return decision;
        }, s =>
        {
            var batch = s.After(Batch.Kind, stream)!;
            return BatchAnswer.Of(
                batch, s.Version(stream), p => s.After(Proposal.Kind, p.Stream) ?? members[p.Stream], s.After(Fund.Kind, batch.Fund.Stream) ?? funds[batch.Fund.Stream]);
        });
    }
}
