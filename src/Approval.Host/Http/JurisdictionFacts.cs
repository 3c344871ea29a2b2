using Approval.Calendars;
using Approval.EventStore;
using Approval.Funds;
using Approval.Policies;

namespace Approval.Http;

/// <summary>What nearly every decision needs of the jurisdiction: read through the session, so that it is still so when the decision is recorded; or through queries, for reading.</summary>
public static class JurisdictionFacts
{
    /// <summary>The working-day calendar.</summary>
    public static async Task<WorkingCalendar> Calendar(this Session s) => await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar) ?? WorkingCalendar.WeekendsOnly;

    /// <summary>The local date.</summary>
    public static async Task<DateOnly> Today(this Session s) => (await s.Calendar()).DateOf(s.At);

    /// <summary>All versions of the approval policy.</summary>
    public static async Task<PolicyBook> Policies(this Session s) => await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies) ?? PolicyBook.Empty;

    /// <summary>The policy in force today.</summary>
    /// <exception cref="ProblemException">None is.</exception>
    public static async Task<Policy> InForce(this Session s)
    {
        var today = await s.Today();
        return (await s.Policies()).InForce(today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
    }

    /// <summary>The policy that judges a proposal; before acceptance, the one in force.</summary>
    /// <exception cref="ProblemException">None is in force.</exception>
    public static async Task<Policy> Judging(this Session s, Proposal proposal)
    {
        var today = await s.Today();
        return (await s.Policies()).Judging(proposal, today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
    }

    /// <summary>The policy that a decision or a proposal names.</summary>
    /// <exception cref="InvalidOperationException">It was never adopted: a defect.</exception>
    public static Policy Named(this PolicyBook book, PolicyRef policy) =>
        book.Of(policy) ?? throw new InvalidOperationException($"No policy version {policy.Version} {policy.Hash} was adopted.");

    /// <summary>The fund that holds money; null if none does.</summary>
    public static async Task<Fund?> FundOf(this Session s, HeldMoney? held) => held is null ? null : await s.Load(Fund.Kind, held.Fund.Stream);

    /// <summary>The working-day calendar, now or as of an instant.</summary>
    public static async Task<WorkingCalendar> Calendar(this Queries queries, JurisdictionId jurisdiction, AsOf? asOf = null, CancellationToken cancel = default) =>
        (await queries.Find(jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, asOf, cancel))?.State ?? WorkingCalendar.WeekendsOnly;

    /// <summary>All versions of the approval policy, now or as of an instant.</summary>
    public static async Task<PolicyBook> Policies(this Queries queries, JurisdictionId jurisdiction, AsOf? asOf = null, CancellationToken cancel = default) =>
        (await queries.Find(jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, asOf, cancel))?.State ?? PolicyBook.Empty;
}
