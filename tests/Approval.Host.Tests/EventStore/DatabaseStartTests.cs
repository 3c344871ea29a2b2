using Approval.SignIn;
using Approval.Testing;
using Npgsql;

namespace Approval.EventStore;

/// <summary>A database that cannot be used is told in one sentence, without its password.</summary>
public sealed class DatabaseStartTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("Password", "wrong-secret", "password authentication failed")]
    [InlineData("Database", "there-is-none", "does not exist")]
    [InlineData("Port", "1", "refused")]
    [InlineData("Host", "no-such-host.invalid", "")]
    public async Task A_database_that_cannot_be_reached_is_told(string setting, string value, string reason)
    {
        var said = await Refusal(new NpgsqlConnectionStringBuilder(database.ConnectionString) { [setting] = value });

        said.ShouldContain(reason);
        said.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_user_without_the_right_to_make_a_schema_is_told()
    {
        await using var empty = await TestDatabase.CreateEmpty();
        var user = $"approval_guest_{Guid.CreateVersion7():n}";
        await using var make = empty.DataSource.CreateCommand($"create role {user} login password 'guest'");
        await make.ExecuteNonQueryAsync();

        (await Refusal(new(empty.ConnectionString) { Username = user, Password = "guest" })).ShouldContain("permission denied");

        await using var remove = empty.DataSource.CreateCommand($"drop role {user}");
        await remove.ExecuteNonQueryAsync();
    }

    [Theory, InlineData("Host"), InlineData("postgres://127.0.0.1/approval"), InlineData("Hots=127.0.0.1"), InlineData("Database=approval")]
    public void What_is_no_connection_string_is_told(string connection) =>
        Should.Throw<MisconfiguredException>(() => SignInHost.Build(connection, "--Approval:Demo", "true", "--urls", "http://127.0.0.1:0"))
            .Message.ShouldContain("ConnectionStrings:Approval");

    static async Task<string> Refusal(NpgsqlConnectionStringBuilder to)
    {
        await using var app = TestHost.Build(new NpgsqlConnectionStringBuilder(to.ConnectionString) { Pooling = false, Timeout = 5 }.ConnectionString, TimeProvider.System);
        return (await Should.ThrowAsync<MisconfiguredException>(app.PrepareDatabase)).Message;
    }
}
