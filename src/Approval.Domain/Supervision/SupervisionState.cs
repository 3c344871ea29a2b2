using System.Collections.Immutable;

namespace Approval.Supervision;

/// <summary>What supervision knows of a proposal.</summary>
public sealed record SupervisionState
{
    /// <summary>The places of the conditions met, from 1.</summary>
    public ImmutableSortedSet<int> ConditionsMet { get; init; } = [];

    /// <summary>What the changes recorded since the approval moved, more and less alike: the measure of the allowance.</summary>
    public Money ChangedVolume { get; init; } = Money.Zero;

    /// <summary>The change recorded last since the approval.</summary>
    public ChangeRecorded? Changed { get; init; }

    /// <summary>The change that waits for the committee.</summary>
    public ChangeSentToApproval? Pending { get; init; }

    /// <summary>The acceptance (验收), once recorded.</summary>
    public ProjectAccepted? Accepted { get; init; }

    /// <summary>The self-evaluation, once in.</summary>
    public SelfEvaluationSubmitted? Evaluated { get; init; }

    /// <summary>The last progress reported.</summary>
    public ProgressReported? Progress { get; init; }

    /// <summary>For each resource promised and looked at: whether the promise was last found kept.</summary>
    public ImmutableSortedDictionary<string, bool> Promises { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    /// <summary>The resources of which the promise to share was last found broken.</summary>
    public IEnumerable<string> Withheld => Promises.Where(p => !p.Value).Select(p => p.Key);

    internal static Proposal Evolve(Proposal p, SupervisionEvent @event) => @event switch
    {
        ProgressReported e => p with { Supervision = p.Supervision with { Progress = e } },
        ConditionMet e => p with { Supervision = p.Supervision with { ConditionsMet = p.Supervision.ConditionsMet.Add(e.Condition) } },
        ChangeRecorded e => p with
        {
            Held = p.Held is { } held ? held with { Amount = e.To } : null,
            Supervision = p.Supervision with { Changed = e, ChangedVolume = p.Supervision.ChangedVolume + Money.Distance(e.From, e.To) },
        },
        ChangeSentToApproval e => p with
        {
            Stage = Stage.Committee,
            Committee = p.Committee with { Meeting = null, Item = null, Deferred = 0 },
            Supervision = p.Supervision with { Pending = e },
        },
        ProjectAccepted e => p with { Supervision = p.Supervision with { Accepted = e } },
        SelfEvaluationSubmitted e => p with { Supervision = p.Supervision with { Evaluated = e } },
        SharingPromiseKept e => p with { Supervision = p.Supervision with { Promises = p.Supervision.Promises.SetItem(e.Resource, true) } },
        SharingPromiseBroken e => p with { Supervision = p.Supervision with { Promises = p.Supervision.Promises.SetItem(e.Resource, false) } },
        ProjectAbandoned => p.End(Outcome.Withdrawn),
        ProjectCompleted => p.End(Outcome.Completed),
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
