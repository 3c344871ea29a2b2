using Approval.Calendars;

namespace Approval.Policies;

/// <summary>The District CIO adopts a version of the approval policy.</summary>
/// <param name="Title">The title.</param>
/// <param name="EffectiveFrom">The first day on which it holds: today or later, and not before that of the version adopted last.</param>
/// <param name="Content">The rules.</param>
public sealed record AdoptPolicy(string Title, DateOnly EffectiveFrom, PolicyContent Content)
{
    /// <summary>The date of effect is over.</summary>
    public static readonly RefusalKind EffectivePast = new("policy-effective-past", RefusalSort.Rule,
        "施行日期不得早于今日（{0}）。", "The date of effect must not be earlier than today ({0}).");

    /// <summary>A version adopted earlier takes effect later.</summary>
    public static readonly RefusalKind EffectiveBeforeLast = new("policy-effective-before-last", RefusalSort.Rule,
        "施行日期不得早于上一版的施行日期（{0}）。", "The date of effect must not be earlier than that of the last version ({0}).");

    /// <summary>Decides.</summary>
    public static Decision Decide(AdoptPolicy command, PolicyBook? book, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(AdoptPolicy), on.By) is { } no) return no;

        Refusal[] wrong = [.. Texts.CheckName("title", command.Title), .. PolicyRules.Check(command.Content)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);

        var last = book?.Versions.LastOrDefault();
        var hash = PolicyForm.Hash(command.Content);
        if (last is not null && (last.Title, last.EffectiveFrom, last.Ref.Hash) == (command.Title, command.EffectiveFrom, hash)) return Decision.Nothing;

        var today = calendar.DateOf(on.At);
        if (command.EffectiveFrom < today) return EffectivePast.At("effectiveFrom", today);
        if (command.EffectiveFrom < last?.EffectiveFrom) return EffectiveBeforeLast.At("effectiveFrom", last.EffectiveFrom);
        return Decision.Of(JurisdictionStreams.Policies, new PolicyAdopted((last?.Ref.Version ?? 0) + 1, hash, command.Title, command.EffectiveFrom, command.Content));
    }
}
