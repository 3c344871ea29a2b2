using System.Collections.Concurrent;
using System.Collections.Frozen;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;

namespace Approval.Feed;

/// <summary>Whether a person may know of an event: by the proposal it belongs to as it stands now, or by the right to read that kind of thing.</summary>
sealed class Sight(Store store)
{
    const int Kept = 10_000;

    /// <summary>The read of the permission table that opens each kind of stream. A kind that is not here is seen by the auditor alone.</summary>
    static readonly FrozenDictionary<string, string> Reads = new Dictionary<string, string>
    {
        ["fund"] = "ReadFunds",
        ["schedule"] = "ReadSchedule",
        ["batch"] = "ReadBatches",
        ["meeting"] = "ReadMeetings",
        ["catalogue"] = "ReadCatalogue",
        ["system"] = "ReadSystems",
        ["programme"] = "ReadProgrammes",
        ["policies"] = "ReadPolicies",
        ["calendar"] = "ReadCalendar",
        ["unit"] = "ReadUnits",
    }.ToFrozenDictionary();

    readonly ConcurrentDictionary<(JurisdictionId, StreamId), Snapshot> proposals = new();

    /// <summary>Whether the person may know of the event.</summary>
    public async ValueTask<bool> Sees(Actor actor, StoredEvent e, CancellationToken cancel)
    {
        if (e.Jurisdiction != actor.Jurisdiction) return false;
        if (e.Stream.Kind == Proposal.Kind.Name)
            return await StateOf(e, cancel) is { } proposal && Visibility.Sees(actor, proposal);
        return actor.Is(Role.Auditor) || (Reads.TryGetValue(e.Stream.Kind, out var deed) && Permissions.Check(deed, actor) is null);
    }

    /// <summary>Whether the event's proposal, if it is about one, was submitted: what is not stays inside its unit.</summary>
    public async ValueTask<bool> IsPublic(StoredEvent e, CancellationToken cancel) =>
        e.Stream.Kind != Proposal.Kind.Name || await StateOf(e, cancel) is { Intake.SubmittedRevision: not null };

    /// <summary>The proposal at the event or later; one fold serves all who ask.</summary>
    async ValueTask<Proposal?> StateOf(StoredEvent e, CancellationToken cancel)
    {
        if (proposals.TryGetValue((e.Jurisdiction, e.Stream), out var known) && known.Info.Version >= e.Version) return (Proposal?)known.State;
        if (proposals.Count > Kept) proposals.Clear();
        var now = await store.Continue(Kind.Of(Proposal.Kind), known ?? Snapshot.Empty(e.Jurisdiction, e.Stream), cancel);
        proposals[(e.Jurisdiction, e.Stream)] = now;
        return (Proposal?)now.State;
    }
}
