using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Intake;

/// <summary>退回补正: a stage returns the proposal to its unit for correction. It comes back to the same stage, whose clock stands meanwhile.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Items">What to correct, one thing each.</param>
public sealed record ReturnProposal(string Reason, ImmutableArray<string> Items)
{
    /// <summary>The most items of one return.</summary>
    public const int MostItems = 50;

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="policy">The policy that judges it; before acceptance, the one in force. It says who acts in the stage.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(ReturnProposal command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(ReturnProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal.Intake.Correction is { } open && open.Reason == command.Reason && open.Items.SequenceEqual(command.Items)) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(ReturnProposal), proposal) is { } misplaced) return misplaced;
        if (!on.By.Is(Role.CioOffice) && policy.Content.RuleOf(proposal.Stage)?.Actors.Any(on.By.Is) != true) return Permissions.NotPermitted.With();
        if (Check(command.Reason, command.Items) is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(proposal.Id.Stream, new ProposalReturned(proposal.Stage, proposal.Revision, command.Reason, command.Items, policy.Ref));
    }

    /// <summary>What is wrong with the words of a return.</summary>
    internal static IReadOnlyList<Refusal> Check(string reason, ImmutableArray<string> items) =>
    [
        .. Texts.Check("reason", reason, Texts.Remark),
        .. items.Length > MostItems ? [ContentRules.TooMany.At("items", MostItems)]
            : items.SelectMany((item, n) => Texts.Check($"items[{n}]", item, Texts.Remark)),
    ];
}
