using Approval.Testing;

namespace Approval.EventStore;

/// <summary>The schema is applied once, by one host at a time, and never silently changed.</summary>
public sealed class MigratorTests
{
    [Fact]
    public async Task Several_hosts_starting_at_once_apply_each_step_once()
    {
        await using var database = await TestDatabase.CreateEmpty();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator.Run(database.DataSource))));
        await Migrator.Run(database.DataSource);

        (await Scalar(database, "select count(*) = count(distinct name) and count(*) >= 5 from approval.migrations")).ShouldBe(true);
    }

    [Fact]
    public async Task A_step_that_was_applied_in_another_form_is_found()
    {
        await using var database = await TestDatabase.Create();
        await Scalar(database, "update approval.migrations set hash = 'other' where name like '001%'");

        (await Should.ThrowAsync<MisconfiguredException>(() => Migrator.Run(database.DataSource))).Message.ShouldContain("001-event-store.sql");
    }

    [Fact]
    public async Task A_step_that_got_another_number_is_not_applied_again()
    {
        await using var database = await TestDatabase.Create();
        const string Steps = "select string_agg(concat_ws(' ', name, hash, applied), '|' order by name) from approval.migrations";
        var before = await Scalar(database, Steps);
        await Scalar(database, "update approval.migrations set name = '010-directory.sql' where name = '013-directory.sql'");

        await Migrator.Run(database.DataSource);

        (await Scalar(database, Steps)).ShouldBe(before);
    }

    [Fact]
    public void Every_step_has_a_number_of_its_own() =>
        typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
            .Select(n => n.Split('-')[0]).ShouldBeUnique();

    [Fact]
    public async Task A_database_of_a_newer_release_is_left_alone()
    {
        await using var database = await TestDatabase.Create();
        await Scalar(database, "insert into approval.migrations (name, hash) values ('999-later.sql', 'x')");

        (await Should.ThrowAsync<MisconfiguredException>(() => Migrator.Run(database.DataSource))).Message.ShouldContain("newer release");
    }

    [Fact]
    public async Task A_view_whose_layout_changed_is_built_anew_at_the_start()
    {
        await using var database = await TestDatabase.Create();
        await Scalar(database, "update approval.views set hash = 'old'; drop table approval.notes; create table approval.notes (jurisdiction text)");

        await using var host = await HostFixture.Start(database);

        (await Scalar(database, "select count(*) from information_schema.columns where table_schema = 'approval' and table_name = 'notes'")).ShouldBe(9L);
    }

    private static async Task<object?> Scalar(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
