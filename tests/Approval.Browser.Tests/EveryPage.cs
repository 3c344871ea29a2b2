using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Approval.Testing;

namespace Approval;

/// <summary>A page that every reader's test visits.</summary>
/// <param name="Name">Its name, for pictures.</param>
/// <param name="Person">Who opens it; empty for nobody.</param>
/// <param name="Path">Its address in the town's scenes.</param>
/// <param name="Until">What stands on it once its scripts have run.</param>
public sealed record KnownPage(string Name, string Person, Func<Scenes, string> Path, string Until = "main");

/// <summary>Every page with something on it: accessible, without console errors, whole in the reader's language, on a desk and on a phone, and its picture kept.</summary>
public abstract partial class EveryPage(Site site, EveryPage.Readers readers) : IClassFixture<EveryPage.Readers>
{
    /// <summary>The one list of pages; a page that is not in it is not tested for everybody.</summary>
    public static readonly KnownPage[] All =
    [
        new("sign-in", "", _ => "/sign-in"),
        new("inbox-unit", Town.Officer, _ => "/"),
        new("inbox-office", Town.Office, _ => "/"),
        new("inbox-body", "finance-cio", _ => "/"),
        new("proposals", Town.Office, _ => "/proposals"),
        new("proposal", Town.Office, s => $"/proposals/{s.Submitted}"),
        new("proposal-of-unit", Town.Officer, s => $"/proposals/{s.Draft}"),
        new("proposal-returned", Town.Officer, s => $"/proposals/{s.Returned}"),
        new("proposal-in-batch", Town.Officer, s => $"/proposals/{s.InBatch}"),
        new("proposal-lead", Town.Office, s => $"/proposals/{s.Lead}"),
        new("proposal-absorbed", Town.Auditor, s => $"/proposals/{s.Absorbed}"),
        new("proposal-supervised", Town.Officer, s => $"/proposals/{s.Supervised}"),
        new("proposal-new", Town.Officer, _ => "/proposals/new"),
        new("proposal-edit", Town.Officer, s => $"/proposals/{s.Draft}/edit", "[data-check-list] .good"),
        new("proposal-flawed", Town.Officer, s => $"/proposals/{s.Flawed}/edit", "[data-check-list] li[data-code]"),
        new("proposal-revisions", Town.Office, s => $"/proposals/{s.Returned}/revisions"),
        new("batches", Town.Office, _ => "/batches"),
        new("batch-under-review", Town.Office, s => $"/batches/{s.UnderReview}", "canvas"),
        new("batch-of-body", "civil-cio", s => $"/batches/{s.UnderReview}", "canvas"),
        new("batch-concluded", Town.Auditor, s => $"/batches/{s.Concluded}", "canvas"),
        new("appraisals", Town.Office, _ => "/appraisals"),
        new("desk-blind", Town.Expert, s => $"/appraisals/{s.Blind}"),
        new("desk-blind-second", "expert-2", s => $"/appraisals/{s.Blind}"),
        new("desk-disclosed", Town.Office, s => $"/appraisals/{s.Disclosed}", "canvas"),
        new("desk-merged", Town.Office, s => $"/appraisals/{s.Merged}", "canvas"),
        new("interfaces", Town.Office, _ => "/interfaces", "canvas"),
        new("interfaces-before", Town.Office, _ => "/interfaces?view=before", "canvas"),
        new("interfaces-of-project", Town.Office, s => $"/interfaces/projects/{s.Lead}"),
        new("meetings", Town.DistrictCio, _ => "/meetings"),
        new("room-voting", "finance-cio", s => $"/meetings/{s.Voting}"),
        new("room-chair", Town.DistrictCio, s => $"/meetings/{s.Voting}"),
        new("room-office", Town.Office, s => $"/meetings/{s.Voting}"),
        new("minutes", Town.Office, s => $"/meetings/{s.Held}/minutes"),
        new("approval", Town.Officer, s => $"/approvals/{s.Approval}"),
        new("dashboard", Town.Office, _ => "/dashboard", "canvas"),
        new("history", Town.Office, _ => "/history"),
        new("operations", Town.Office, _ => "/operations"),
        new("evidence", Town.Auditor, _ => "/operations/evidence"),
    ];

