using System.Text.RegularExpressions;
using Approval.Testing;

namespace Approval;

/// <summary>A page that every reader's test visits.</summary>
/// <param name="Name">Its name, for pictures.</param>
/// <param name="Person">Who opens it; empty for nobody.</param>
/// <param name="Path">Its address; <c>{proposal}</c> stands for a submitted proposal, <c>{draft}</c> for a draft.</param>
public sealed record KnownPage(string Name, string Person, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Every page: accessible, without console errors, whole in both languages, and its picture kept.</summary>
public sealed partial class Pages(Site site) : IAsyncLifetime
{
    /// <summary>The one list of pages; a page that is not in it is not tested for everybody.</summary>
    public static readonly KnownPage[] All =
    [
        new("sign-in", "", "/sign-in"),
        new("inbox-unit", Town.Officer, "/"),
        new("inbox-office", Town.Office, "/"),
        new("proposals", Town.Office, "/proposals"),
        new("proposal", Town.Office, "/proposals/{proposal}"),
        new("proposal-of-unit", Town.Officer, "/proposals/{draft}"),
        new("proposal-new", Town.Officer, "/proposals/new"),
        new("proposal-edit", Town.Officer, "/proposals/{draft}/edit"),
        new("batches", Town.Office, "/batches"),
        new("appraisals", Town.Office, "/appraisals"),
        new("interfaces", Town.Office, "/interfaces"),
        new("meetings", Town.Office, "/meetings"),
        new("dashboard", Town.Office, "/dashboard"),
        new("history", Town.Office, "/history"),
        new("operations", Town.Office, "/operations"),
        new("evidence", Town.Auditor, "/operations/evidence"),
        new("proposal-revisions", Town.Office, "/proposals/{proposal}/revisions"),
    ];

    private static (string Proposal, string Draft)? made;

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(p => p.Name)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => made ??= (await Town.Submitted(site, "居民健康档案共享平台"), await Town.Drafted(site, "社区卫生服务管理系统"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, MemberData(nameof(Names))]
    public async Task A_page_is_accessible_in_both_languages_on_a_desk_and_on_a_phone(string name)
    {
        var page = All.Single(p => p.Name == name);
        var path = page.Path.Replace("{proposal}", made!.Value.Proposal, StringComparison.Ordinal).Replace("{draft}", made.Value.Draft, StringComparison.Ordinal);
        await using (var desk = await site.SignIn(page.Person))
        {
            await desk.Open(path);
            (await desk.Violations()).ShouldBeEmpty();
            await desk.Picture($"{name}-zh");
        }

        await using (var desk = await site.SignIn(page.Person, "en", 390, 844))
        {
            await desk.Open(path);
            (await desk.Violations()).ShouldBeEmpty();
            await desk.Picture($"{name}-en-phone");
            (await desk.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
            Chinese().Matches(await Frame(desk)).Select(m => m.Value).ShouldBeEmpty();
        }
    }

    /// <summary>What the page itself says: its headings, labels, heads and buttons, without names and what people wrote.</summary>
    private static Task<string> Frame(Desk desk) => desk.Page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('h2, h3, label, thead th, dt, legend, main button:not([name=person]), nav a')].filter(e => !e.closest('[translate=no]')).map(e => e.textContent).join(' ')");

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese();
}
