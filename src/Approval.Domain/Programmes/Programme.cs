using System.Collections.Immutable;

namespace Approval.Programmes;

/// <summary>A goal of a programme, as in "one platform, two centres, four databases, fifteen projects" (一平台两中心四数据库十五项工程).</summary>
/// <param name="Name">What is to be built: 数据库.</param>
/// <param name="Planned">How many, from 1.</param>
public sealed record ProgrammeGoal(string Name, int Planned);

/// <summary>A programme: a plan period that groups projects and follows their progress.</summary>
public sealed record Programme
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Programme> Kind = new("programme", Evolve);

    /// <summary>The programme is closed.</summary>
    public static readonly RefusalKind IsClosed = new("programme-is-closed", RefusalSort.Rule, "该规划已结束。", "The programme is closed.");

    /// <summary>Its id.</summary>
    public required ProgrammeId Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The first day of the plan period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What it is to bring about.</summary>
    public required ImmutableArray<ProgrammeGoal> Goals { get; init; }

    /// <summary>The projects with the goal that each serves, by the proposal's id.</summary>
    public ImmutableSortedDictionary<string, string> Projects { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether it was closed.</summary>
    public bool Closed { get; init; }

    /// <summary>The state after an event.</summary>
    public static Programme Evolve(Programme? programme, object @event) => (programme, @event) switch
    {
        (null, ProgrammeOpened e) => new() { Id = e.Programme, Title = e.Title, From = e.From, Until = e.Until, Goals = e.Goals },
        ({ } p, ProgrammeProjectAdded e) => p with { Projects = p.Projects.SetItem(e.Proposal.Value, e.Goal) },
        ({ } p, ProgrammeProjectRemoved e) => p with { Projects = p.Projects.Remove(e.Proposal.Value) },
        ({ } p, ProgrammeClosed) => p with { Closed = true },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
