using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Intake;

/// <summary>适用政策变更: the office moves a running proposal to another version of the policy. Rounds that are open keep the rule they were opened with.</summary>
/// <param name="Version">The version to judge it by from now on.</param>
/// <param name="Reason">Why.</param>
public sealed record MoveToPolicy(int Version, string Reason)
{
    /// <summary>There is no such version.</summary>
    public static readonly RefusalKind PolicyUnknown = new("policy-version-unknown", RefusalSort.Form,
        "没有版本为 {0} 的政策。", "There is no policy version {0}.");

    /// <summary>The version is not in force yet.</summary>
    public static readonly RefusalKind PolicyNotYetInForce = new("policy-not-yet-in-force", RefusalSort.Rule,
        "该版本自 {0} 起施行。", "That version takes effect on {0}.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="to">The policy of that version; null if there is none.</param>
    /// <param name="today">The day in the jurisdiction.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(MoveToPolicy command, Proposal proposal, Policy? to, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(MoveToPolicy), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (to is null) return PolicyUnknown.At("version", command.Version);
        if (proposal.Policy is not { } from) return IntakeRefusals.NotAcceptedYet.With();
        if (from == to.Ref) return Decision.Nothing;
        if (today < to.EffectiveFrom) return PolicyNotYetInForce.With(to.EffectiveFrom);
        return Decision.Of(proposal.Id.Stream, new ProposalMovedToPolicy(from, to.Ref, command.Reason));
    }

    /// <summary>The dry run: what would be judged otherwise from where the proposal stands.</summary>
    public static ImmutableArray<PolicyDifference> Differences(Proposal proposal, Policy from, Policy to) =>
    [
        .. Enum.GetValues<Stage>().Where(s => s >= proposal.Stage)
            .Select(s => new PolicyDifference($"stages.{s}", Say(from.Content.RuleOf(s)), Say(to.Content.RuleOf(s))))
            .Concat(typeof(PolicyContent).GetProperties().Where(p => p.Name != nameof(PolicyContent.Stages))
                .Select(p => new PolicyDifference(p.Name, $"{p.GetValue(from.Content)}", $"{p.GetValue(to.Content)}")))
            .Where(d => d.Before != d.After),
    ];

    static string Say(StageRule? rule) => rule is null ? "" :
        $"{string.Join(", ", rule.Actors)}; {rule.Signing?.Kind.ToString() ?? "-"} {rule.Signing?.Ratio}; {rule.LimitWorkingDays?.ToString() ?? "-"}/{rule.RemindWorkingDays}";
}

/// <summary>One rule in which two versions of the policy differ.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Before">What it says now.</param>
/// <param name="After">What it would say.</param>
public sealed record PolicyDifference(string Rule, string Before, string After);
