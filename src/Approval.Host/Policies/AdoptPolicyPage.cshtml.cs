using System.Text.Json;
using Approval.EventStore;
using Approval.Http;
using Approval.Pages;

namespace Approval.Policies;

/// <summary>The form by which the District CIO adopts a version: every rule, beginning with those of the version before.</summary>
public sealed class AdoptPolicyModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>The title to begin with.</summary>
    public string Title { get; private set; } = DefaultPolicy.Title;

    /// <summary>The rules to begin with.</summary>
    public PolicyContent Rules { get; private set; } = DefaultPolicy.Content;

    /// <summary>Its number.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Today in the jurisdiction.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Running proposals, which stay with their version until they are moved.</summary>
    public int Running { get; private set; }

    /// <summary>The rules as the API takes them: what the form does not show stays as it is.</summary>
    public string Base => JsonSerializer.Serialize(new Dictionary<string, PolicyContent> { ["content"] = Rules }, Json.Events);

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter(nameof(AdoptPolicy));
        if ((await queries.Policies(Me.Jurisdiction, cancel: Cancel)).Versions.LastOrDefault() is { } last)
            (Title, Rules, Version) = (last.Title, last.Content, last.Ref.Version + 1);
        Today = (await queries.Calendar(Me.Jurisdiction, cancel: Cancel)).DateOf(clock.GetUtcNow());
        Running = (await queries.In(Intake.ProposalView.List, Me.Jurisdiction).Where($"outcome is null and policy is not null").Figures("count(*)", r => (int)r.GetInt64(0), cancel: Cancel)).Single();
    }
}
