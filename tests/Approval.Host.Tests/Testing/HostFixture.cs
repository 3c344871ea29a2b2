using System.Net.Http.Headers;
using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Approval.Testing;

/// <summary>
/// The real host on a free port of the loopback, on a database of its own, with a clock that tests set. Use it as
/// <c>IClassFixture&lt;HostFixture&gt;</c>, or through <see cref="Start"/> for another host on the same database.
/// </summary>
public sealed class HostFixture : IAsyncLifetime
{
    /// <summary>The jurisdiction of most tests.</summary>
    public static readonly JurisdictionId Demo = new("demo");

    private readonly TestDatabase? owned;
    private readonly string connection;
    private WebApplication app = null!;

    /// <summary>A host on a new database.</summary>
    public HostFixture()
    {
        owned = new TestDatabase();
        connection = "";
    }

    private HostFixture(string connection) => this.connection = connection;

    /// <summary>The clock of this host.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The database, as its superuser.</summary>
    public TestDatabase Database => owned ?? throw new InvalidOperationException("This host stands on another's database.");

    /// <summary>One more host on a database.</summary>
    public static async Task<HostFixture> Start(TestDatabase database)
    {
        var host = new HostFixture(database.ConnectionString);
        await host.InitializeAsync();
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (owned is not null) await owned.InitializeAsync();
        app = TestHost.Build(owned?.ConnectionString ?? connection, Clock);
        await app.PrepareDatabase();
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (owned is not null) await owned.DisposeAsync();
    }

    /// <summary>A client that asks as a person.</summary>
    public HttpClient ClientFor(Actor actor)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(actor);
        return client;
    }

    /// <summary>A client that has not signed in.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };
}

/// <summary>Builds the real host with the test's clock and people.</summary>
internal static class TestHost
{
    public static WebApplication Build(string connection, TimeProvider clock, params IEnumerable<string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Approval.Host", // its pages and static files, not those of the tests
            ContentRootPath = Path.Combine(Conventions.Repository.Root, "src", "Approval.Host"),
            Args =
            [
                "--urls", "http://127.0.0.1:0", "--environment", "Production", "--ConnectionStrings:Approval", connection,
                "--Approval:Webhooks:Networks", "127.0.0.0/8", "--Authentication:Authority", "https://provider.invalid", "--Authentication:Audience", "approval", .. settings,
            ],
        });
        builder.AddApproval();
        builder.Logging.Quiet();
        builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        builder.Services.Replace(ServiceDescriptor.Singleton(EventTypes.In(typeof(StreamId).Assembly, typeof(TestHost).Assembly)));
        builder.Services.Replace(ServiceDescriptor.Singleton<ActorOf>(ActorOf));
        var app = builder.Build();
        app.MapApproval();
        app.MapNotes();
        app.AddView(new NoteLog());
        return app;
    }

    /// <summary>Shows what a host complains of only if APPROVAL_TEST_LOG names a level: much of it is provoked.</summary>
    public static void Quiet(this ILoggingBuilder logging)
    {
        var least = Enum.Parse<LogLevel>(Environment.GetEnvironmentVariable("APPROVAL_TEST_LOG") ?? nameof(LogLevel.Critical));
        logging.AddFilter<ConsoleLoggerProvider>(level => level >= least);
    }

    public static AuthenticationHeaderValue Credentials(Actor actor) => new("Test", Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(actor, Json.Events)));

    /// <summary>Tests say who asks, instead of signing in.</summary>
    private static Task<Acting> ActorOf(HttpContext http, bool anew)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Test ", StringComparison.Ordinal)) throw new ProblemException(Faults.Unauthenticated.With());
        return Task.FromResult(new Acting(JsonSerializer.Deserialize<Actor>(Convert.FromBase64String(header[5..]), Json.Events)!));
    }
}
