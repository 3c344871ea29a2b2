namespace Approval.Testing;

/// <summary>The harness must be able to tell databases apart, and to leave nothing behind.</summary>
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Two_databases_share_nothing()
    {
        await using var one = await TestDatabase.Create();
        await using var other = await TestDatabase.Create();
        await Execute(one, "create table only_here (id int)");

        (await Scalar(one, "select to_regclass('only_here') is not null")).ShouldBe(true);
        (await Scalar(other, "select to_regclass('only_here') is not null")).ShouldBe(false);
    }

    [Fact]
    public async Task A_disposed_database_is_gone_although_a_connection_was_left_open()
    {
        await using var observer = await TestDatabase.CreateEmpty();
        var database = await TestDatabase.CreateEmpty();
        var name = (string)(await Scalar(database, "select current_database()::text"))!;
        await using var forgotten = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await forgotten.OpenAsync();

        await database.DisposeAsync();

        (await Scalar(observer, $"select exists (select from pg_database where datname = '{name}')")).ShouldBe(false);
    }

    [Fact]
    public async Task The_server_is_new_enough_and_speaks_Chinese()
    {
        await using var database = await TestDatabase.CreateEmpty();

        ((int)(await Scalar(database, "select current_setting('server_version_num')::int"))!).ShouldBeGreaterThanOrEqualTo(150000);
        (await Scalar(database, "select string_agg(w, ',' order by w collate \"zh-x-icu\") from unnest(array['预算', '安排', '论证']) w")).ShouldBe("安排,论证,预算");
        (await Scalar(database, "select '系统接口' ~ '^\\w+$'")).ShouldBe(true);
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
