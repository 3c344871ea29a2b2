namespace Approval.Issuance;

/// <summary>What issuance knows of a proposal.</summary>
public sealed record IssuanceState
{
    /// <summary>The approval in force, as issued; a change approved later brings a new one.</summary>
    public ApprovalIssued? Approval { get; init; }

    internal static Proposal Evolve(Proposal p, IssuanceEvent @event) => @event switch
    {
        ApprovalIssued e => p with
        {
            Stage = Stage.Supervision,
            Issuance = new() { Approval = e },
            Supervision = p.Supervision with { Pending = null, Changed = null, ChangedVolume = Money.Zero },
        },
        IssuanceRefused => p with { Stage = Stage.Committee, Committee = p.Committee with { Meeting = null, Item = null, Conditions = p.Issuance.Approval?.Conditions ?? [] } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
