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

    /// <summary>A proposal that the actor may see.</summary>
    /// <exception cref="NotFoundException">There is none, or the actor may not see it.</exception>
    public static async Task<Proposal> Seen(this Session session, string id)
    {
        var proposal = await session.Load(Proposal.Kind, new ProposalId(id).Stream);
        return Visibility.Sees(session.By, proposal) ? proposal : throw new NotFoundException(proposal.Id.Stream);
    }
}
