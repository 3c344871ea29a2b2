using Approval.InterfaceUnification;
using Approval.Signing;

namespace Approval.Issuance;

/// <summary>The signed approval is issued: it gets the year's next number and its document, and the interfaces it provides are published, in one act.</summary>
public sealed record IssueApproval
{
    /// <summary>The approval is not signed.</summary>
    public static readonly RefusalKind ApprovalNotSigned = new("approval-not-signed", RefusalSort.Rule,
        "批复尚未签发。", "The approval is not signed.");

    /// <summary>The unit revised the proposal after the committee's approval.</summary>
    public static readonly RefusalKind RevisedSinceApproval = new("revised-since-approval", RefusalSort.Rule,
        "委员会批准的是第 {0} 版，项目现为第 {1} 版，不能批复。", "The committee approved revision {0}; the proposal is at revision {1} and cannot be issued.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="numbers">The numbers given so far.</param>
    /// <param name="catalogue">The interface catalogue.</param>
    /// <param name="unit">The name of the unit that answers for the interfaces published.</param>
    /// <param name="prefix">The jurisdiction's prefix of approval numbers: 示信批.</param>
    /// <param name="today">The local date; its year is the number's.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(
        IssueApproval command, Proposal proposal, ApprovalNumbers numbers, InterfaceCatalogue catalogue, string unit, string prefix, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(IssueApproval), on.By) is { } no) return no;
        if (proposal.Stage == Stage.Supervision && proposal.Issuance.Approval is not null) return Decision.Nothing;
        if (Permissions.Check(nameof(IssueApproval), on.By, proposal) is { } misplaced) return misplaced;
        if (proposal.Rounds.LastOrDefault(r => r.Purpose == SigningPurpose.Issuance)?.Outcome != RoundOutcome.Carried) return ApprovalNotSigned.With();
        if (proposal.Committee.ApprovedRevision is { } approved && approved != proposal.Revision) return RevisedSinceApproval.With(approved, proposal.Revision);

        var serial = numbers.Next(today.Year);
        var number = ApprovalNumbers.Write(prefix, today.Year, serial);
        var document = ApprovalDocument.Of(proposal, number, today);
        return Decision
            .Of(JurisdictionStreams.ApprovalNumbers, new ApprovalNumberGiven(today.Year, serial, number, proposal.Id))
            .And(proposal.Id.Stream, new ApprovalIssued(
                number, today.Year, serial, today, proposal.Revision, document.Approved, document.Conditions, document.Promises, document.Sha256, document.Policy))
            .And(CatalogueRules.PublishProvided(catalogue, proposal, unit));
    }
}
