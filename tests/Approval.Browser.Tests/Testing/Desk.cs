using System.Text.Json;
using Microsoft.Playwright;

namespace Approval.Testing;

/// <summary>A person at a browser. What the console complains about fails the test.</summary>
public sealed class Desk : IAsyncDisposable
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "src", "Approval.Host", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string? Artifacts = Environment.GetEnvironmentVariable("APPROVAL_ARTIFACTS");

    private readonly Site site;
    private readonly IBrowserContext context;
    private readonly List<string> errors = [];

    internal Desk(Site site, IBrowserContext context, IPage page)
    {
        (this.site, this.context, Page) = (site, context, page);
        page.Console += (_, message) =>
        {
            // The browser itself reports every answer of 4xx to a script; the page shows those where they arose.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
    }

    /// <summary>The page in the window.</summary>
    public IPage Page { get; }

    /// <summary>Opens an address.</summary>
    public async Task Open(string path, int status = 200)
    {
        var answer = await Page.GotoAsync(site.Address + path);
        answer!.Status.ShouldBe(status, path);
        await Quiet();
    }

    /// <summary>Until the page's scripts have run.</summary>
    public async Task Quiet() => await Page.WaitForFunctionAsync("() => document.readyState === 'complete' && window.htmx !== undefined");

    /// <summary>Clicks what bears these words.</summary>
    public async Task Click(string words, AriaRole role = AriaRole.Button) => await Page.GetByRole(role, new() { Name = words, Exact = true }).First.ClickAsync();

    /// <summary>Clicks and waits until the page has been loaded anew.</summary>
    public async Task ClickThrough(string words, AriaRole role = AriaRole.Button)
    {
        await Page.EvaluateAsync("() => { window.before = true; }");
        await Click(words, role);
        await Page.WaitForFunctionAsync("() => window.before === undefined && document.readyState === 'complete' && window.htmx !== undefined");
    }

    /// <summary>Fills in a field by its label.</summary>
    public async Task Fill(string label, string value) => await Page.GetByLabel(label, new() { Exact = true }).First.FillAsync(value);

    /// <summary>What axe-core finds wrong with the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> Violations()
    {
        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return
        [
            .. found.GetProperty("violations").EnumerateArray().Select(v =>
                $"{v.GetProperty("id").GetString()}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("html").GetString()))}"),
        ];
    }

    /// <summary>Keeps a picture of the page where the run's artefacts go, if anywhere.</summary>
    public async Task Picture(string name)
    {
        if (Artifacts is { Length: > 0 }) await Page.ScreenshotAsync(new() { Path = Path.Combine(Artifacts, $"{name}.png"), FullPage = true });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        errors.ShouldBeEmpty();
    }
}
