using System.Collections.Immutable;

namespace Approval.Programmes;

/// <summary>Facts about a programme (规划): a plan period that groups projects.</summary>
public abstract record ProgrammeEvent
{
    private protected ProgrammeEvent() { }
}

/// <summary>A programme was opened.</summary>
/// <param name="Programme">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">The first day of the plan period.</param>
/// <param name="Until">The last day.</param>
/// <param name="Goals">What it is to bring about.</param>
[WireName("programme-opened.v1")]
public sealed record ProgrammeOpened(ProgrammeId Programme, string Title, DateOnly From, DateOnly Until, ImmutableArray<ProgrammeGoal> Goals) : ProgrammeEvent;

/// <summary>A project was put under a goal of the programme, or moved to another goal.</summary>
[WireName("programme-project-added.v1")]
public sealed record ProgrammeProjectAdded(ProposalId Proposal, string Goal) : ProgrammeEvent;

/// <summary>A project was taken out of the programme.</summary>
[WireName("programme-project-removed.v1")]
public sealed record ProgrammeProjectRemoved(ProposalId Proposal, string Reason) : ProgrammeEvent;

/// <summary>The programme was closed.</summary>
[WireName("programme-closed.v1")]
public sealed record ProgrammeClosed(string Summary) : ProgrammeEvent;
