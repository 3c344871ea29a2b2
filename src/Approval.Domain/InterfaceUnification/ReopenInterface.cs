namespace Approval.InterfaceUnification;

/// <summary>The office takes back the arrangement of a line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Reason">Why.</param>
public sealed record ReopenInterface(LineId Line, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(ReopenInterface command, Proposal proposal, Occasion on)
    {
        if (UnificationRules.Check(nameof(ReopenInterface), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return proposal.Interfaces.Arranged.ContainsKey(command.Line)
            ? Decision.Of(proposal.Id.Stream, new InterfaceReopened(command.Line, command.Reason))
            : Decision.Nothing;
    }
}
