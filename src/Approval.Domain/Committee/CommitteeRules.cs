using Approval.Directory;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Committee;

/// <summary>What the committee may do with a proposal.</summary>
public static class CommitteeRules
{
    /// <summary>The most that may be approved: what the experts recommended; for a change of an approved project, the total asked for.</summary>
    public static Money AtMost(Proposal proposal) =>
        proposal.Supervision.Pending?.To ?? proposal.Appraisal.Recommended ?? proposal.Content.Total;

    /// <summary>Whether the policy lets the item be deferred once more.</summary>
    public static bool MayDefer(Proposal proposal, Policy policy) => proposal.Committee.Deferred < policy.Content.DeferredAtMost;

    /// <summary>The members whose conflict with an item is known: of a proposing unit, with a declared tie to one, or who wrote or endorsed the proposal for its unit.</summary>
    /// <param name="item">The item's number.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="proposal">The item's proposal.</param>
    /// <param name="members">The entitled members as the directory knows them now.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    internal static IEnumerable<MemberRecused> Conflicts(int item, Meeting meeting, Proposal proposal, IEnumerable<Person> members, IReadOnlyCollection<PersonId> authors)
    {
        var known = members.ToDictionary(p => p.Id);
        List<UnitId> units = [proposal.Unit, .. proposal.Appraisal.Absorbed.Select(a => a.Unit)];
        foreach (var member in meeting.Entitled)
        {
            var person = known.GetValueOrDefault(member.Person);
            if (units.Contains(member.Unit) || (person is not null && units.Contains(person.Unit)))
                yield return new(item, member.Person, RecusalGround.OwnUnit, null);
            else if (person is not null && units.Any(person.TiedTo))
                yield return new(item, member.Person, RecusalGround.DeclaredTie, null);
            else if (Separation.Endorsers(proposal).Contains(member.Person))
                yield return new(item, member.Person, RecusalGround.Endorsed, null);
            else if (authors.Contains(member.Person))
                yield return new(item, member.Person, RecusalGround.Wrote, null);
        }
    }
}
