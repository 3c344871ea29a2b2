namespace Approval.Policies;

/// <summary>Facts about a jurisdiction's approval policy (审批办法).</summary>
public abstract record PolicyEvent
{
    private protected PolicyEvent() { }
}

/// <summary>A version of the policy was adopted; it holds from its date of effect until the next one's.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="Hash">Of the content's canonical form, see <see cref="PolicyForm"/>.</param>
/// <param name="Title">The title.</param>
/// <param name="EffectiveFrom">The first day on which proposals accepted are judged by it.</param>
/// <param name="Content">The rules.</param>
[WireName("policy-adopted.v1")]
public sealed record PolicyAdopted(int Version, string Hash, string Title, DateOnly EffectiveFrom, PolicyContent Content) : PolicyEvent;
