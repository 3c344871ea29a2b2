using Approval.Testing;

namespace Approval.EventStore.Subscriptions;

/// <summary>The settled part of the record: each event once, in order, whatever other writers do, and no time-out to pass a gap.</summary>
public sealed class SettlingTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private Settling settling = null!;

    public async ValueTask InitializeAsync()
    {
        var reader = new RecordReader(database.DataSource, EventTypes.In(typeof(StreamId).Assembly, typeof(Note).Assembly));
        settling = new(reader, 0);
        await Committed(); // whatever numbers another test lost lie before it
        await Next();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_that_commits_late_is_seen_before_those_with_higher_numbers()
    {
        await using var slow = await ForeignWriter.Begin(database.DataSource);
        var late = await slow.Insert();
        var early = await Committed();

        (await Next()).ShouldBeEmpty();
        settling.Awaits.ShouldHaveSingleItem();

        await slow.Commit();
        (await Next()).ShouldBe([late, early]);
        settling.Awaits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_writer_that_drew_its_number_before_its_transaction_had_an_id_is_waited_for()
    {
        // Every 32nd number is logged and needs an id; the one after it does not.
        await using var warm = await ForeignWriter.Begin(database.DataSource);
        for (var i = 0; i < 33; i++) await warm.Draw();
        await warm.Rollback();
        await using var slow = await ForeignWriter.Begin(database.DataSource);
        var late = await slow.Draw();
        var early = await Committed();

        (await Next()).ShouldBeEmpty();

        await slow.Insert(late);
        (await Next()).ShouldBeEmpty();
        await slow.Commit();
        (await Next()).ShouldBe([late, early]);
    }

    [Fact]
    public async Task A_gap_left_by_a_rolled_back_writer_is_passed_at_once()
    {
        await using (var gone = await ForeignWriter.Begin(database.DataSource))
        {
            await gone.Insert();
            await gone.Rollback();
        }

        var after = await Committed();

        (await Next()).ShouldBe([after]);
    }

    [Fact]
    public async Task A_writer_that_began_after_the_gap_was_seen_does_not_hold_it_back()
    {
        await using var gone = await ForeignWriter.Begin(database.DataSource);
        await gone.Draw();
        var seen = await Committed();
        (await Next()).ShouldBeEmpty();
        await using var later = await ForeignWriter.Begin(database.DataSource);
        await later.Insert();

        await gone.Rollback();

        (await Next()).ShouldBe([seen]);
        await later.Rollback();
    }

    [Fact]
    public async Task A_transaction_that_was_prepared_while_a_gap_waited_for_it_is_still_waited_for()
    {
        await using var slow = await ForeignWriter.Begin(database.DataSource);
        var late = await slow.Insert();
        var early = await Committed();
        (await Next()).ShouldBeEmpty();

        await slow.Prepare("slow");
        (await Next()).ShouldBeEmpty();
        (await Next()).ShouldBeEmpty();
        settling.Awaits.ShouldHaveSingleItem().Prepared.ShouldBeTrue();

        await using (var commit = database.DataSource.CreateCommand("commit prepared 'slow'")) await commit.ExecuteNonQueryAsync();
        (await Next()).ShouldBe([late, early]);
    }

    [Fact]
    public async Task A_session_that_only_looks_at_the_sequence_holds_nothing_back()
    {
        await using var looking = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await looking.BeginTransactionAsync();
        await using (var look = new Npgsql.NpgsqlCommand("select last_value from public.mt_events_sequence", looking)) await look.ExecuteScalarAsync();
        await using (var gone = await ForeignWriter.Begin(database.DataSource)) await gone.Draw();

        var after = await Committed();

        (await Next()).ShouldBe([after]);
    }

    [Fact]
    public async Task Without_numbers_missing_no_lock_is_looked_at()
    {
        await using var open = await ForeignWriter.Begin(database.DataSource);
        var first = await Committed();
        await open.Draw(); // after the events that are there

        (await Next()).ShouldBe([first]);
        settling.Awaits.ShouldBeEmpty();
        await open.Rollback();
    }

    private async Task<long> Committed()
    {
        await using var writer = await ForeignWriter.Begin(database.DataSource);
        var number = await writer.Insert();
        await writer.Commit();
        return number;
    }

    private async Task<IEnumerable<long>> Next()
    {
        var found = new List<long>();
        while (await settling.Next(100, default) is { Count: > 0 } events) found.AddRange(events.Select(e => e.Position));
        return found;
    }
}

internal static class ForeignWriting
{
    /// <summary>Draws a number and inserts a new note with it.</summary>
    public static async Task<long> Insert(this ForeignWriter writer)
    {
        var number = await writer.Draw();
        await writer.Insert(number);
        return number;
    }

    /// <summary>Inserts a new note with a number drawn before.</summary>
    public static Task Insert(this ForeignWriter writer, long number) =>
        writer.Insert(number, $"note-foreign{number}", 1, "note-opened.v1", """{"title":"外部","kind":"call","cost":1.00}""");
}
