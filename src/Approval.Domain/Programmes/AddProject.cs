namespace Approval.Programmes;

/// <summary>The office puts a project under a goal of a programme; a project in it already moves to the goal named.</summary>
/// <param name="Proposal">The project.</param>
/// <param name="Goal">The goal's name.</param>
public sealed record AddProject(ProposalId Proposal, string Goal)
{
    /// <summary>The programme has no such goal.</summary>
    public static readonly RefusalKind GoalUnknown = new("programme-goal-unknown", RefusalSort.Form, "该规划没有“{0}”这一目标。", "The programme has no goal \"{0}\".");

    /// <summary>The project has come to its end.</summary>
    public static readonly RefusalKind ProjectEnded = new("programme-project-ended", RefusalSort.Rule, "该项目已终止，不能列入规划。", "The project has ended and cannot be put in a programme.");

    /// <summary>Decides.</summary>
    public static Decision Decide(AddProject command, Programme programme, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(AddProject), on.By) is { } no) return no;
        if (programme.Closed) return Programme.IsClosed.With();
        if (programme.Goals.All(g => g.Name != command.Goal)) return GoalUnknown.At("goal", command.Goal);
        if (programme.Projects.GetValueOrDefault(proposal.Id.Value) == command.Goal) return Decision.Nothing;
        return proposal is { Closed: true, Outcome: not Outcome.Completed }
            ? ProjectEnded.At("proposal")
            : Decision.Of(programme.Id.Stream, new ProgrammeProjectAdded(proposal.Id, command.Goal));
    }
}
