using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Testing;

namespace Approval.BatchReview;

/// <summary>A batch of March 2026 with its members, for the tests of this folder.</summary>
static class Batches
{
    public static readonly UnitId Finance = new("finance");
    public static readonly UnitId Reform = new("reform");

    /// <summary>On the day after the window.</summary>
    public static readonly DateTimeOffset April = new(2026, 4, 1, 2, 0, 0, TimeSpan.Zero);

    public static readonly BatchOpened Opened = new(Past.Batch, "2026年第一批", new(2026, 3, 1), new(2026, 3, 31), Past.Fund, [Finance, Reform]);
    public static readonly BatchClosed Closed = new(new(2026, 3, 31), null);

    public static readonly ProposalId A = new("a"), B = new("b"), C = new("c");

    public static Policy PolicyOf(PolicyRef policy) => policy == Sample.Policy.Ref ? Sample.Policy : throw new KeyNotFoundException();

    public static BatchMemberJoined Joined(ProposalId id) => new(id, Sample.Health, new(2026, 3, 2));

    public static BatchRanked Ranked(params ImmutableArray<ProposalId> ids) => new([.. ids.Select(id => new RankedMember(id, "急需"))]);

    /// <summary>A proposal in the batch, titled by its id, asking for this many yuan, and what happened to it since.</summary>
    public static Proposal Member(ProposalId id, decimal yuan = 1_000_000m, params object[] since) => Proposal.Kind.Fold(
        [new ProposalDrafted(id, Sample.Health, Sample.Content with { Title = id.Value, Budget = [new(BudgetKind.Software, new(yuan))], Total = new(yuan) }),
         .. Past.Accepted.Skip(1), new ProposalClassified(Track.General, "", null, Sample.Policy.Ref), new BatchJoined(Past.Batch), .. Scenario.Flat(since)])!;

    public static JointPreReviewConcluded Reviewed(bool supported = true) => new(Past.Batch, 1, supported, Sample.Policy.Ref);

    public static ProposalReturned Returned => new(Stage.BatchReview, 1, "概算依据不足", ["概算"]);

    public static ProposalWithdrawn Withdrawn => new("另行安排");

    public static Actor[] NotTheOffice => [Sample.Officer, Sample.DepartmentalCio, Sample.DistrictCio, Sample.Expert, Sample.Auditor, Sample.Administrator];
}
