using System.Collections.Immutable;
using Approval.EventStore;
using Approval.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Approval.Testing;

// A small stage for the tests of the foundation: notes that are written, read and closed.

/// <summary>What a note is about.</summary>
public enum NoteKind
{
    SiteVisit,
    Call,
}

[WireName("note-opened.v1")]
public sealed record NoteOpened(string Title, NoteKind Kind, Money Cost, DateOnly? Due);

[WireName("note-line-added.v1")]
public sealed record NoteLineAdded(string Text);

[WireName("note-closed.v1")]
public sealed record NoteClosed;

public sealed record Note(string Title, NoteKind Kind, Money Cost, DateOnly? Due, ImmutableList<string> Lines, bool Closed)
{
    public static readonly StreamKind<Note> Stream = new("note", (note, e) => (note, e) switch
    {
        (null, NoteOpened o) => new(o.Title, o.Kind, o.Cost, o.Due, [], false),
        ({ } n, NoteLineAdded l) => n with { Lines = n.Lines.Add(l.Text) },
        ({ } n, NoteClosed) => n with { Closed = true },
        _ => throw new UnknownEventException("note", e),
    });

    public static readonly RefusalKind IsClosed = new("note-closed", RefusalSort.Rule, "记录 {0} 已关闭。", "The note {0} is closed.");

    public static StreamId IdOf(string key) => new($"note-{key}");

    public static Decision Open(string key, OpenNote command) => Decision.Of(IdOf(key), new NoteOpened(command.Title, command.Kind, command.Cost, command.Due));

    public Decision Add(StreamId stream, string text) =>
        Closed ? IsClosed.With(Title) : Lines.Contains(text) ? Decision.Nothing : Decision.Of(stream, new NoteLineAdded(text));

    public Decision Close(StreamId stream) => Closed ? Decision.Nothing : Decision.Of(stream, new NoteClosed());
}

public sealed record OpenNote(string Title, NoteKind Kind, Money Cost, DateOnly? Due = null, IReadOnlyList<NotePart>? Parts = null);

public sealed record NotePart(string Name, int Weight);

public sealed record AddLine(string Text);

public sealed record NoteChanged(string Id, long Version);

public sealed record NoteRow(string Title, [property: Indexed] NoteKind Kind, Money Cost, DateOnly? Due, IReadOnlyList<string> Lines, bool Closed, DateTimeOffset Changed);

public sealed record NoteLineRow([property: Key] int Number, string Text);

public static class NoteRoutes
{
    public static readonly View<Note, NoteRow> Notes = new(
        "notes", Note.Stream, (n, info) => [new(n.Title, n.Kind, n.Cost, n.Due, n.Lines, n.Closed, info.Changed)]);

    public static readonly View<Note, NoteLineRow> Lines = new("note_lines", Note.Stream, (n, _) => n.Lines.Select((text, i) => new NoteLineRow(i + 1, text)));

    public static void MapNotes(this WebApplication app)
    {
        app.AddView(Notes);
        app.AddView(Lines);

        app.MapPost("/api/notes/{id}", (string id, Body<OpenNote> body, HttpContext http, Commands commands) =>
                commands.Run(http, Note.IdOf(id), _ => Task.FromResult(Note.Open(id, body.Value)), Changed(id), $"/api/notes/{id}"))
            .IsCommand<NoteChanged>(StatusCodes.Status201Created).Does("新建记录", "Opens a note");

        app.MapPost("/api/notes/{id}/lines", (string id, Body<AddLine> body, HttpContext http, Commands commands) =>
                commands.Run(http, Note.IdOf(id), async s => (await s.Load(Note.Stream, Note.IdOf(id))).Add(Note.IdOf(id), body.Value.Text), Changed(id)))
            .IsCommand<NoteChanged>().Does("添加一行", "Adds a line", Note.IsClosed);

        app.MapPost("/api/notes/{id}/closure", (string id, HttpContext http, Commands commands) =>
                commands.Run(http, Note.IdOf(id), async s => (await s.Load(Note.Stream, Note.IdOf(id))).Close(Note.IdOf(id)), Changed(id)))
            .IsCommand<NoteChanged>().RequiresIfMatch().Does("关闭记录", "Closes a note");

        app.MapGet("/api/notes", async (HttpContext http, Queries queries) =>
            {
                var kind = http.Code<NoteKind>("kind");
                return TypedResults.Ok(await queries.In(Notes, (await http.Actor()).Jurisdiction, http.AsOf())
                    .Where($"kind = {kind}", kind is not null).OrderBy("title").Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<NoteKind>("kind").Does("记录列表", "Lists notes");

        app.MapGet("/api/notes/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var seen = await queries.Load((await http.Actor()).Jurisdiction, Note.Stream, Note.IdOf(id), http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(seen.State);
            })
            .TakesAsOf().Does("读取记录", "Reads a note");
    }

    private static Func<Session, object> Changed(string id) => s => new NoteChanged(id, s.Version(Note.IdOf(id)));
}
