using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Policies;

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

    internal static async Task<WorkingCalendar> WorkingDays(this Session s) => await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar) ?? WorkingCalendar.WeekendsOnly;

    internal static async Task<DateOnly> Day(this Session s) => (await s.WorkingDays()).DateOf(s.At);

    internal static async Task<PolicyBook> Book(this Session s) => await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies) ?? PolicyBook.Empty;

    /// <summary>The policy in force today.</summary>
    internal static async Task<Policy> InForce(this Session s)
    {
        var today = await s.Day();
        return (await s.Book()).InForce(today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
    }

    /// <summary>The policy that judges a proposal; before acceptance, the one in force.</summary>
    internal static async Task<Policy> Judging(this Session s, Proposal proposal)
    {
        var today = await s.Day();
        return (await s.Book()).Judging(proposal, today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
    }

    /// <summary>The fund that holds a proposal's money, if any does.</summary>
    internal static async Task<Fund?> FundHolding(this Session s, Proposal proposal) => proposal.Held is { } held ? await s.Load(Fund.Kind, held.Fund.Stream) : null;

    /// <summary>A person as one who acts; null if the directory has none of that id.</summary>
    internal static async Task<Actor?> Known(this Session s, PersonId? person) =>
        person is { } id && await s.Find(Person.Kind, id.Stream) is { Removed: false } known ? known.In(s.By.Jurisdiction) : null;
}
