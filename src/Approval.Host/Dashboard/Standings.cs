using Approval.Calendars;
using Approval.Deadlines;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;
using Npgsql;

namespace Approval.Dashboard;

/// <summary>By what due dates and working days are reckoned.</summary>
/// <param name="Calendar">The calendar.</param>
/// <param name="Policies">The policies.</param>
/// <param name="Today">The day.</param>
public sealed record Rules(WorkingCalendar Calendar, PolicyBook Policies, DateOnly Today)
{
    /// <summary>Changes whenever a due date or a number of working days may have.</summary>
    public object Basis => (Calendar.Version, Policies.Versions.Length, Policies.InForce(Today)?.Ref.Version);

    /// <summary>The last day of the next deadline; null if there is none.</summary>
    public DateOnly? Due(int? policy, StageVisit stay, DateOnly? fullCheckDue, DateOnly? slot, EvaluationWindow? evaluation) =>
        (policy is { } version ? Policies.Of(version) : Policies.InForce(Today)) is { } judging
            ? Deadline.Of(stay, fullCheckDue, slot, evaluation, judging, Calendar).MinBy(d => d.Due)?.Due : null;

    /// <summary>How far the deadline of a proposal that has one is away.</summary>
    public DueProposal Left(Standing p) => new(
        p.Id, p.Stage, p.Due!.Value, Today <= p.Due ? Calendar.WorkingDaysBetween(Today, p.Due.Value) : -Calendar.WorkingDaysBetween(p.Due.Value, Today));
}

/// <summary>Where every proposal submitted stands and when it is due, under its policy and the calendar in force.</summary>
public sealed class Standings(NpgsqlDataSource database, EventLog events, Queries queries, TimeProvider clock)
{
    readonly KeptRows<Standing, StandingTotals> kept = new(database, events, ProposalView.List, Standing.Columns);

    /// <summary>Answers from all proposals of a jurisdiction as they are now, by stream.</summary>
    public async Task<T> Ask<T>(JurisdictionId jurisdiction, Func<IReadOnlyDictionary<string, Standing>, StandingTotals, Rules, T> answer, CancellationToken cancel)
    {
        var rules = await RulesOf(jurisdiction, null, cancel);
        return await kept.Ask(jurisdiction, rules.Basis, r => Standing.Read(r, rules), (all, totals) => answer(all, totals, rules), cancel);
    }

    /// <summary>When each of some proposals is due next; those without a deadline are left out.</summary>
    public Task<IReadOnlyDictionary<ProposalId, DueProposal>> Due(JurisdictionId jurisdiction, IReadOnlyCollection<ProposalId> proposals, AsOf? asOf, CancellationToken cancel)
    {
        return asOf is { } past ? Ask<IReadOnlyDictionary<ProposalId, DueProposal>>(jurisdiction, past, Of, cancel) : Ask<IReadOnlyDictionary<ProposalId, DueProposal>>(jurisdiction, Of, cancel);

        IReadOnlyDictionary<ProposalId, DueProposal> Of(IReadOnlyDictionary<string, Standing> all, StandingTotals totals, Rules rules) =>
            proposals.Select(p => all.GetValueOrDefault(p.Stream.Value)).OfType<Standing>().Where(p => p.Due is not null).ToDictionary(p => p.Id, rules.Left);
    }

    /// <summary>Answers from all proposals as they were: a fold of all their streams up to then.</summary>
    public async Task<T> Ask<T>(JurisdictionId jurisdiction, AsOf asOf, Func<IReadOnlyDictionary<string, Standing>, StandingTotals, Rules, T> answer, CancellationToken cancel)
    {
        var rules = await RulesOf(jurisdiction, asOf, cancel);
        var all = (await queries.In(ProposalView.List, jurisdiction, asOf).Figures(Standing.Columns, r => Standing.Read(r, rules), cancel: cancel)).OfType<Standing>().ToList();
        var totals = new StandingTotals();
        foreach (var p in all) totals.Add(p);
        return answer(all.ToDictionary(p => p.Id.Stream.Value), totals, rules);
    }

    async Task<Rules> RulesOf(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var calendar = await queries.Calendar(jurisdiction, asOf, cancel);
        return new(calendar, await queries.Policies(jurisdiction, asOf, cancel), calendar.DateOf(asOf?.At ?? clock.GetUtcNow()));
    }
}
