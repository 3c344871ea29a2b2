namespace Approval.Committee;

/// <summary>The unit asks once, in time, that its rejected proposal be taken up again.</summary>
/// <param name="Reason">What the committee should weigh anew.</param>
public sealed record AskReconsideration(string Reason)
{
    /// <summary>The proposal was not rejected by the committee.</summary>
    public static readonly RefusalKind NotRejected = new("not-rejected", RefusalSort.Rule,
        "项目不是由委员会否决的，不能申请复议。", "The proposal was not rejected by the committee.");

    /// <summary>The one reconsideration is used.</summary>
    public static readonly RefusalKind ReconsideredAlready = new("reconsidered-already", RefusalSort.Rule,
        "复议只能申请一次。", "Reconsideration can be asked for only once.");

    /// <summary>The time to ask is over.</summary>
    public static readonly RefusalKind ReconsiderationLate = new("reconsideration-late", RefusalSort.Rule,
        "复议申请期限已于 {0} 届满。", "Reconsideration could be asked for until {0}.");

    /// <summary>Decides.</summary>
    public static Decision Decide(AskReconsideration command, Proposal proposal, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(AskReconsideration), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (proposal.Outcome != Outcome.Rejected) return NotRejected.With();
        if (proposal.Committee.ReconsiderationOpen) return Decision.Nothing;
        if (proposal.Committee.Reconsidered || proposal.Committee.ReconsiderUntil is not { } until) return ReconsideredAlready.With();
        return today > until ? ReconsiderationLate.With(until) : Decision.Of(proposal.Id.Stream, new ReconsiderationAsked(command.Reason));
    }
}
