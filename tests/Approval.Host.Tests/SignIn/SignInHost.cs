using System.Net.Http.Headers;
using Approval.Directory;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.SignIn;

/// <summary>The host as it is run: people come in by a provider's tokens or, in demo mode, by its own. The jurisdiction demo has the administrator admin.</summary>
public sealed class SignInHost : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WebApplication app;

    private readonly bool owner;

    private SignInHost(TestDatabase database, WebApplication app, bool owner) => (this.database, this.app, this.owner) = (database, app, owner);

    public TestDatabase Database => database;

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.Single());

    public static Task<SignInHost> Start(Provider? provider = null, params string[] more) => Beside(null, provider, more);

    /// <summary>One more host on the database of another.</summary>
    public static async Task<SignInHost> Beside(SignInHost? beside, Provider? provider, params string[] more)
    {
        var own = beside?.database ?? await TestDatabase.Create();
        var web = Build(own.ConnectionString,
        [
            "--urls", "http://127.0.0.1:0",
            .. provider is null ? (string[])["--Approval:Demo", "true"] : ["--Authentication:Authority", provider.Address, "--Authentication:Audience", Provider.Audience],
            .. more,
        ]);
        await web.PrepareDatabase();
        await web.StartAsync();
        return new(own, web, beside is null);
    }

    /// <summary>Builds the host with these settings, without starting it.</summary>
    public static WebApplication Build(string connection, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Approval.Host",
            ContentRootPath = Path.Combine(Conventions.Repository.Root, "src", "Approval.Host"),
            EnvironmentName = "Production",
            Args = [.. settings, "--ConnectionStrings:Approval", connection],
        });
        builder.AddApproval();
        builder.Logging.Quiet();
        var web = builder.Build();
        web.MapApproval();
        return web;
    }

    public async Task Found(string jurisdiction = "demo") =>
        (await app.Services.GetRequiredService<Jurisdictions>().Found(new(new(jurisdiction), "示范区", new("admin")))).ShouldBeEmpty();

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (owner) await database.DisposeAsync();
    }
}

/// <summary>One provider and one host for the tests of a class.</summary>
public sealed class SignInFixture : IAsyncLifetime
{
    public Provider Provider { get; private set; } = null!;

    public SignInHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await Provider.Start();
        Host = await SignInHost.Start(Provider);
        await Host.Found();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
