using Approval.Directory;
using Approval.InterfaceUnification;
using Approval.Policies;
using Approval.Scheduling;

namespace Approval.Committee;

/// <summary>The office places a proposal on a meeting's agenda. Members of a proposing unit, or with a declared tie to one, are recused in the same act.</summary>
/// <param name="Proposal">The proposal.</param>
public sealed record PlaceAgendaItem(ProposalId Proposal)
{
    /// <summary>The proposal stands on another agenda.</summary>
    public static readonly RefusalKind OnAnotherAgenda = new("on-another-agenda", RefusalSort.Rule,
        "该项目已列入另一次会议的议程。", "The proposal stands on another meeting's agenda.");

    /// <summary>The agenda holds as many major items as the policy allows.</summary>
    public static readonly RefusalKind TooManyMajorItems = new("too-many-major-items", RefusalSort.Rule,
        "每次会议重大议题不超过 {0} 项。", "A meeting holds at most {0} major items.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="members">The entitled members as the directory knows them now.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="policy">The policy under which the meeting was convened.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(PlaceAgendaItem command, Meeting meeting, Proposal proposal, IEnumerable<Person> members, IReadOnlyCollection<PersonId> authors, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(PlaceAgendaItem), on.By, proposal) is { } no) return no;
        return Place(meeting, proposal, members, authors, policy);
    }

    /// <summary>Places an item, whoever asks: the office by this command, or the convening of the meeting to which the item was deferred.</summary>
    internal static Decision Place(Meeting meeting, Proposal proposal, IEnumerable<Person> members, IReadOnlyCollection<PersonId> authors, Policy policy)
    {
        if (proposal.Committee.Meeting == meeting.Id) return Decision.Nothing;
        if (meeting.Closed) return CommitteeRefusals.MeetingOver.With();
        if (meeting.Begun) return CommitteeRefusals.AgendaFixed.With();
        if (proposal.Committee.Meeting is not null) return OnAnotherAgenda.With();
        if ((CompleteFullCheck.BeforeDecision(proposal) ?? UnificationRules.BeforeDecision(proposal)) is { } owed) return owed;

        var amount = CommitteeRules.AtMost(proposal);
        var major = amount >= policy.Content.MajorFrom;
        if (major && meeting.Items.Values.Count(i => i.Major) >= policy.Content.MajorItemsPerMeeting) return TooManyMajorItems.With(policy.Content.MajorItemsPerMeeting);

        var number = meeting.LastItem + 1;
        return Decision
            .Of(meeting.Id.Stream,
            [
                new MeetingItemPlaced(number, proposal.Id, proposal.Content.Title, proposal.Unit, amount, major, proposal.Policy!.Value),
                .. CommitteeRules.Conflicts(number, meeting, proposal, members, authors),
            ])
            .And(proposal.Id.Stream, new AgendaItemPlaced(meeting.Id, number));
    }
}
