using System.Collections.Immutable;

namespace Approval.Policies;

/// <summary>Which policy judged: every decision event names it.</summary>
/// <param name="Version">The version adopted, counted from 1.</param>
/// <param name="Hash">SHA-256 of the policy's canonical content, lower-case hex.</param>
public readonly record struct PolicyRef(int Version, string Hash);

/// <summary>How a round of signatures comes to its end (签批规则).</summary>
public enum SigningRuleKind
{
    /// <summary>会签: everybody signs for; one against ends it.</summary>
    [Words("会签", "All")]
    All,

    /// <summary>或签: the first signature for carries it.</summary>
    [Words("或签", "Any")]
    Any,

    /// <summary>票签: a share of the signers signs for.</summary>
    [Words("票签", "Ratio")]
    Ratio,

    /// <summary>依次: all, one after the other.</summary>
    [Words("依次", "In sequence")]
    InSequence,
}

/// <summary>A signing rule.</summary>
/// <param name="Kind">The kind of rule.</param>
/// <param name="Ratio">With <see cref="SigningRuleKind.Ratio"/>: the share of signers that must sign for, above 0 and at most 1; otherwise 1.</param>
public sealed record SigningRule(SigningRuleKind Kind, decimal Ratio = 1m);

/// <summary>What a policy says of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Actors">The roles that act in it; reminders and escalations go to them.</param>
/// <param name="Signing">The signing rule where several people sign, else null.</param>
/// <param name="LimitWorkingDays">The time limit in working days; null: none.</param>
/// <param name="RemindWorkingDays">How many working days before the limit the actors are reminded.</param>
public sealed record StageRule(Stage Stage, ImmutableArray<Role> Actors, SigningRule? Signing, int? LimitWorkingDays, int RemindWorkingDays);

/// <summary>The content of an approval policy: the rules and thresholds that are data.</summary>
public sealed record PolicyContent
{
    /// <summary>The stages in order, with who acts, how they sign and by when.</summary>
    public required ImmutableArray<StageRule> Stages { get; init; }

    /// <summary>The largest share of a year's accepted proposals that may be key, 0 to 1.</summary>
    public required decimal KeyShareOfCount { get; init; }

    /// <summary>The largest share of a fund's ceiling that key projects may hold, 0 to 1.</summary>
    public required decimal KeyShareOfMoney { get; init; }

    /// <summary>The longest that an accepted general proposal waits for its batch's conclusion, in working days; while one waits longer, no key project is scheduled ahead of it.</summary>
    public required int GeneralLongestWaitWorkingDays { get; init; }

    /// <summary>By when a key project taken in early has had its full check, in working days from its scheduling.</summary>
    public required int FullCheckWithinWorkingDays { get; init; }

    /// <summary>How often a proposal may be held over to the next batch before it must be decided.</summary>
    public required int HeldOverAtMost { get; init; }

    /// <summary>The smallest appraisal panel: odd and at least 3.</summary>
    public required int PanelAtLeast { get; init; }

    /// <summary>Whether a unit that withholds data promised by an approved system is blocked from submitting.</summary>
    public required bool BlockUnitsThatWithhold { get; init; }

    /// <summary>Months from one regular meeting of the committee to the next.</summary>
    public required int MeetingEveryMonths { get; init; }

    /// <summary>How many major items a meeting may hold.</summary>
    public required int MajorItemsPerMeeting { get; init; }

    /// <summary>From which amount on an item is major.</summary>
    public required Money MajorFrom { get; init; }

    /// <summary>The share of entitled members that must be present at a vote, above 0 and at most 1.</summary>
    public required decimal Quorum { get; init; }

    /// <summary>The share of votes cast (for and against) that must be exceeded, or reached if it is above one half, to approve.</summary>
    public required decimal Majority { get; init; }

    /// <summary>How often an item may be deferred to the next meeting.</summary>
    public required int DeferredAtMost { get; init; }

    /// <summary>Working days after a rejection in which reconsideration may be asked for, once.</summary>
    public required int ReconsiderWithinWorkingDays { get; init; }

    /// <summary>The share of the approved total within which the unit records changes itself (0.15).</summary>
    public required decimal ChangeAllowance { get; init; }

    /// <summary>Months after acceptance from which the self-evaluation is due (12).</summary>
    public required int EvaluateFromMonths { get; init; }

    /// <summary>Months after acceptance until which the self-evaluation is due (24).</summary>
    public required int EvaluateUntilMonths { get; init; }

    /// <summary>Working days that a unit has to answer a correction before the proposal lapses.</summary>
    public required int CorrectionWithinWorkingDays { get; init; }

    /// <summary>What the policy says of a stage.</summary>
    public StageRule? RuleOf(Stage stage) => Stages.FirstOrDefault(s => s.Stage == stage);
}

/// <summary>An approval policy as adopted.</summary>
/// <param name="Ref">Its version and hash.</param>
/// <param name="Title">Its title.</param>
/// <param name="EffectiveFrom">The day from which proposals accepted are judged by it.</param>
/// <param name="Content">The rules.</param>
public sealed record Policy(PolicyRef Ref, string Title, DateOnly EffectiveFrom, PolicyContent Content);
