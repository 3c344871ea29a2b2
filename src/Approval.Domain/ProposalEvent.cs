namespace Approval;

/// <summary>A fact about one proposal. The hierarchy is closed: one branch for each stage folder.</summary>
public abstract record ProposalEvent
{
    private protected ProposalEvent() { }
}