    /// <summary>What the scripts and styles alone take: less was not counted.</summary>
    public const int AtLeast = 50_000;

    /// <summary>What a first visit may transfer.</summary>
    public const int AtMost = 500_000;

    private static readonly (int Width, int Height) DeskSize = (1366, 768);
    private static readonly (int Width, int Height) PhoneSize = (390, 844);

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(p => p.Name)];

    /// <summary>Opens a page in one size, looks at it closely, and sees that it fits the other size too.</summary>
    private protected async Task Visit(string name, string language, bool onPhone)
    {
        var page = All.Single(p => p.Name == name);
        var (first, then) = onPhone ? (PhoneSize, DeskSize) : (DeskSize, PhoneSize);
        var strange = language == "en" ? Chinese() : English();
        var desk = await readers.Of(site, page.Person, language);
        await desk.Page.SetViewportSizeAsync(first.Width, first.Height);
        await desk.Open(page.Path(site.Scenes));
        await desk.Page.Locator(page.Until).First.WaitForAsync();
        await desk.Fits(first.Width);
        await desk.ReadsRowByRow();
        (await desk.Transferred()).ShouldBeInRange(AtLeast, AtMost);
        (await desk.Violations()).ShouldBeEmpty();
        strange.Matches(await Frame(desk)).Select(m => m.Value).ShouldBeEmpty();
        await desk.Picture($"{name}-{language[..2]}-{first.Width}");

        await desk.Page.SetViewportSizeAsync(then.Width, then.Height);
        await desk.Fits(then.Width);
        await desk.ReadsRowByRow();
        desk.Errors.ShouldBeEmpty();
    }

    /// <summary>What the page itself says: its headings, labels, heads and buttons, without names and what people wrote.</summary>
    private static Task<string> Frame(Desk desk) => desk.Page.EvaluateAsync<string>(
        """
        () => [...document.querySelectorAll('h2, h3, label, thead th, dt, legend, main button, nav a, .figure > span, .path li, .tag')]
          .filter(e => !e.closest('[translate=no], .document, [name=person]'))
          .map(e => { const copy = e.cloneNode(true); copy.querySelectorAll('[translate=no], a[href^="/proposals/"], select, small').forEach(x => x.remove()); return copy.textContent; }).join(' ')
        """);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex("(?!JSON)[A-Za-z]{4,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex English();

    /// <summary>Those who look at the pages, each signed in once in each language.</summary>
    public sealed class Readers : IAsyncLifetime
    {
        private readonly ConcurrentDictionary<(string Person, string Language), Desk> desks = [];

        /// <summary>The window of a person.</summary>
        public async Task<Desk> Of(Site site, string person, string language) =>
            desks.TryGetValue((person, language), out var desk) ? desk : desks[(person, language)] = await site.SignIn(person, language);

        /// <inheritdoc/>
        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            foreach (var desk in desks.Values) await desk.DisposeAsync();
        }
    }
}

/// <summary>In Chinese, closely at a desk.</summary>
public sealed class EveryPageInChinese(Site site, EveryPage.Readers readers) : EveryPage(site, readers)
{
    [Theory, MemberData(nameof(Names))]
    public Task A_page_is_accessible_and_whole_in_Chinese_and_fits_a_desk_and_a_phone(string name) => Visit(name, "zh-CN", onPhone: false);
}

/// <summary>In English, closely on a phone.</summary>
public sealed class EveryPageInEnglish(Site site, EveryPage.Readers readers) : EveryPage(site, readers)
{
    [Theory, MemberData(nameof(Names))]
    public Task A_page_is_accessible_and_whole_in_English_and_fits_a_phone_and_a_desk(string name) => Visit(name, "en", onPhone: true);
}
