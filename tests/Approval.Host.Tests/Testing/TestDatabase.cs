using Npgsql;

namespace Approval.Testing;

/// <summary>
/// A database of its own for one test class, with the schema applied: a copy of a template made once per process, dropped when disposed.
/// Use it as <c>IClassFixture&lt;TestDatabase&gt;</c> or through <see cref="Create"/>.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private static readonly SemaphoreSlim TemplateGate = new(1);
    private static readonly string Template = $"approval_template_{Environment.ProcessId}";
    private static bool templateExists;

    private readonly string name = $"approval_test_{Guid.CreateVersion7():n}";
    private readonly bool empty;

    /// <summary>A fixture that copies the template when xunit initializes it.</summary>
    public TestDatabase()
    {
    }

    private TestDatabase(bool empty) => this.empty = empty;

    /// <summary>Connects to this database as its superuser.</summary>
    public string ConnectionString => ConnectionTo(name, pooled: true);

    /// <summary>Connections to this database; closed with it.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    /// <summary>A database with the schema applied.</summary>
    public static Task<TestDatabase> Create() => Initialized(new TestDatabase());

    /// <summary>A database without any schema.</summary>
    public static Task<TestDatabase> CreateEmpty() => Initialized(new TestDatabase(empty: true));

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (!empty) await EnsureTemplate();
        await OnServer($"create database {name} template {(empty ? "template0" : Template)}");
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await OnServer($"drop database {name} with (force)");
    }

    private static async Task<TestDatabase> Initialized(TestDatabase database)
    {
        await database.InitializeAsync();
        return database;
    }

    private static async Task EnsureTemplate()
    {
        await TemplateGate.WaitAsync();
        try
        {
            if (templateExists) return;
            await OnServer($"drop database if exists {Template}");
            await OnServer($"create database {Template} template template0");
            await ApplySchema(ConnectionTo(Template, pooled: false));
            templateExists = true;
        }
        finally
        {
            TemplateGate.Release();
        }
    }

    private static async Task ApplySchema(string connectionString)
    {
        await using var app = TestHost.Build(connectionString, TimeProvider.System);
        await app.PrepareDatabase();
    }

    private static async Task OnServer(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string ConnectionTo(string database, bool pooled) =>
        new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Database = database, Pooling = pooled, MaxPoolSize = 20 }.ConnectionString;
}
