using Approval.Intake;
using Approval.BatchReview;
using Approval.Calendars;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Scheduling;

/// <summary>The office puts an accepted proposal on a track. Key asks the District CIO's consent; general joins the batch whose window is open, if there is one.
/// A key project may be put back on the general track until it is scheduled; a general one never becomes key.</summary>
/// <param name="Track">The track.</param>
/// <param name="Reason">Why; needed for a key project, and to put one back.</param>
/// <param name="Document">The document on which a key project rests.</param>
public sealed record ClassifyProposal(Track Track, string? Reason = null, string? Document = null)
{
    /// <summary>General stays general: key would be a way round the batch.</summary>
    public static readonly RefusalKind StaysGeneral = new("general-stays-general", RefusalSort.Rule,
        "一般项目不得改列为重点项目。", "A general proposal does not become key.");

    /// <summary>It is classified so already, on other grounds.</summary>
    public static readonly RefusalKind Already = new("classified-already", RefusalSort.Rule,
        "项目已按其他理由分类。", "The proposal is already classified, for another reason.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="policy">The policy that judges it; null before acceptance.</param>
    /// <param name="open">The batch that takes proposals in today, if any.</param>
    /// <param name="calendar">The jurisdiction's calendar.</param>
    /// <param name="on">Who, when.</param>
    public static Decision Decide(ClassifyProposal command, Proposal proposal, Policy? policy, Batch? open, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(ClassifyProposal), on.By, proposal) is { } no) return no;
        if (policy is null || proposal.Policy is null) return IntakeRefusals.NotAcceptedYet.With();
        var text = Texts.Check("reason", command.Reason, Texts.Remark, required: command.Track == Track.Key || proposal.Track == Track.Key)
            .Concat(Texts.Check("document", command.Document, Texts.Name, required: command.Track == Track.Key)).ToList();
        if (text.Count > 0) return Decision.Refuse(text);

        var classified = new ProposalClassified(command.Track, command.Reason ?? "", command.Document, policy.Ref, proposal.Revision);
        if (proposal.Track == command.Track)
        {
            return (proposal.Scheduling.Reason, proposal.Scheduling.Document) == (classified.Reason, classified.Document) ? Decision.Nothing : Already.With();
        }

        if (proposal.Track == Track.General) return StaysGeneral.With();

        var decision = Decision.Of(proposal.Id.Stream, [.. SigningRules.Cancel(proposal), classified]);
        if (command.Track == Track.Key) return decision.And(proposal.Id.Stream, ConsentRound.Open(proposal, policy));
        var today = calendar.DateOf(on.At);
        return open?.TakesIn(today) == true ? decision.And(BatchRules.Join(open, proposal, today)) : decision;
    }
}
