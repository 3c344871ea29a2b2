using Approval.Policies;
using Approval.Signing;

namespace Approval.Scheduling;

/// <summary>The office asks the District CIO's consent again, after it was returned or a later revision voided it. The first time it is asked by classifying.</summary>
public sealed record AskConsent
{
    /// <summary>The consent stands.</summary>
    public static readonly RefusalKind Given = new("consent-given-already", RefusalSort.Rule,
        "区级首席信息官已同意。", "The District CIO has already consented.");

    /// <summary>Decides.</summary>
    public static Decision Decide(Proposal proposal, Policy policy, Occasion on) =>
        Permissions.Check(nameof(AskConsent), on.By, proposal) is { } no ? no
        : proposal.Scheduling.Consented ? Given.With()
        : SigningRules.Find(proposal, SigningPurpose.Consent) is not null ? Decision.Nothing
        : Decision.Of(proposal.Id.Stream, ConsentRound.Open(proposal, policy));
}
