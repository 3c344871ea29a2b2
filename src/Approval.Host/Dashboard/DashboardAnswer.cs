using Approval.Funds;

namespace Approval.Dashboard;

/// <summary>A stage at a glance.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Count">Proposals that stand in it.</param>
/// <param name="Requested">What they ask for.</param>
/// <param name="Oldest">The one that has stood there longest.</param>
/// <param name="OldestSince">Since when.</param>
/// <param name="Overdue">How many are beyond their time limit.</param>
/// <param name="Paused">How many their units are correcting.</param>
public sealed record StageFigure(Stage Stage, int Count, Money Requested, ProposalId? Oldest, DateTimeOffset? OldestSince, int Overdue, int Paused);

/// <summary>How proposals ended.</summary>
/// <param name="Outcome">The end.</param>
/// <param name="Count">How many.</param>
public sealed record OutcomeFigure(Outcome Outcome, int Count);

/// <summary>A track at a glance.</summary>
/// <param name="Track">The track; null before classification.</param>
/// <param name="Count">Proposals.</param>
/// <param name="Requested">What they ask for.</param>
/// <param name="Approved">What was approved.</param>
public sealed record TrackFigure(Track? Track, int Count, Money Requested, Money Approved);

/// <summary>A unit at a glance.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Its proposals.</param>
/// <param name="Requested">What they ask for.</param>
/// <param name="Approved">What was approved.</param>
public sealed record UnitFigure(UnitId Unit, string Name, int Count, Money Requested, Money Approved);

/// <summary>The money on its way from request to approval.</summary>
/// <param name="Requested">What all proposals ask for.</param>
/// <param name="Recommended">What the experts recommended.</param>
/// <param name="Approved">What the committee approved.</param>
/// <param name="SavedByReview">What was asked for by those recommended, those merged into them included, beyond what was recommended.</param>
public sealed record MoneyFigure(Money Requested, Money Recommended, Money Approved, Money SavedByReview);

/// <summary>A fund at a glance.</summary>
/// <param name="Id">The fund.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ceiling">The ceiling.</param>
/// <param name="Reserved">Reserved.</param>
/// <param name="Committed">Committed.</param>
/// <param name="Free">What is left.</param>
public sealed record FundFigure(FundId Id, string Name, Money Ceiling, Money Reserved, Money Committed, Money Free)
{
    internal static FundFigure Of(Fund f) => new(f.Id, f.Name, f.Ceiling, f.Reserved, f.Committed, f.Free);
}

/// <summary>How long a stage takes.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Stays">Stays that have ended.</param>
/// <param name="Median">The median of their working days, pauses left out.</param>
/// <param name="Ninetieth">The 90th percentile.</param>
public sealed record BottleneckFigure(Stage Stage, int Stays, int Median, int Ninetieth);

/// <summary>What merging did.</summary>
/// <param name="Count">Leads that took in others.</param>
/// <param name="Absorbed">Proposals taken in.</param>
/// <param name="Saved">What leads and absorbed asked for beyond what was recommended for the merged project, in yuan.</param>
public sealed record MergeFigure(int Count, int Absorbed, Money Saved);

/// <summary>Interfaces before and after unification.</summary>
/// <param name="Declared">Lines declared.</param>
/// <param name="Conflicts">Conflicts found.</param>
/// <param name="AfterUnification">Distinct interfaces left.</param>
public sealed record InterfaceFigure(int Declared, int Conflicts, int AfterUnification);

/// <summary>What the committee reads (design of the read side: each figure opens the list behind it).</summary>
/// <param name="Proposals">All proposals.</param>
/// <param name="Events">All events of the jurisdiction's record; null as of an instant.</param>
/// <param name="ByStage">By stage, in the order of the path.</param>
/// <param name="ByOutcome">The closed ones by how they ended.</param>
/// <param name="ByTrack">By track.</param>
/// <param name="ByUnit">By unit, the largest requests first.</param>
/// <param name="Money">Requested, recommended, approved.</param>
/// <param name="Funds">The funds.</param>
/// <param name="Bottlenecks">Working days per stage.</param>
/// <param name="Merges">Merges and what they saved.</param>
/// <param name="Interfaces">Interfaces.</param>
/// <param name="Meetings">Meetings held.</param>
public sealed record DashboardAnswer(
    int Proposals, long? Events, IReadOnlyList<StageFigure> ByStage, IReadOnlyList<OutcomeFigure> ByOutcome, IReadOnlyList<TrackFigure> ByTrack,
    IReadOnlyList<UnitFigure> ByUnit, MoneyFigure Money, IReadOnlyList<FundFigure> Funds, IReadOnlyList<BottleneckFigure> Bottlenecks,
    MergeFigure Merges, InterfaceFigure Interfaces, int Meetings);
