using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>What several commands on a batch share.</summary>
public static class BatchRules
{
    /// <summary>The window is over: nobody joins.</summary>
    public static readonly RefusalKind Closed = new("batch-closed", RefusalSort.Rule,
        "批次申报窗口已关闭，不再接收项目。", "The batch's window is closed; nobody joins any more.");

    /// <summary>The window is still open: nothing is reviewed yet.</summary>
    public static readonly RefusalKind WindowOpen = new("batch-window-open", RefusalSort.Rule,
        "批次申报窗口尚未关闭（截止日 {0}）。", "The batch's window is not closed yet; it closes on {0}.");

    /// <summary>The batch is concluded, once and for all.</summary>
    public static readonly RefusalKind Concluded = new("batch-concluded", RefusalSort.Rule,
        "批次已办结，不能再更改。", "The batch is concluded and changes no more.");

    /// <summary>The proposal is no member of the batch, or no longer.</summary>
    public static readonly RefusalKind NotAMember = new("not-a-batch-member", RefusalSort.Rule,
        "项目“{0}”不在本批次中或已退出。", "The proposal \"{0}\" is not in this batch or has left it.");

    /// <summary>The proposal is named twice.</summary>
    public static readonly RefusalKind Twice = new("batch-member-twice", RefusalSort.Form,
        "项目“{0}”重复出现。", "The proposal \"{0}\" is named twice.");

    /// <summary>The facts of joining, on both streams.</summary>
    internal static Decision Join(Batch batch, Proposal proposal, DateOnly today) =>
        Decision.Of(proposal.Id.Stream, new BatchJoined(batch.Id))
            .And(batch.Id.Stream, new BatchMemberJoined(proposal.Id, proposal.Unit, today));

    /// <summary>Why the batch cannot be worked on now: its window is not over, or it is concluded.</summary>
    internal static Refusal? NotUnderReview(Batch batch, DateOnly today) =>
        batch.Conclusion is not null ? Concluded.With()
        : !batch.ShutOn(today) ? WindowOpen.With(batch.Closes)
        : null;

    /// <summary>What is wrong with a list that names members: strangers and repetitions, each with its place.</summary>
    internal static IEnumerable<Refusal> Misnamed(string field, IEnumerable<ProposalId> named, IReadOnlyDictionary<ProposalId, Proposal> members)
    {
        var seen = new HashSet<ProposalId>();
        foreach (var (i, id) in named.Index())
        {
            if (!members.TryGetValue(id, out var member)) yield return NotAMember.At($"{field}[{i}].proposal", id.Value);
            else if (!seen.Add(id)) yield return Twice.At($"{field}[{i}].proposal", member.Content.Title);
        }
    }

    /// <summary>The members that are still in the batch, in the order in which they joined.</summary>
    internal static IEnumerable<Proposal> Present(Batch batch, IEnumerable<Proposal> members) => members.Where(batch.Holds);

    /// <summary>Whether the joint pre-review of a member has its result and none is pending.</summary>
    internal static bool PreReviewed(Proposal member) =>
        member.BatchReview.Supported is not null && SigningRules.Find(member, SigningPurpose.JointPreReview) is null;
}
