namespace Approval.Programmes;

/// <summary>The office takes a project out of a programme.</summary>
/// <param name="Proposal">The project.</param>
/// <param name="Reason">Why.</param>
public sealed record RemoveProject(ProposalId Proposal, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RemoveProject command, Programme programme, Occasion on)
    {
        if (Permissions.Check(nameof(RemoveProject), on.By) is { } no) return no;
        if (programme.Closed) return Programme.IsClosed.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return programme.Projects.ContainsKey(command.Proposal.Value)
            ? Decision.Of(programme.Id.Stream, new ProgrammeProjectRemoved(command.Proposal, command.Reason))
            : Decision.Nothing;
    }
}
