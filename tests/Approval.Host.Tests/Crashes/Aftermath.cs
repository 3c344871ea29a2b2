using System.Net;
using Approval.Testing;

namespace Approval.Crashes;

/// <summary>What must hold after whatever was killed, beside what must hold of every database.</summary>
internal static class Aftermath
{
    /// <summary>Every command acknowledged is there once, every one refused not at all, and the answer remembered is the one given.</summary>
    public static async Task CommandsAreThereOnce(this Soundness database, IReadOnlyCollection<Sent> commands)
    {
        var recorded = new Dictionary<string, List<(string Stream, long Version, string Type)>>();
        await foreach (var row in database.Rows("select correlation_id, stream_id, version::text, type from mt_events where correlation_id is not null"))
        {
            if (!recorded.TryGetValue(row[0], out var events)) recorded[row[0]] = events = [];
            events.Add((row[1], long.Parse(row[2]), row[3]));
        }

        var remembered = new Dictionary<string, string>();
        await foreach (var row in database.Rows("select key, convert_from(body, 'UTF8') from approval.repeated_commands")) remembered.Add(row[0], row[1]);

        foreach (var sent in commands)
        {
            var events = recorded.GetValueOrDefault(sent.Trace, []);
            if (!sent.Acknowledged)
            {
                sent.Status.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed);
                events.ShouldBeEmpty($"refused and recorded all the same: {sent}");
                continue;
            }

            events.ShouldContain(e => e.Stream == sent.Stream && e.Version == sent.Version, $"acknowledged and lost: {sent}");
            events.GroupBy(e => (e.Stream, e.Type)).ShouldAllBe(g => g.Count() == 1, $"done twice: {sent}");
            remembered.GetValueOrDefault(sent.Key).ShouldBe(sent.Body, $"another answer is remembered: {sent}");
        }
    }

    /// <summary>Every deadline that was over was reminded of once and escalated once.</summary>
    public static async Task DeadlinesFiredOnce(this Soundness database, IEnumerable<ProposalId> forgotten)
    {
        var fired = new List<string>();
        await foreach (var row in database.Rows("select stream_id, type, data->>'deadline' from mt_events where type like 'deadline-%'")) fired.Add(string.Join(' ', row));
        fired.ShouldBeUnique();
        foreach (var proposal in forgotten)
        {
            foreach (var type in new[] { "deadline-reminded.v1", "deadline-escalated.v1" }) fired.Count(f => f.StartsWith($"{proposal.Stream.Value} {type} ", StringComparison.Ordinal)).ShouldBe(1);
        }
    }
}
