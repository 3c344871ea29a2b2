using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Approval.Testing;

/// <summary>A person at a browser, who says yes to every question. What the console complains about fails the test.</summary>
public sealed class Desk : IAsyncDisposable
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "src", "Approval.Host", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string? Artifacts = Environment.GetEnvironmentVariable("APPROVAL_ARTIFACTS");

    private readonly Site site;
    private readonly Func<Task> leave;
    private readonly ConcurrentQueue<string> errors = [];

    internal Desk(Site site, IPage page, Func<Task> leave)
    {
        (this.site, Page, this.leave) = (site, page, leave);
        page.Console += Complains;
        page.PageError += Fails;
        page.Dialog += SaysYes;
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
    public Task ClickThrough(string words, AriaRole role = AriaRole.Button) => Through(Page.GetByRole(role, new() { Name = words, Exact = true }).First);

    /// <summary>Clicks this and waits until the page has been loaded anew.</summary>
    public async Task Through(ILocator button)
    {
        await Page.EvaluateAsync("() => { window.before = true; }");
        await button.ClickAsync();
        await Page.WaitForFunctionAsync("() => window.before === undefined && document.readyState === 'complete' && window.htmx !== undefined");
    }

    /// <summary>The row of a table that holds these words.</summary>
    public ILocator Row(string words) => Page.Locator("tr", new() { HasText = words });

    /// <summary>Opens what waits for this person about something, from the inbox, and gives the row's words.</summary>
    public async Task<string> TakeUp(string title, string deed)
    {
        await Open("/");
        var row = Row(title).Filter(new() { HasText = deed }).First;
        var words = await row.InnerTextAsync();
        await Through(row.GetByRole(AriaRole.Link, new() { Name = "办理" }));
        return words;
    }

    /// <summary>Goes to something by the tabulator key alone.</summary>
    public async Task TabTo(string selector)
    {
        // Most of the way at once, as far as the document tells it, then step by step.
        var ahead = await Page.EvaluateAsync<int>(
            """
            selector => {
              const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(e => !e.disabled && e.type !== 'hidden' && e.checkVisibility());
              return stops.findIndex(e => e.matches(selector)) - stops.indexOf(document.activeElement);
            }
            """, selector);
        for (var pressed = 3; pressed < ahead; pressed++) await Page.Keyboard.PressAsync("Tab");
        for (var pressed = 0; pressed < 200; pressed++)
        {
            if (await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
            await Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The tabulator key does not come to {selector}.");
    }

    /// <summary>What a part of the page says.</summary>
    public Task<string> Says(string selector) => Page.Locator(selector).First.InnerTextAsync();

    /// <summary>Waits until a part of the page says this.</summary>
    public Task Until(string selector, string words) => Page.Locator(selector, new() { HasText = words }).First.WaitForAsync();

    /// <summary>Fills in a field by its label.</summary>
    public async Task Fill(string label, string value) => await Page.GetByLabel(label, new() { Exact = true }).First.FillAsync(value);

    /// <summary>What axe-core finds wrong with the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> Violations()
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'], preload: false })");
        return
        [
            .. found.GetProperty("violations").EnumerateArray().Select(v =>
                $"{v.GetProperty("id").GetString()}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("html").GetString()))}"),
        ];
    }

    /// <summary>Nothing is wider than the window; a chart follows its frame in a moment.</summary>
    public async Task Fits(int width)
    {
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('canvas')].every(c => c.clientWidth <= (c.closest('[data-chart]')?.clientWidth ?? innerWidth))");
        (await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    /// <summary>Only a matrix, proposals side by side and the picture of the stages are moved sideways: any other table is read row by row on a phone. What the feed brings anew is so in a moment.</summary>
    public async Task ReadsRowByRow()
    {
        IReadOnlyList<string> wide = [];
        try
        {
            await Eventually.Holds(async () => (wide = await Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.table-wrap:not(:has(.matrix, .side-by-side, .path))')].filter(w => w.scrollWidth > w.clientWidth + 1).map(w => w.getAttribute('aria-label') ?? w.outerHTML.slice(0, 200))")).Count == 0,
                "tables are read row by row");
        }
        catch (TimeoutException)
        {
            wide.ShouldBeEmpty();
        }
    }

    /// <summary>How many bytes the page and all that it loaded took, compressed as they came over the network.</summary>
    public Task<int> Transferred() => Page.EvaluateAsync<int>("() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, e) => sum + e.encodedBodySize, 0)");

    /// <summary>Keeps a picture of the page where the run's artefacts go, if anywhere.</summary>
    public async Task Picture(string name)
    {
        if (Artifacts is { Length: > 0 }) await Page.ScreenshotAsync(new() { Path = Path.Combine(Artifacts, $"{name}.jpg"), FullPage = true, Type = ScreenshotType.Jpeg, Quality = 80 });
    }

    /// <summary>What the console has complained about.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await leave();
        Page.Console -= Complains;
        Page.PageError -= Fails;
        Page.Dialog -= SaysYes;
        errors.ShouldBeEmpty();
    }

    // The browser itself reports every answer of 4xx to a script; the page shows those where they arose.
    private void Complains(object? page, IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) errors.Enqueue(message.Text);
    }

    private void Fails(object? page, string error) => errors.Enqueue(error);

    private static void SaysYes(object? page, IDialog dialog) => _ = dialog.AcceptAsync();
}
