using Approval.EventStore;

namespace Approval.Signing;

/// <summary>Who wrote a proposal: the record knows it from who recorded each event.</summary>
static class AuthorsOf
{
    /// <summary>Who wrote the proposal, or one of those merged into it, for its unit.</summary>
    public static async Task<IReadOnlyCollection<PersonId>> Authors(this Session s, Proposal proposal)
    {
        var authors = new HashSet<PersonId>();
        foreach (var id in proposal.Appraisal.Absorbed.Select(a => a.Absorbed).Prepend(proposal.Id))
            authors.UnionWith((await s.History(id.Stream)).Where(e => Separation.IsAuthoring(e.Event)).Select(e => e.Envelope.By).OfType<PersonId>());
        return authors;
    }
}
