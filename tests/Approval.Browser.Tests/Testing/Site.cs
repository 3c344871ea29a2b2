using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;

[assembly: AssemblyFixture(typeof(Approval.Testing.Site))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)] // one browser on few cores

namespace Approval.Testing;

/// <summary>The real host in demo mode on a database of its own, with a small jurisdiction, and a Chromium that people use.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string database = $"approval_browser_{Guid.CreateVersion7():n}";
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private HttpClient api = null!;
    private readonly ConcurrentDictionary<string, string> tokens = [];
    private readonly Dictionary<(string Person, string Language), Task<IBrowserContext>> signedIn = [];
    private readonly ConcurrentDictionary<(string Person, string Language), ConcurrentBag<IPage>> kept = [];

    /// <summary>The scenes of the town, for whoever looks at a page with something on it.</summary>
    public Scenes Scenes { get; private set; } = null!;

    /// <summary>Where the host listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its database, for a further host on it.</summary>
    public string Database => To(database);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await OnServer($"create database {database} template template0");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Approval.Host", // its pages and static files, not those of the tests
            ContentRootPath = Path.Combine(Conventions.Repository.Root, "src", "Approval.Host"),
            EnvironmentName = "Production",
            Args = ["--urls", "http://127.0.0.1:0", "--Approval:Demo", "true", "--ConnectionStrings:Approval", To(database)],
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddApproval();
        app = builder.Build();
        app.MapApproval();
        await app.PrepareDatabase();
        await app.StartAsync();
        Address = app.Urls.Single();
        api = new HttpClient { BaseAddress = new Uri(Address) };
        await Town.Found(this);
        Scenes = await Scenes.Play(this);

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("APPROVAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        api?.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await OnServer($"drop database {database} with (force)");
    }

    /// <summary>
    /// A window of a person at an address; it fails the test on the first console error. A person signs in once in each language, by clicking; a window is kept for
    /// the next test, as opening one costs more than opening an address. Who is <paramref name="alone"/>, or nobody, has a browser of their own.
    /// </summary>
    public async Task<Desk> SignIn(string person, string language = "zh-CN", string at = "/", int width = 1366, int height = 768, bool alone = false)
    {
        Desk desk;
        if (alone || person.Length == 0)
        {
            var own = await Own(person, language);
            desk = new(this, own, () => own.Context.CloseAsync());
            if (at == "/") return desk;
        }
        else
        {
            var windows = kept.GetOrAdd((person, language), _ => []);
            var context = await SignedInOnce(person, language);
            var page = windows.TryTake(out var before) ? before : await context.NewPageAsync();
            desk = new(this, page, () => Keep(page, windows));
        }

        await desk.Page.SetViewportSizeAsync(width, height);
        await desk.Open(at);
        return desk;
    }

    private Task<IBrowserContext> SignedInOnce(string person, string language)
    {
        lock (signedIn) return signedIn.TryGetValue((person, language), out var begun) ? begun : signedIn[(person, language)] = Task.Run(() => SignedIn(person, language));
    }

    private async Task<IBrowserContext> SignedIn(string person, string language)
    {
        var page = await Own(person, language);
        kept.GetOrAdd((person, language), _ => []).Add(page);
        return page.Context;
    }

    private async Task<IPage> Own(string person, string language)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = language, ViewportSize = new() { Width = 1366, Height = 768 }, BaseURL = Address, TimezoneId = "Asia/Shanghai", ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000); // a slow machine is not a failure
        context.SetDefaultNavigationTimeout(60_000);
        var page = await context.NewPageAsync();
        var desk = new Desk(this, page, () => Task.CompletedTask);
        await desk.Open("/sign-in");
        if (person.Length > 0)
        {
            await page.Locator($"button[name=person][value='{person}']").ClickAsync();
            await page.WaitForURLAsync($"{Address}/");
            await desk.Quiet();
        }

        await desk.DisposeAsync();
        return page;
    }

    /// <summary>Keeps a window for the next test, without what was typed in this one.</summary>
    private async Task Keep(IPage page, ConcurrentBag<IPage> windows)
    {
        try
        {
            if (await page.EvaluateAsync<bool>("() => { window.dispatchEvent(new Event('pagehide')); return sessionStorage.length > 0; }")) await page.GotoAsync($"{Address}/sign-in");
            windows.Add(page);
        }
        catch (PlaywrightException)
        {
            await page.CloseAsync(); // on its way somewhere else
        }
    }

    /// <summary>A command of a person over the API: what came before the story of a test.</summary>
    public async Task<JsonElement> Act(string person, string path, object body, HttpMethod? method = null)
    {
        var subject = path.Split('/') is ["", "api", var kind, var id, ..] && kind is "proposals" or "batches" or "appraisals" or "meetings" ? $"/api/{kind}/{id}" : null;
        using var ask = await Asked(person, method ?? HttpMethod.Post, path);
        ask.Content = JsonContent.Create(body);
        if (subject is not null) ask.Headers.TryAddWithoutValidation("If-Match", await ETag(person, subject));
        using var answer = await api.SendAsync(ask);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{person} {path}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Something that needs nobody.</summary>
    internal async Task Post(string path, object body) => (await api.PostAsJsonAsync(path, body)).EnsureSuccessStatusCode();

    /// <summary>What a person reads.</summary>
    public async Task<JsonElement> Read(string person, string path)
    {
        using var ask = await Asked(person, HttpMethod.Get, path);
        using var answer = await api.SendAsync(ask);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpRequestMessage> Asked(string person, HttpMethod method, string path)
    {
        if (!tokens.TryGetValue(person, out var token))
        {
            using var given = await api.PostAsJsonAsync("/demo/tokens", new { person });
            tokens[person] = token = (await given.Content.ReadFromJsonAsync<DemoToken>())!.Token;
        }

        return new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    private async Task<string?> ETag(string person, string path)
    {
        using var ask = await Asked(person, HttpMethod.Get, path);
        using var answer = await api.SendAsync(ask);
        return answer.Headers.ETag?.ToString();
    }

    private static async Task OnServer(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string To(string name) => new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
}
