using Approval.Calendars;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;
using Approval.Policies;
using Microsoft.AspNetCore.Mvc;

namespace Approval.Committee;

/// <summary>The meeting room: agenda, attendance, quorum, recusals, motion, votes and resolution, as they are at this moment.</summary>
public sealed class MeetingRoomModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>What an item comes to now.</summary>
    /// <param name="Item">The item.</param>
    /// <param name="Tally">The votes as they count.</param>
    /// <param name="Needed">How many must take part for a quorum.</param>
    /// <param name="HasQuorum">Whether they do.</param>
    /// <param name="Carried">What the votes carry, once all are in; null before, or if the item must be voted on again.</param>
    /// <param name="MayDefer">Whether it may be deferred once more.</param>
    public sealed record ItemNow(AgendaItem Item, Tally Tally, int Needed, bool HasQuorum, Resolution? Carried, bool MayDefer)
    {
        /// <summary>How many have voted.</summary>
        public int Voted => Tally.For + Tally.Against + Tally.Abstained;

        /// <summary>Whether everybody who takes part has voted.</summary>
        public bool AllVoted => Item.Motion is not null && Voted == Tally.Present;
    }

    /// <summary>The meeting.</summary>
    public Meeting Meeting { get; private set; } = null!;

    /// <summary>Its version.</summary>
    public long Version { get; private set; }

    /// <summary>The agenda.</summary>
    public IReadOnlyList<ItemNow> Items { get; private set; } = [];

    /// <summary>The proposals that can be placed on the agenda.</summary>
    public IReadOnlyList<ProposalRow> Candidates { get; private set; } = [];

    /// <summary>Whether the meeting's day has come.</summary>
    public bool Running { get; private set; }

    /// <summary>Whether the reader records who is there.</summary>
    public bool MayRecord => Running && !Meeting.Closed && Meeting.Items.Count > 0 && May(nameof(RecordAttendance));

    /// <summary>Whether the reader chairs.</summary>
    public bool IsChair => Meeting.Chair == Me.Person && May(nameof(OpenVote));

    /// <summary>Whether the agenda can be changed.</summary>
    public bool MayPlace => Meeting is { Begun: false, Closed: false } && May(nameof(PlaceAgendaItem));

    /// <summary>Whether the meeting can be closed: every item is resolved.</summary>
    public bool MayClose => Running && Meeting is { Closed: false, Begun: true } && Meeting.Items.Values.All(i => i.Resolved is not null) && May(nameof(CloseMeeting));

    /// <summary>Shows the room.</summary>
    public Task OnGet(string id) => Load(id);

    /// <summary>The part that follows the feed.</summary>
    public async Task<IActionResult> OnGetRoom(string id)
    {
        await Load(id);
        return Partial("_Room", this);
    }

    async Task Load(string id)
    {
        await Enter("ReadMeetings");
        var seen = await queries.Load(Me.Jurisdiction, Meeting.Kind, new MeetingId(id).Stream, HttpContext.AsOf(), Cancel);
        (Meeting, Version) = (seen.State, seen.Info.Version);
        var book = (await queries.Find(Me.Jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, cancel: Cancel))?.State ?? PolicyBook.Empty;
        var calendar = (await queries.Find(Me.Jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, cancel: Cancel))?.State ?? WorkingCalendar.WeekendsOnly;
        Running = calendar.DateOf(clock.GetUtcNow()) >= Meeting.Date;
        var items = new List<ItemNow>();
        foreach (var item in Meeting.Items.Values)
        {
            var policy = book.Of(item.Policy)!.Content;
            var tally = item.Resolved?.Tally ?? VoteRules.Count(Meeting, item);
            var mayDefer = item.Resolved is null
                && CommitteeRules.MayDefer((await queries.Load(Me.Jurisdiction, Proposal.Kind, item.Proposal.Stream, cancel: Cancel)).State, book.Of(item.Policy)!);
            var now = new ItemNow(item, tally, Math.Max(1, (int)Math.Ceiling(policy.Quorum * Meeting.Entitled.Length)), VoteRules.HasQuorum(tally, policy.Quorum), null, mayDefer);
            items.Add(now with { Carried = now.AllVoted ? VoteRules.Outcome(item.Motion!.Motion, tally, policy.Majority, mayDefer) : null });
        }

        Items = items;
        if (MayPlace) Candidates = await queries.In(ProposalView.List, Me.Jurisdiction).Where($"stage = {Stage.Committee} and meeting is null").OrderBy("stage_entered").All(Cancel);
    }

    /// <summary>Whether the reader votes on the item now.</summary>
    public bool MayVote(ItemNow now) => now.Item is { Motion: not null, Resolved: null } && !Meeting.Closed && now.Item.Voters.Contains(Me.Person) && May(nameof(CastVote));

    /// <summary>The reader's own vote.</summary>
    public Vote? Mine(ItemNow now) => now.Item.Motion is { } motion && motion.Ballots.TryGetValue(Me.Person.Value, out var vote) ? vote : null;

    /// <summary>Whether a member is recorded present for every item not yet resolved.</summary>
    public bool Present(PersonId member) =>
        Meeting.Items.Values.Where(i => i.Resolved is null).DefaultIfEmpty(Meeting.Items.Values.LastOrDefault()).All(i => i?.Present.Contains(member) == true);
}
