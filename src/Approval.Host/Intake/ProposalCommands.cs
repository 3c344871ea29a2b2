using Approval.Directory;
using Approval.EventStore;
using Approval.Http;

namespace Approval.Intake;

/// <summary>Commands on one proposal: found only by who may see it, answered with the proposal as it is then.</summary>
public static class ProposalCommands
{
    /// <summary>Runs a command on a proposal.</summary>
    /// <exception cref="NotFoundException">There is no such proposal, or the person may not see it.</exception>
    public static Task<IResult> On(this Commands commands, HttpContext http, string id, Func<Session, Proposal, Task<Decision>> decide)
    {
        var proposal = new ProposalId(id);
        return commands.Run(http, proposal.Stream, async s => await decide(s, await s.Visible(proposal)), s => ProposalAnswer.Of(s, proposal));
    }

    /// <summary>Runs a command on a proposal that needs no more facts.</summary>
    public static Task<IResult> On(this Commands commands, HttpContext http, string id, Func<Session, Proposal, Decision> decide) =>
        commands.On(http, id, (s, p) => Task.FromResult(decide(s, p)));

    /// <summary>A proposal that the actor may see.</summary>
    /// <exception cref="NotFoundException">There is no such proposal, or the person may not see it.</exception>
    public static async Task<Proposal> Visible(this Session s, ProposalId id)
    {
        var proposal = await s.Load(Proposal.Kind, id.Stream);
        return Visibility.Sees(s.By, proposal) ? proposal : throw new NotFoundException(id.Stream);
    }

    /// <summary>A proposal that the person asking may see, now or as of an instant.</summary>
    /// <exception cref="NotFoundException">There is no such proposal, or the person may not see it.</exception>
    public static async Task<Seen<Proposal>> Visible(this Queries queries, HttpContext http, string id)
    {
        var actor = await http.Actor();
        var stream = new ProposalId(id).Stream;
        var seen = await queries.Load(actor.Jurisdiction, Proposal.Kind, stream, http.AsOf(), http.RequestAborted);
        return Visibility.Sees(actor, seen.State) ? seen : throw new NotFoundException(stream);
    }

    /// <summary>A person as one who acts; null if the directory has none of that id.</summary>
    internal static async Task<Actor?> Known(this Session s, PersonId? person) =>
        person is { } id && await s.Find(Person.Kind, id.Stream) is { Removed: false } known ? known.In(s.By.Jurisdiction) : null;
}
