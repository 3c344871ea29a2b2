using Approval.EventStore;
using Approval.Http;

namespace Approval.Programmes;

/// <summary>A programme in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="FirstDay">The first day of the plan period.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="Planned">How many projects it plans.</param>
/// <param name="Projects">How many it has.</param>
/// <param name="Closed">Whether it was closed.</param>
public sealed record ProgrammeRow(ProgrammeId Id, string Title, DateOnly FirstDay, DateOnly LastDay, int Planned, int Projects, bool Closed);

/// <summary>A project of a programme.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Stage">Where it stands; where its lead stands, if it was merged into one.</param>
/// <param name="Outcome">How it, or its lead, ended, if it did.</param>
/// <param name="Requested">What it asks for.</param>
/// <param name="Approved">What the committee approved; the lead's amount is told with the lead alone.</param>
/// <param name="Percent">How much of it is built, as last reported; 100 once completed.</param>
/// <param name="MergedInto">The lead that builds it, if it was merged into one.</param>
public sealed record ProgrammeProject(
    ProposalId Id, string Title, UnitId Unit, Stage Stage, Outcome? Outcome, Money Requested, Money? Approved, int Percent, ProposalId? MergedInto)
{
    /// <summary>What a proposal says of its progress, or the lead into which it was merged.</summary>
    public static ProgrammeProject Of(Proposal p, Proposal? lead)
    {
        var builds = lead ?? p;
        return new(
            p.Id, p.Content.Title, p.Unit, builds.Stage, builds.Outcome, p.Content.Total, p.Committee.Approved,
            builds.Outcome == Approval.Outcome.Completed ? 100 : builds.Supervision.Progress?.PercentComplete ?? 0, p.Appraisal.MergedInto);
    }
}

/// <summary>How far a goal is.</summary>
/// <param name="Name">The goal.</param>
/// <param name="Planned">How many projects are planned.</param>
/// <param name="Approved">How many are approved.</param>
/// <param name="Completed">How many are built, accepted and evaluated.</param>
/// <param name="Percent">How much of what is planned is built: the sum of the projects' shares over the number planned, at most 100.</param>
/// <param name="Projects">The projects.</param>
public sealed record GoalProgress(string Name, int Planned, int Approved, int Completed, int Percent, IReadOnlyList<ProgrammeProject> Projects);

/// <summary>A programme and how far it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">The first day of the plan period.</param>
/// <param name="Until">The last day.</param>
/// <param name="Closed">Whether it was closed.</param>
/// <param name="Goals">Its goals.</param>
public sealed record ProgrammeProgress(ProgrammeId Id, long Version, string Title, DateOnly From, DateOnly Until, bool Closed, IReadOnlyList<GoalProgress> Goals)
{
    /// <summary>The programmes.</summary>
    public static readonly View<Programme, ProgrammeRow> List = new("programmes", Programme.Kind, (p, _) =>
        [new(p.Id, p.Title, p.From, p.Until, p.Goals.Sum(g => g.Planned), p.Projects.Count, p.Closed)]);

    /// <summary>The progress of a programme, from the state of its projects.</summary>
    public static ProgrammeProgress Of(Programme programme, long version, IReadOnlyCollection<ProgrammeProject> all) => new(
        programme.Id, version, programme.Title, programme.From, programme.Until, programme.Closed,
        [.. programme.Goals.Select(goal =>
        {
            ProgrammeProject[] projects = [.. all.Where(p => programme.Projects.GetValueOrDefault(p.Id.Value) == goal.Name)];
            return new GoalProgress(
                goal.Name, goal.Planned, projects.Count(p => p.Stage == Stage.Supervision || p.Outcome == Outcome.Completed), projects.Count(p => p.Outcome == Outcome.Completed),
                Math.Min(100, projects.Sum(p => p.Percent) / goal.Planned), projects);
        })]);
}
