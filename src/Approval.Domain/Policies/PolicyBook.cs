using System.Collections.Immutable;

namespace Approval.Policies;

/// <summary>All versions of a jurisdiction's approval policy, the oldest first. Dates of effect never run backwards.</summary>
public sealed record PolicyBook
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<PolicyBook> Kind = new("policies", Evolve);

    /// <summary>Before the first adoption.</summary>
    public static readonly PolicyBook Empty = new();

    /// <summary>No policy is in force on the day.</summary>
    public static readonly RefusalKind NoneInForce = new("no-policy-in-force", RefusalSort.Rule,
        "{0} 尚无生效的审批办法。", "No approval policy is in force on {0}.");

    /// <summary>There is no such version.</summary>
    public static readonly RefusalKind UnknownVersion = new("policy-unknown", RefusalSort.Unknown,
        "没有第 {0} 版审批办法。", "There is no version {0} of the approval policy.");

    /// <summary>The versions.</summary>
    public ImmutableArray<Policy> Versions { get; init; } = [];

    /// <summary>The policy in force on a day: the newest version whose date of effect has come; null before the first.</summary>
    public Policy? InForce(DateOnly day) => Versions.LastOrDefault(p => p.EffectiveFrom <= day);

    /// <summary>The version that a decision names.</summary>
    public Policy? Of(PolicyRef policy) => Versions.FirstOrDefault(p => p.Ref == policy);

    /// <summary>A version by its number.</summary>
    public Policy? Of(int version) => Versions.FirstOrDefault(p => p.Ref.Version == version);

    /// <summary>The policy that judges a proposal: the one it was accepted under, before that the one in force on the day.</summary>
    public Policy? Judging(Proposal proposal, DateOnly day) => proposal.Policy is { } accepted ? Of(accepted) : InForce(day);

    /// <summary>The state after an event.</summary>
    public static PolicyBook Evolve(PolicyBook? book, object @event) => (book ?? Empty, @event) switch
    {
        ({ } b, PolicyAdopted e) => b with { Versions = b.Versions.Add(new(new(e.Version, e.Hash), e.Title, e.EffectiveFrom, e.Content)) },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
