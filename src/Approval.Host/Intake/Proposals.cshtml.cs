using Approval.BatchReview;
using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Intake;

/// <summary>The proposals that the reader may see, by stage, track, unit, year and words.</summary>
public sealed class ProposalsModel(Queries queries, People people, TimeProvider clock) : PageModel
{
    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>The proposals of this part of the list.</summary>
    public Page<ListedProposal> Found { get; private set; } = new([], null);

    /// <summary>How many fit, with what they ask for and got.</summary>
    public (int Count, Money Requested, Money Recommended, Money Approved) Sum { get; private set; }

    /// <summary>The filters of the committee's figures that are in force, in words.</summary>
    public IReadOnlyList<(string Name, string Value, string Chinese, string English)> Narrowed { get; private set; } = [];

    /// <summary>The moment as of which the list is shown; null for now.</summary>
    public AsOf? AsOf { get; private set; }

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>When batches take proposals in, for those who submit them.</summary>
    public IReadOnlyList<BatchWindow> Windows { get; private set; } = [];

    /// <summary>Shows the page, or only more rows of it.</summary>
    public async Task OnGet()
    {
        Actor = await HttpContext.Actor();
        Names = await HttpContext.Names();
        Found = await IntakeEndpoints.List(HttpContext, queries);
        Sum = (await (await IntakeEndpoints.Asked(HttpContext, queries)).Figures(
            "count(*), coalesce(sum(requested), 0), coalesce(sum(recommended), 0), coalesce(sum(approved), 0)",
            r => ((int)r.GetInt64(0), new Money(r.GetDecimal(1)), new Money(r.GetDecimal(2)), new Money(r.GetDecimal(3))), cancel: HttpContext.RequestAborted)).Single();
        AsOf = HttpContext.AsOf();
        Narrowed = [.. Filters.Where(f => HttpContext.Text(f.Name) == f.Value)];
        if (HttpContext.Code<Stage>("passed") is { } passed)
            Narrowed = [.. Narrowed, ("passed", Asked("passed"), $"已离开“{Words.Of(passed, true)}”阶段", $"has left stage \"{Words.Of(passed, false)}\"")];
        if (Actor.Is(Role.UnitOfficer)) Windows = (await queries.Windows(Actor.Jurisdiction, WorkingCalendar.WeekendsOnly.DateOf(AsOf?.At ?? clock.GetUtcNow()), AsOf, new(3, null), HttpContext.RequestAborted)).Items;
        Units = await people.Units(Actor.Jurisdiction).Where($"not retired").OrderBy("name").All(HttpContext.RequestAborted);
    }

    static readonly (string Name, string Value, string Chinese, string English)[] Filters =
    [
        ("submitted", "true", "已申报", "submitted"),
        ("overdue", "true", "逾期", "overdue"),
        ("paused", "true", "补正中", "correcting"),
        ("classified", "false", "未分类", "not classified"),
        ("recommended", "true", "论证推荐", "recommended"),
        ("recommended", "false", "未获推荐或在评", "not recommended or under review"),
        ("approved", "true", "已批准", "approved"),
        ("approved", "false", "未批准", "not approved"),
        ("lead", "true", "合并牵头", "leads of merges"),
    ];

    /// <summary>What was asked for.</summary>
    public string Asked(string name) => HttpContext.Request.Query[name].ToString();

    /// <summary>The address of the next part.</summary>
    public string More => $"/proposals{QueryString.Create(HttpContext.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Append(new("cursor", Found.Next)))}";
}
