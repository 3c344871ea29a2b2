using Approval.Http;
using Approval.Intake;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.EventStore;

/// <summary>Current views hold what the streams say, at once and after a rebuild.</summary>
public sealed class ViewTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    private readonly CommandRunner runner = host.Services.GetRequiredService<CommandRunner>();
    private readonly Queries queries = host.Services.GetRequiredService<Queries>();

    [Fact]
    public async Task A_rebuild_equals_what_the_commands_wrote_byte_for_byte()
    {
        await Past("byte");
        foreach (var view in new View[] { NoteRoutes.Notes, NoteRoutes.Lines })
        {
            var before = await Content(view, "byte");
            before.ShouldNotBeEmpty();

            await ViewRebuild.Run(Owner, Types, view);

            (await Content(view, "byte")).ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_rebuild_heals_rows_that_a_foreign_writer_left_behind()
    {
        await Past("heal");
        await using (var writer = await ForeignWriter.Begin(host.Database.DataSource))
        {
            await writer.Insert(await writer.Draw(), "note-heal-0", 3);
            await writer.Commit();
        }

        await ViewRebuild.Run(Owner, Types, NoteRoutes.Lines);

        (await queries.In(NoteRoutes.Lines, HostFixture.Demo).Where($"stream = {"note-heal-0"}").All()).Select(r => r.Text).ShouldBe(["line 0", "foreign"]);
    }

    [Fact]
    public async Task Commands_go_on_during_a_rebuild_and_none_is_lost()
    {
        await Past("busy");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 4; !stop.IsCancellationRequested; i++)
            {
                var opened = Decision.Of(Note.IdOf($"busy-{i}"), new NoteOpened("busy", NoteKind.Call, Money.Zero, null), new NoteLineAdded("during"));
                (await runner.Run(Someone, new(), _ => Task.FromResult(opened))).ShouldBeOfType<CommandOutcome.Done>();
            }
        });

        for (var i = 0; i < 10; i++) await ViewRebuild.Run(Owner, Types, NoteRoutes.Lines);
        await stop.CancelAsync();
        await writing;

        var incremental = await Content(NoteRoutes.Lines, "busy");
        await ViewRebuild.Run(Owner, Types, NoteRoutes.Lines);
        (await Content(NoteRoutes.Lines, "busy")).ShouldBe(incremental);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        await Past("page");
        var all = await queries.In(NoteRoutes.Notes, HostFixture.Demo).OrderBy("title", descending: true).All();
        var seen = new List<NoteRow>();
        string? cursor = null;
        do
        {
            var page = await queries.In(NoteRoutes.Notes, HostFixture.Demo).OrderBy("title", descending: true)
                .Page(new(2, cursor is null ? null : Cursor.Read(cursor)));
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        seen.Select(r => r.Title).ShouldBe(all.Select(r => r.Title));
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        await Past("same");

        var row = (await queries.In(NoteRoutes.Notes, HostFixture.Demo).Where($"stream = {Note.IdOf("same-1")}").First())!;

        (row.Title, row.Kind, row.Cost, row.Due, row.Closed, row.Changed).ShouldBe(("同名 same", NoteKind.SiteVisit, new Money(1.5m), new DateOnly(2026, 5, 1), true, host.Clock.GetUtcNow()));
        row.Lines.ShouldBe(["line 1"]);
    }

    [Fact]
    public async Task A_row_that_stays_as_it_is_is_not_written_again()
    {
        await Past("stay");
        var before = await Written();

        (await runner.Run(Someone, new(), async s => (await s.Load(Note.Stream, Note.IdOf("stay-0"))).Close(Note.IdOf("stay-0")))).ShouldBeOfType<CommandOutcome.Done>();

        (await host.Database.Text("select closed::text from approval.notes where stream = 'note-stay-0'")).ShouldBe("true");
        (await Written()).ShouldBe(before);

        Task<string?> Written() => host.Database.Text("select ctid::text || xmin::text from approval.note_lines where stream = 'note-stay-0'");
    }

    [Fact]
    public void A_revision_changes_nothing_under_which_rows_are_entered_in_indexes()
    {
        var id = new ProposalId("indexed");
        var content = new ProposalContent { Title = "同名", Objective = "第一稿", Total = new Money(7_600_000m) };
        object[] life = [new ProposalDrafted(id, new("u1"), content), new ProposalRevised(2, content with { Objective = "第二稿" }, [ContentPart.Objective])];

        var changed = host.Services.GetRequiredService<Views>().Of(id.Stream).SelectMany(view =>
        {
            var states = life.Select((_, i) => life[..(i + 1)].Aggregate(Snapshot.Empty(HostFixture.Demo, id.Stream), (s, e) => s.With(view.Kind, e, host.Clock.GetUtcNow().AddDays(s.Info.Version)))).ToList();
            return view.Rows(states[0]).Zip(view.Rows(states[1])).SelectMany(rows =>
                view.Layout.Columns.Where((_, i) => !RowLayout.SameRow.Equals([rows.First[i]], [rows.Second[i]]))).Select(c => (Name: $"{view.Name}.{c.Name}", c.Indexed));
        }).ToList();

        changed.Select(c => c.Name).ShouldContain("proposals.changed");
        changed.Where(c => c.Indexed).ShouldBeEmpty();
    }

    private EventTypes Types => host.Services.GetRequiredService<EventTypes>();

    private NpgsqlDataSource Owner => host.Services.GetRequiredService<Databases>().Owner;

    private async Task Past(string name)
    {
        for (var i = 0; i < 4; i++)
        {
            var stream = Note.IdOf($"{name}-{i}");
            var closed = i % 2 == 1;
            await runner.Run(Someone, new(), _ => Task.FromResult(
                Decision.Of(stream, new NoteOpened($"同名 {name}", NoteKind.SiteVisit, new Money(1.5m * i), closed ? new DateOnly(2026, 5, 1) : null), new NoteLineAdded($"line {i}"))));
            if (closed) await runner.Run(Someone, new(), async s => (await s.Load(Note.Stream, stream)).Close(stream));
        }
    }

    private async Task<string> Content(View view, string name)
    {
        await using var connection = await host.Database.DataSource.OpenConnectionAsync();
        using var reader = await connection.BeginTextExportAsync($"copy (select * from {view.Table} where stream like 'note-{name}-%' order by 1, 2, 4) to stdout");
        return await reader.ReadToEndAsync();
    }
}
