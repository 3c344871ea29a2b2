using Approval.Calendars;

namespace Approval.BatchReview;

/// <summary>A general proposal that waits for a batch (held over, or classified while no window was open) joins one inside its window.</summary>
public sealed record JoinBatch
{
    /// <summary>The window opens later.</summary>
    public static readonly RefusalKind NotYet = new("batch-not-open-yet", RefusalSort.Rule,
        "批次自 {0} 起接收项目。", "The batch takes proposals in from {0}.");

    /// <summary>It is in another batch.</summary>
    public static readonly RefusalKind InAnother = new("in-another-batch", RefusalSort.Rule,
        "项目已在其他批次中。", "The proposal is in another batch.");

    /// <summary>Decides.</summary>
    public static Decision Decide(Batch batch, Proposal proposal, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(JoinBatch), on.By, proposal) is { } no) return no;
        if (batch.Holds(proposal)) return Decision.Nothing;
        if (proposal.BatchReview.Batch is not null) return InAnother.With();
        var today = calendar.DateOf(on.At);
        return batch.ShutOn(today) ? BatchRules.Closed.With()
            : !batch.TakesIn(today) ? NotYet.With(batch.Opens)
            : BatchRules.Join(batch, proposal, today);
    }
}
