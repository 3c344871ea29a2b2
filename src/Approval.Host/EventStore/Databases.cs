using Npgsql;

namespace Approval.EventStore;

/// <summary>Connections to the one database, under two sets of rights.</summary>
public sealed class Databases : IAsyncDisposable
{
    const int ManyRows = 128 << 10; // bytes taken from the network at once where whole records are read

    readonly Lazy<NpgsqlDataSource> host, together;

    /// <summary>Connects as <paramref name="connection"/> says.</summary>
    public Databases(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "approval",
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // no code leaves anything behind in a connection
        };
        settings.Options = $"{settings.Options} -c jit=off".TrimStart(); // compiling a query costs more than any of them takes
        Owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = 4, ReadBufferSize = ManyRows });
        Runners = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "approval runner",
            Pooling = false,
            ReadBufferSize = ManyRows,
            // The database lets go of a host that vanished without a word within four seconds. What runners write follows from the record with its checkpoint,
            // and is written again where a crash of the database takes it: it need not wait for the disk.
            Options = "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c synchronous_commit=off",
            KeepAlive = 5,
        });
        host = new(() => InRole(settings.ConnectionString));
        together = new(() => InRole(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Options = $"{settings.Options} -c lock_timeout=100ms" }.ConnectionString));
    }

    static NpgsqlDataSource InRole(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.UsePhysicalConnectionInitializer(TakeRole, TakeRoleAsync);
        return builder.Build();
    }

    /// <summary>Whether a connection string can be read and names a host.</summary>
    public static bool CanRead(string connection)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>As the user that owns the schema: for migrations and for building views.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>As the owner, one session each: for those who hold a lease or listen.</summary>
    public NpgsqlDataSource Runners { get; }

    /// <summary>As the role that may append and may not rewrite; as the user itself where that role could not be made.</summary>
    public NpgsqlDataSource Host => host.Value;

    /// <summary>As <see cref="Host"/>, for what several commands write together: it does not wait long for what somebody else has locked.</summary>
    public NpgsqlDataSource Together => together.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Runners.DisposeAsync();
        if (host.IsValueCreated) await host.Value.DisposeAsync();
        if (together.IsValueCreated) await together.Value.DisposeAsync();
    }

    const string Role = "select set_config('role', 'approval_app', false) from pg_roles where rolname = 'approval_app' and pg_has_role(current_user, oid, 'member')";

    static void TakeRole(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Role, connection);
        command.ExecuteNonQuery();
    }

    static async Task TakeRoleAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Role, connection);
        await command.ExecuteNonQueryAsync();
    }
}
