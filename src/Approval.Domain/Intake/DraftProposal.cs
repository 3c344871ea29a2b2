using Approval.Directory;

namespace Approval.Intake;

/// <summary>拟稿: a unit officer begins a proposal of the own unit.</summary>
/// <param name="Content">Its first revision; only the title is needed.</param>
public sealed record DraftProposal(ProposalContent Content)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="id">The new proposal's id.</param>
    /// <param name="existing">The proposal of that id, if it is there already.</param>
    /// <param name="unit">The actor's unit.</param>
    /// <param name="stored">The hashes of attachments whose bytes are stored.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(DraftProposal command, ProposalId id, Proposal? existing, Unit unit, IReadOnlySet<string> stored, Occasion on)
    {
        if (Permissions.Check(nameof(DraftProposal), on.By, unit.Id) is { } no) return no;
        if (existing is not null) return Decision.Nothing;
        if (unit.Retired) return DirectoryRules.UnitRetired.With(unit.Name);
        if (ContentRules.Check(command.Content, stored) is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(id.Stream, new ProposalDrafted(id, unit.Id, command.Content));
    }
}
