using System.Text.Json;
using Approval.Calendars;
using Approval.Dashboard;
using Approval.Directory;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;
using Approval.Policies;
using Approval.Programmes;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Operations;

/// <summary>What runs and by which rules: views, deadlines, policies, units and people, the calendar, programmes.</summary>
public sealed class OperationsModel(Queries queries, People people, AsyncViewStatuses statuses, Overdue deadlines, TimeProvider clock) : PageModel
{
    const int MostDeadlines = 30;

    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>The asynchronous views.</summary>
    public IReadOnlyList<AsyncViewStatus> Views { get; private set; } = [];

    /// <summary>The next deadlines, overdue first.</summary>
    public IReadOnlyList<DueProposal> Due { get; private set; } = [];

    /// <summary>The titles of their proposals.</summary>
    public IReadOnlyDictionary<ProposalId, string> Titles { get; private set; } = new Dictionary<ProposalId, string>();

    /// <summary>The policies.</summary>
    public PolicyBook Book { get; private set; } = PolicyBook.Empty;

    /// <summary>The version in force.</summary>
    public Policy? InForce { get; private set; }

    /// <summary>What differs between the two versions asked for.</summary>
    public IReadOnlyList<Policies.PolicyDifference> Differences { get; private set; } = [];

    /// <summary>The older of the versions compared.</summary>
    public int From { get; private set; }

    /// <summary>The newer of the versions compared.</summary>
    public int To { get; private set; }

    /// <summary>The units.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>The people.</summary>
    public IReadOnlyList<ListedPerson> Everybody { get; private set; } = [];

    /// <summary>The calendar.</summary>
    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.WeekendsOnly;

    /// <summary>The programmes.</summary>
    public IReadOnlyList<ProgrammeRow> Programmes { get; private set; } = [];

    /// <summary>Today on the jurisdiction's calendar.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        var cancel = HttpContext.RequestAborted;
        Actor = await HttpContext.ActorWho("ReadOperations");
        var jurisdiction = Actor.Jurisdiction;
        Names = await HttpContext.Names();
        Views = await statuses.All(cancel);
        Calendar = (await queries.Find(jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, cancel: cancel))?.State ?? WorkingCalendar.WeekendsOnly;
        Today = Calendar.DateOf(clock.GetUtcNow());
        Book = (await queries.Find(jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, cancel: cancel))?.State ?? PolicyBook.Empty;
        InForce = Book.InForce(Today);
        Compare();
        Units = await people.Units(jurisdiction).OrderBy("id").All(cancel);
        Everybody = await people.List(jurisdiction, cancel);
        if (May("ReadProgrammes")) Programmes = await queries.In(ProgrammeProgress.List, jurisdiction).OrderBy("first_day", descending: true).All(cancel);
        if (!May("ReadDashboard")) return; // an administrator who is nothing else sees no proposal

        var open = await queries.In(ProposalView.List, jurisdiction).Where($"outcome is null and submitted is not null").All(cancel);
        Due = [.. (await deadlines.Due(jurisdiction, open, null, cancel)).Values.OrderBy(d => d.WorkingDaysLeft).ThenBy(d => d.Due).Take(MostDeadlines)];
        Titles = open.ToDictionary(p => p.Id, p => p.Title);
    }

    /// <summary>Whether the reader may do this.</summary>
    public bool May(string deed) => Permissions.Check(deed, Actor) is null;

    /// <summary>A code as the API has it.</summary>
    public static string Code(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The policy that a new version starts from, as the API takes it.</summary>
    public string Draft => JsonSerializer.Serialize(new { content = (Book.Versions.LastOrDefault()?.Content) ?? DefaultPolicy.Content }, Json.Events);

    void Compare()
    {
        if (Book.Versions.IsEmpty) return;
        To = HttpContext.Number("to", 1, int.MaxValue) ?? Book.Versions[^1].Ref.Version;
        From = HttpContext.Number("from", 1, int.MaxValue) ?? Math.Max(1, To - 1);
        if (Book.Of(From) is { } from && Book.Of(To) is { } to) Differences = PolicyForm.Compare(from.Content, to.Content);
    }
}
