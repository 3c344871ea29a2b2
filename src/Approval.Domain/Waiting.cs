using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Approval.Signing;

namespace Approval;

/// <summary>What a proposal waits for: a deed, and who may do it. Whoever fits every part that is said may do it.</summary>
/// <param name="Deed">The command, as in the permission table.</param>
/// <param name="Role">In this role.</param>
/// <param name="Unit">Of this unit.</param>
/// <param name="Person">This person.</param>
/// <param name="Since">Since when.</param>
/// <param name="Round">The signing round, if a signature is waited for.</param>
/// <param name="From">The day from which it can be done, if not at once.</param>
public sealed record Wait(string Deed, Role? Role, UnitId? Unit, PersonId? Person, DateTimeOffset Since, RoundId? Round = null, DateOnly? From = null)
{
    /// <summary>Who may do it, as one word that can be looked up: <c>role/unit/person</c>, each part <c>*</c> where it does not matter.</summary>
    public string Key => KeyOf(Role, Unit, Person);

    /// <summary>Every key that an actor fits.</summary>
    public static IEnumerable<string> KeysOf(Actor actor) =>
        from role in actor.Roles.Select(r => (Role?)r).Append(null)
        from unit in new UnitId?[] { actor.Unit, null }
        from person in new PersonId?[] { actor.Person, null }
        where role is not null || unit is not null || person is not null
        select KeyOf(role, unit, person);

    /// <summary>The key of those who fit these parts.</summary>
    public static string KeyOf(Role? role, UnitId? unit, PersonId? person) =>
        $"{(role is { } r ? Roles[r] : "*")}/{unit?.Value ?? "*"}/{person?.Value ?? "*"}";

    static readonly FrozenDictionary<Role, string> Roles = Enum.GetValues<Role>().ToFrozenDictionary(r => r, r => JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString()));
}

/// <summary>Waits as they last while events come in.</summary>
internal static class Waits
{
    /// <summary>What is waited for now; what was waited for before keeps the time since when.</summary>
    public static ImmutableArray<Wait> Lasting(this IEnumerable<Wait> now, ImmutableArray<Wait> before) =>
        [.. now.Select(w => before.FirstOrDefault(b => b.Deed == w.Deed && b.Key == w.Key) ?? w)];
}

/// <summary>What each proposal waits for, and whose turn it is: the inbox (待办).</summary>
public static class Waiting
{
    /// <summary>
    /// What the proposal waits for now; nothing where another stream's business is waited for (an appraisal's sheets, a meeting's votes).
    /// Once it has ended, only the answer to a request for reconsideration is waited for.
    /// </summary>
    public static IEnumerable<Wait> On(Proposal proposal)
    {
        if (proposal.Clock.Visits.Count == 0) return [];
        if (proposal.Closed)
            return proposal.Committee.ReconsiderationOpen ? [new("OpenReconsideration", Role.DistrictCio, null, null, proposal.Clock.Now.Entered)] : [];
        if (proposal.Intake.Correction is not null)
            return [Unit("AnswerCorrection", proposal, proposal.Clock.Now.Pauses[^1].From)];

        var since = proposal.Clock.Now.Entered;
        var signatures = proposal.Rounds.Where(r => r.Open).SelectMany(r => r.Turn.Select(s => Signature(r, s, since))).ToList();
        IEnumerable<Wait> waits = signatures.Count > 0 ? signatures : InStage(proposal, since);
        waits = waits.Concat(proposal.Rounds.Where(r => r.Open).SelectMany(r => r.Opinions.Where(o => o.Text is null).Select(o => new Wait("GiveOpinion", null, null, o.Of, since, r.Id))));
        if (proposal.Appraisal.AwaitsLookByHand) waits = waits.Append(Office("LookForSimilar", since));
        return proposal.Scheduling.FullCheckDue is not null ? waits.Append(Office("CompleteFullCheck", since)) : waits;
    }

    static IEnumerable<Wait> InStage(Proposal p, DateTimeOffset since) => p.Stage switch
    {
        Stage.Draft => [Unit("AskEndorsement", p, since)],
        Stage.Endorsement => [Unit("SubmitProposal", p, since)],
        Stage.FormCheck => [Office(p.Policy is null ? "AcceptProposal" : "ClassifyProposal", since)],
        Stage.EarlyScheduling => [Office(p.Scheduling.Consented ? "ScheduleKeyProject" : "AskConsent", since)],
        Stage.BatchReview => p.BatchReview.Batch is null ? [Office("JoinBatch", since)] : [],
        Stage.MergedAppraisal when !p.Appraisal.Changes.IsEmpty => [Office("AdoptChanges", since)],
        Stage.MergedAppraisal => p.Appraisal.Appraisal is null ? [Office("OpenAppraisal", since)] : [],
        Stage.InterfaceUnification => [Office("ArrangeInterfaces", since)],
        Stage.Committee when p.Interfaces.Unified is null => [Office("ArrangeInterfaces", since)],
        Stage.Committee => p.Committee.Meeting is null ? [Office("PlaceAgendaItem", since)] : [],
        Stage.Issuance => [Office("IssueApproval", since)],
        Stage.Supervision when p.Supervision.Accepted is null => [Unit("ReportProgress", p, since)],
        Stage.Supervision when p.Supervision.Evaluated is null => [Unit("SubmitSelfEvaluation", p, since) with { From = p.Supervision.Accepted!.EvaluateFrom }],
        Stage.Supervision => [Office("CompleteProject", since)],
        _ => [],
    };

    static Wait Unit(string deed, Proposal p, DateTimeOffset since) => new(deed, Role.UnitOfficer, p.Unit, null, since);

    static Wait Office(string deed, DateTimeOffset since) => new(deed, Role.CioOffice, null, null, since);

    static Wait Signature(SigningRound round, Seat seat, DateTimeOffset since) =>
        new("Sign", seat.Role, seat.Unit, seat.Person, since, round.Id);
}
