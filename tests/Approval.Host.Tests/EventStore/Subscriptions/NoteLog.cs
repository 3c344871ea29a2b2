using Approval.Testing;
using Npgsql;

namespace Approval.EventStore.Subscriptions;

public sealed record NoteLogRow(StreamId Stream, long Version, string Text);

/// <summary>An asynchronous view for tests: the lines of all notes. It fails on the line <c>毒</c> until the defect is repaired.</summary>
public sealed class NoteLog() : EventRowsView<NoteLogRow>("note_log", 1)
{
    /// <summary>Whether the defect was repaired.</summary>
    public static bool Repaired { get; set; }

    /// <summary>What a rebuild waits for before it applies anything.</summary>
    public static Task Held { get; set; } = Task.CompletedTask;

    protected internal override IEnumerable<string> Indexes(string table) => [];

    protected override Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<Made>> Begin(string table) =>
        async (_, events, cancel) =>
        {
            if (table == NextTable) await Held.WaitAsync(cancel);
            return new(events.Where(e => e.WireName == "note-line-added.v1").Select(e =>
            {
                var line = (NoteLineAdded)e.Event;
                if (line.Text == "毒" && !Repaired) throw new InvalidOperationException("This line cannot be shown.");
                return (e, new NoteLogRow(e.Stream, e.Version, line.Text));
            }));
        };
}
