using Approval.Calendars;
using Approval.Policies;

namespace Approval.EventStore;

/// <summary>What nearly every decision needs of the jurisdiction.</summary>
public static class JurisdictionFacts
{
    /// <summary>The working-day calendar.</summary>
    public static async Task<WorkingCalendar> Calendar(this Session session) =>
        await session.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar) ?? WorkingCalendar.WeekendsOnly;

    /// <summary>All versions of the approval policy.</summary>
    public static async Task<PolicyBook> Policies(this Session session) =>
        await session.Find(PolicyBook.Kind, JurisdictionStreams.Policies) ?? PolicyBook.Empty;

    /// <summary>The policy that a decision or a proposal names.</summary>
    /// <exception cref="InvalidOperationException">It was never adopted: a defect.</exception>
    public static Policy Named(this PolicyBook book, PolicyRef policy) =>
        book.Of(policy) ?? throw new InvalidOperationException($"No policy version {policy.Version} {policy.Hash} was adopted.");
}
