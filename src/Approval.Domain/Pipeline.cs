using System.Collections.Immutable;
using Approval.BatchReview;
using Approval.Committee;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Issuance;
using Approval.MergedAppraisal;
using Approval.Scheduling;
using Approval.Supervision;

namespace Approval;

/// <summary>One step of the path.</summary>
/// <param name="From">The stage left.</param>
/// <param name="By">The event that moves the proposal.</param>
/// <param name="To">The stage entered.</param>
public sealed record Step(Stage From, Type By, Stage To);

/// <summary>The path of a proposal on one page: from which stage it goes to which, by which event. A return for correction is no step: the proposal stays with the stage that asked, whose clock stands.</summary>
public static class Pipeline
{
    /// <summary>The steps forward.</summary>
    public static readonly ImmutableArray<Step> Forward =
    [
        new(Stage.Draft, typeof(EndorsementAsked), Stage.Endorsement),
        new(Stage.Endorsement, typeof(ProposalSubmitted), Stage.FormCheck),
        new(Stage.FormCheck, typeof(ProposalClassified), Stage.EarlyScheduling),
        new(Stage.FormCheck, typeof(ProposalClassified), Stage.BatchReview),
        new(Stage.EarlyScheduling, typeof(KeyProjectScheduled), Stage.MergedAppraisal),
        new(Stage.BatchReview, typeof(ProposalShortlisted), Stage.MergedAppraisal),
        new(Stage.MergedAppraisal, typeof(ProposalRecommended), Stage.InterfaceUnification),
        new(Stage.MergedAppraisal, typeof(ChangesAdopted), Stage.InterfaceUnification),
        new(Stage.InterfaceUnification, typeof(InterfacesUnified), Stage.Committee),
        new(Stage.Committee, typeof(ApprovedByCommittee), Stage.Issuance),
        new(Stage.Issuance, typeof(ApprovalIssued), Stage.Supervision),
        new(Stage.Supervision, typeof(ProjectCompleted), Stage.Closed),
    ];

    /// <summary>The steps aside and back.</summary>
    public static readonly ImmutableArray<Step> Detours =
    [
        new(Stage.Endorsement, typeof(ProposalSentBack), Stage.Draft),
        new(Stage.EarlyScheduling, typeof(KeyConsentRefused), Stage.BatchReview),
        new(Stage.Issuance, typeof(IssuanceRefused), Stage.Committee),
        new(Stage.Supervision, typeof(ChangeSentToApproval), Stage.Committee),
        new(Stage.Closed, typeof(MergeUndone), Stage.MergedAppraisal),
        new(Stage.InterfaceUnification, typeof(RecommendationWithdrawn), Stage.MergedAppraisal),
        new(Stage.Committee, typeof(RecommendationWithdrawn), Stage.MergedAppraisal),
        new(Stage.Closed, typeof(ReconsiderationOpened), Stage.Committee),
    ];

    /// <summary>Where an approved project may stand when its unit gives it up: a change of it may be under approval.</summary>
    public static readonly ImmutableArray<Stage> AbandonedFrom = [Stage.Committee, Stage.Issuance, Stage.Supervision];

    /// <summary>The ends before completion.</summary>
    public static readonly ImmutableArray<Step> Ends =
    [
        .. From([Stage.Draft, Stage.Endorsement, .. Permissions.UnderApproval], typeof(ProposalWithdrawn)),
        .. From(Permissions.UnderApproval, typeof(ProposalLapsed)),
        .. From(AbandonedFrom, typeof(ProjectAbandoned)),
        new(Stage.FormCheck, typeof(ProposalNotAccepted), Stage.Closed),
        new(Stage.BatchReview, typeof(ProposalTurnedDown), Stage.Closed),
        new(Stage.MergedAppraisal, typeof(ProposalNotRecommended), Stage.Closed),
        new(Stage.MergedAppraisal, typeof(ProposalMergedInto), Stage.Closed),
        new(Stage.Committee, typeof(RejectedByCommittee), Stage.Closed),
    ];

    /// <summary>Every step.</summary>
    public static IEnumerable<Step> Steps => [.. Forward, .. Detours, .. Ends];

    static IEnumerable<Step> From(IEnumerable<Stage> stages, Type end) => stages.Select(s => new Step(s, end, Stage.Closed));
}
