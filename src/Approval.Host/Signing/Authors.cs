using Approval.EventStore;

namespace Approval.Signing;

/// <summary>Who wrote a proposal: the record knows it from who recorded each event.</summary>
static class AuthorsOf
{
    /// <summary>Who wrote the proposal, or one of those merged into it, for its unit.</summary>
    public static Task<IReadOnlyCollection<PersonId>> Authors(this Session s, Proposal proposal) => Authors(proposal, s.History);

    /// <summary>The same for a page that asks which moves to offer.</summary>
    public static Task<IReadOnlyCollection<PersonId>> Authors(this Store store, JurisdictionId jurisdiction, Proposal proposal, CancellationToken cancel) =>
        Authors(proposal, stream => store.Load(jurisdiction, stream, cancel: cancel));

    static async Task<IReadOnlyCollection<PersonId>> Authors(Proposal proposal, Func<StreamId, Task<IReadOnlyList<Recorded>>> history)
    {
        var authors = new HashSet<PersonId>();
        foreach (var id in proposal.Appraisal.Absorbed.Select(a => a.Absorbed).Prepend(proposal.Id))
            authors.UnionWith((await history(id.Stream)).Where(e => Separation.IsAuthoring(e.Event)).Select(e => e.Envelope.By).OfType<PersonId>());
        return authors;
    }
}
