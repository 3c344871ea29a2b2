using System.Collections.Immutable;

namespace Approval.Supervision;

/// <summary>What supervision knows of a proposal.</summary>
public sealed record SupervisionState
{
    /// <summary>The places of the conditions met, from 1.</summary>
    public ImmutableSortedSet<int> ConditionsMet { get; init; } = [];

    /// <summary>The sum of the changes recorded so far, as differences to the approved total.</summary>
    public Money Changed { get; init; } = Money.Zero;

    /// <summary>The acceptance (验收), once recorded.</summary>
    public ProjectAccepted? Accepted { get; init; }

    /// <summary>Whether the self-evaluation is in.</summary>
    public bool Evaluated { get; init; }

    /// <summary>The last progress reported, in percent.</summary>
    public int PercentComplete { get; init; }

    /// <summary>For each resource promised: whether the promise was last found kept.</summary>
    public ImmutableSortedDictionary<string, bool> Promises { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    internal static Proposal Evolve(Proposal p, SupervisionEvent @event) => @event switch
    {
        ProgressReported e => p with { Supervision = p.Supervision with { PercentComplete = e.PercentComplete } },
        ConditionMet e => p with { Supervision = p.Supervision with { ConditionsMet = p.Supervision.ConditionsMet.Add(e.Condition) } },
        ChangeRecorded e => p with { Supervision = p.Supervision with { Changed = p.Supervision.Changed + e.Difference } },
        ChangeSentToApproval => p with { Stage = Stage.Committee, Committee = p.Committee with { Meeting = null, Item = null } },
        ProjectAccepted e => p with { Supervision = p.Supervision with { Accepted = e } },
        SelfEvaluationSubmitted => p with { Supervision = p.Supervision with { Evaluated = true } },
        SharingPromiseKept e => p with { Supervision = p.Supervision with { Promises = p.Supervision.Promises.SetItem(e.Resource, true) } },
        SharingPromiseBroken e => p with { Supervision = p.Supervision with { Promises = p.Supervision.Promises.SetItem(e.Resource, false) } },
        ProjectCompleted => p.End(Outcome.Completed),
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
