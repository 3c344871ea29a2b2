namespace Approval.EventStore;

/// <summary>Folds streams from rows of <see cref="Columns"/> as the database sends them, each stream's in their order.</summary>
/// <param name="types">The events known.</param>
/// <param name="kind">What the streams are folded into.</param>
/// <param name="done">Takes each stream's state.</param>
sealed class Folding(EventTypes types, Kind kind, Action<Snapshot> done)
{
    /// <summary>What folding needs of an event.</summary>
    public const string Columns = "tenant_id, stream_id, version, type, data, timestamp";

    Snapshot? snapshot;
    string name = "";

    /// <summary>Takes the next event.</summary>
    public void Add(RawFields row)
    {
        var jurisdiction = row.Text(snapshot?.Info.Jurisdiction.Value ?? "");
        var stream = row.Text(snapshot?.Info.Stream.Value ?? "");
        if (snapshot?.Info.Stream.Value != stream || snapshot.Info.Jurisdiction.Value != jurisdiction)
        {
            End();
            snapshot = Snapshot.Empty(new(jurisdiction), new(stream));
        }

        var version = row.Number();
        name = row.Text(name);
        var @event = types.Read(snapshot.Info.Stream, version, name, row.Json());
        snapshot = snapshot.With(kind, @event, row.Time());
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        if (snapshot is not null) done(snapshot);
        snapshot = null;
    }
}
