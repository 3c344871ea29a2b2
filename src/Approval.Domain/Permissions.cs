using System.Collections.Frozen;
using System.Collections.Immutable;
using static Approval.Role;
using static Approval.Stage;

namespace Approval;

/// <summary>Whose things a permission reaches.</summary>
public enum Reach
{
    /// <summary>Only what belongs to the actor's own unit.</summary>
    OwnUnit,

    /// <summary>Only what was assigned to the actor: an expert's appraisal, a signer's seat, a member's meeting, a proposal that <see cref="Visibility"/> shows, a stage in which the policy lets the actor act. The command itself checks the assignment.</summary>
    Assigned,

    /// <summary>Everything in the actor's jurisdiction.</summary>
    Jurisdiction,

    /// <summary>No person: the engine itself, when time runs out or a jurisdiction is founded.</summary>
    Engine,
}

/// <summary>One row of the permission table: who may do a deed, on whose things, and in which stages.</summary>
/// <param name="Deed">The command's or the read's name, as its file is named.</param>
/// <param name="Reach">Whose things.</param>
/// <param name="Roles">Any of these roles.</param>
/// <param name="Stages">The stages of the proposal in which the command makes sense; empty where it is not about one proposal's stage.</param>
/// <param name="WhileCorrecting">Whether the command has its place while the unit corrects a returned proposal; all others wait for the answer.</param>
public sealed record Permission(string Deed, Reach Reach, ImmutableArray<Role> Roles, ImmutableArray<Stage> Stages, bool WhileCorrecting = false);

/// <summary>The permission table: one place for who may do what. A deed that is not in it is a defect.</summary>
public static class Permissions
{
    /// <summary>The person may not do this, in these roles or on this unit's things.</summary>
    public static readonly RefusalKind NotPermitted = new("not-permitted", RefusalSort.Authority,
        "您的身份或所属单位无权进行此项操作。", "Your role or unit may not do this.");

    /// <summary>The proposal stands in a stage where this command has no place.</summary>
    public static readonly RefusalKind WrongStage = new("wrong-stage", RefusalSort.Rule,
        "项目当前处于“{0}”阶段，不能进行此项操作。", "The proposal is in stage \"{0}\", where this cannot be done.");

    /// <summary>The proposal was returned to its unit, and everything else waits for the answer.</summary>
    public static readonly RefusalKind CorrectionOpen = new("correction-open", RefusalSort.Rule,
        "项目已退回补正，须待申报单位答复。", "The proposal was returned for correction; its unit has yet to answer.");

    /// <summary>The stages in which a proposal lives.</summary>
    public static readonly ImmutableArray<Stage> Alive =
        [Draft, Endorsement, FormCheck, EarlyScheduling, Stage.BatchReview, Stage.MergedAppraisal, Stage.InterfaceUnification, Stage.Committee, Stage.Issuance, Stage.Supervision];

    /// <summary>Every role.</summary>
    static readonly ImmutableArray<Role> Everybody = [.. Enum.GetValues<Role>()];

    /// <summary>The stages from submission to issuance: the proposal is with those who approve.</summary>
    public static readonly ImmutableArray<Stage> UnderApproval =
        [FormCheck, EarlyScheduling, Stage.BatchReview, Stage.MergedAppraisal, Stage.InterfaceUnification, Stage.Committee, Stage.Issuance];

    /// <summary>The roles in which a person may hold a seat of a signing round.</summary>
    public static readonly ImmutableArray<Role> Signers = [UnitOfficer, DepartmentalCio, CioOffice, CommitteeMember, DistrictCio];

    /// <summary>The table.</summary>
    public static readonly ImmutableArray<Permission> Table =
    [
        // Intake 申报
        new("ReadProposals", Reach.Assigned, [UnitOfficer, DepartmentalCio, CioOffice, Expert, CommitteeMember, DistrictCio, Auditor], []),
        new("DraftProposal", Reach.OwnUnit, [UnitOfficer], []),
        new("ReviseProposal", Reach.OwnUnit, [UnitOfficer], Alive, WhileCorrecting: true),
        new("AskEndorsement", Reach.OwnUnit, [UnitOfficer], Alive, WhileCorrecting: true),
        new("SubmitProposal", Reach.OwnUnit, [UnitOfficer], [Draft, Endorsement]),
        new("AnswerCorrection", Reach.OwnUnit, [UnitOfficer], UnderApproval, WhileCorrecting: true),
        new("WithdrawProposal", Reach.OwnUnit, [UnitOfficer], [Draft, Endorsement, .. UnderApproval], WhileCorrecting: true),
        new("AcceptProposal", Reach.Jurisdiction, [CioOffice], [FormCheck]),
        new("DeclineProposal", Reach.Jurisdiction, [CioOffice], [FormCheck], WhileCorrecting: true),
        new("ReturnProposal", Reach.Assigned, [CioOffice, DistrictCio], UnderApproval),
        new("LapseProposal", Reach.Jurisdiction, [CioOffice], UnderApproval, WhileCorrecting: true),
        new("MoveToPolicy", Reach.Jurisdiction, [CioOffice], [.. UnderApproval, Stage.Supervision], WhileCorrecting: true),

        // Signing 签批: the seat, the turn and the round's state are checked by the command
        new("SignFor", Reach.Assigned, Signers, []),
        new("SignAgainst", Reach.Assigned, Signers, []),
        new("ReturnRound", Reach.Assigned, Signers, []),
        new("TakeBackSignature", Reach.Assigned, Signers, []),
        new("HandOverSeat", Reach.Assigned, Signers, []),
        new("AskOpinion", Reach.Assigned, Signers, []),
        new("GiveOpinion", Reach.Assigned, [.. Signers, Expert], []),
        new("AddSigner", Reach.Assigned, Signers, []),
        new("RemoveSigner", Reach.Assigned, [UnitOfficer, CioOffice], []),
        new("UrgeSigners", Reach.Assigned, [UnitOfficer, CioOffice], []),
        new("CopyRound", Reach.Assigned, Signers, []),

        // Early scheduling 重点项目提前安排
        new("ClassifyProposal", Reach.Jurisdiction, [CioOffice], [FormCheck, EarlyScheduling, Stage.BatchReview]),
        new("AskConsent", Reach.Jurisdiction, [CioOffice], [EarlyScheduling]),
        new("ScheduleKeyProject", Reach.Jurisdiction, [CioOffice], [EarlyScheduling]),
        new("CompleteFullCheck", Reach.Jurisdiction, [CioOffice], [Stage.MergedAppraisal, Stage.InterfaceUnification, Stage.Committee]),
        new("ReadSchedule", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, DepartmentalCio, Auditor], []),

        // Batch review 一般项目集中安排
        new("OpenBatch", Reach.Jurisdiction, [CioOffice], []),
        new("JoinBatch", Reach.Jurisdiction, [CioOffice], [Stage.BatchReview], WhileCorrecting: true),
        new("CloseBatch", Reach.Jurisdiction, [CioOffice], []),
        new("OpenPreReview", Reach.Jurisdiction, [CioOffice], []),
        new("RankBatch", Reach.Jurisdiction, [CioOffice], []),
        new("ConcludeBatch", Reach.Jurisdiction, [CioOffice], []),
        new("ReadBatchWindows", Reach.Jurisdiction, [UnitOfficer, DepartmentalCio, CioOffice, DistrictCio, CommitteeMember, Auditor], []),
        new("ReadBatches", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, DepartmentalCio, Auditor], []),

        // Funds 资金
        new("OpenFund", Reach.Jurisdiction, [CioOffice], []),
        new("ChangeFundCeiling", Reach.Jurisdiction, [DistrictCio], []),
        new("ReadFunds", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, DepartmentalCio, Auditor], []),

        // Committee 委员会例会
        new("ConveneMeeting", Reach.Jurisdiction, [DistrictCio], []),
        new("PlaceAgendaItem", Reach.Jurisdiction, [CioOffice], [Stage.Committee]),
        new("RemoveAgendaItem", Reach.Jurisdiction, [CioOffice], []),
        new("RecordAttendance", Reach.Jurisdiction, [CioOffice], []),
        new("RecuseMember", Reach.Assigned, [CioOffice, CommitteeMember], []),
        new("OpenVote", Reach.Assigned, [DistrictCio], [Stage.Committee]),
        new("CastVote", Reach.Assigned, [CommitteeMember], []),
        new("ResolveItem", Reach.Assigned, [DistrictCio], [Stage.Committee]),
        new("CloseMeeting", Reach.Jurisdiction, [CioOffice], []),
        new("AskReconsideration", Reach.OwnUnit, [UnitOfficer, DepartmentalCio], [Closed]),
        new("OpenReconsideration", Reach.Jurisdiction, [DistrictCio], [Closed]),
        new("RefuseReconsideration", Reach.Jurisdiction, [DistrictCio], [Closed]),
        new("ReadDashboard", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, DepartmentalCio, Auditor], []),
        new("ReadMeetings", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, Auditor], []),

        // Issuance 批复
        new("IssueApproval", Reach.Jurisdiction, [CioOffice, DistrictCio], [Stage.Issuance]),
        new("SignApproval", Reach.Assigned, [DistrictCio], [Stage.Issuance]),
        new("SendBackToCommittee", Reach.Jurisdiction, [CioOffice], [Stage.Issuance]),
        new("ReadApprovals", Reach.Jurisdiction, [CioOffice, DistrictCio, CommitteeMember, Auditor], []),
        new("ReadOwnApprovals", Reach.OwnUnit, [UnitOfficer, DepartmentalCio, Expert], []),

        // Supervision 监管
        new("ReportProgress", Reach.OwnUnit, [UnitOfficer], [Stage.Supervision]),
        new("TickCondition", Reach.Jurisdiction, [CioOffice], [Stage.Supervision]),
        new("RecordChange", Reach.OwnUnit, [UnitOfficer], [Stage.Supervision]),
        new("SendChangeToApproval", Reach.OwnUnit, [UnitOfficer], [Stage.Supervision]),
        new("AbandonProject", Reach.OwnUnit, [UnitOfficer], [Stage.Committee, Stage.Issuance, Stage.Supervision], WhileCorrecting: true),
        new("RecordAcceptance", Reach.Jurisdiction, [CioOffice], [Stage.Supervision]),
        new("SubmitSelfEvaluation", Reach.OwnUnit, [UnitOfficer], [Stage.Supervision]),
        new("RecordSharingPromise", Reach.Jurisdiction, [CioOffice], [Stage.Supervision, Closed]),
        new("CompleteProject", Reach.Jurisdiction, [CioOffice], [Stage.Supervision]),
        new("ReadScorecards", Reach.Jurisdiction, [CioOffice, DistrictCio, Auditor], []),
        new("ReadOwnScorecard", Reach.OwnUnit, [UnitOfficer, DepartmentalCio, CommitteeMember], []),

        // Merged appraisal 类似项目合并论证
        new("LookForSimilar", Reach.Jurisdiction, [CioOffice], Alive, WhileCorrecting: true),
        new("OpenAppraisal", Reach.Jurisdiction, [CioOffice], [Stage.MergedAppraisal]),
        new("AppointPanel", Reach.Jurisdiction, [CioOffice], []),
        new("RecuseExpert", Reach.Assigned, [Expert, CioOffice], []),
        new("ReplaceExpert", Reach.Jurisdiction, [CioOffice], []),
        new("SubmitScoreSheet", Reach.Assigned, [Expert], []),
        new("DiscloseSheets", Reach.Jurisdiction, [CioOffice], []),
        new("ReopenSheets", Reach.Jurisdiction, [CioOffice], []),
        new("ConcludeAppraisal", Reach.Jurisdiction, [CioOffice], []),
        new("DissolveAppraisal", Reach.Jurisdiction, [CioOffice], []),
        new("UndoMerge", Reach.Jurisdiction, [CioOffice], []),
        new("AdoptChanges", Reach.Jurisdiction, [CioOffice], []),
        new("SeekSimilar", Reach.OwnUnit, [UnitOfficer, DepartmentalCio, CioOffice], []),
        new("ReadAppraisals", Reach.Assigned, [CioOffice, Expert, CommitteeMember, DistrictCio, Auditor, Administrator], []),

        // Interface unification 系统接口统一安排
        new("ArrangeInterfaces", Reach.Jurisdiction, [CioOffice], [Stage.InterfaceUnification, Stage.Committee]),
        new("ReopenInterface", Reach.Jurisdiction, [CioOffice], [Stage.InterfaceUnification, Stage.Committee]),
        new("SettleConflict", Reach.Jurisdiction, [CioOffice], [Stage.InterfaceUnification, Stage.Committee]),
        new("UnifyInterfaces", Reach.Jurisdiction, [CioOffice], [Stage.InterfaceUnification, Stage.Committee]),
        new("PublishInterface", Reach.Jurisdiction, [CioOffice], []),
        new("PublishStandard", Reach.Jurisdiction, [CioOffice], []),
        new("RetireInterface", Reach.Jurisdiction, [CioOffice], []),
        new("ReadCatalogue", Reach.Jurisdiction, [UnitOfficer, DepartmentalCio, CioOffice, Expert, CommitteeMember, DistrictCio, Auditor], []),
        new("ReadInterfaceMap", Reach.Jurisdiction, [DepartmentalCio, CioOffice, CommitteeMember, DistrictCio, Auditor], []),

        // Existing systems 已建系统
        new("RegisterSystem", Reach.Jurisdiction, [CioOffice], []),
        new("UpdateSystem", Reach.Jurisdiction, [CioOffice], []),
        new("RetireSystem", Reach.Jurisdiction, [CioOffice], []),
        new("RecordSharing", Reach.Jurisdiction, [CioOffice], []),
        new("ImportSystems", Reach.Jurisdiction, [CioOffice], []),
        new("ReadSystems", Reach.Jurisdiction, [UnitOfficer, DepartmentalCio, CioOffice, Expert, CommitteeMember, DistrictCio, Auditor], []),

        // Programmes 规划
        new("OpenProgramme", Reach.Jurisdiction, [CioOffice], []),
        new("AddProject", Reach.Jurisdiction, [CioOffice], []),
        new("RemoveProject", Reach.Jurisdiction, [CioOffice], []),
        new("CloseProgramme", Reach.Jurisdiction, [CioOffice], []),
        new("ReadProgrammes", Reach.Jurisdiction, [DepartmentalCio, CioOffice, CommitteeMember, DistrictCio, Auditor], []),

        // Policies 审批办法
        new("AdoptPolicy", Reach.Jurisdiction, [DistrictCio], []),
        new("ReadPolicies", Reach.Jurisdiction, Everybody, []),

        // Calendars 工作日历
        new("AdoptCalendar", Reach.Jurisdiction, [Administrator], []),
        new("ReadCalendar", Reach.Jurisdiction, Everybody, []),

        // Directory 单位与人员
        new("FoundJurisdiction", Reach.Engine, [], []),
        new("RegisterUnit", Reach.Jurisdiction, [Administrator], []),
        new("RenameUnit", Reach.Jurisdiction, [Administrator], []),
        new("RetireUnit", Reach.Jurisdiction, [Administrator], []),
        new("AppointPerson", Reach.Jurisdiction, [Administrator], []),
        new("MovePerson", Reach.Jurisdiction, [Administrator], []),
        new("ChangeRoles", Reach.Jurisdiction, [Administrator], []),
        new("RemovePerson", Reach.Jurisdiction, [Administrator], []),
        new("DeclareTies", Reach.Assigned, [Administrator, DepartmentalCio, CioOffice, Expert, CommitteeMember, DistrictCio], []),
        new("KeepContact", Reach.Jurisdiction, [Administrator], []),
        new("EraseContact", Reach.Jurisdiction, [Administrator], []),
        new("ReadUnits", Reach.Jurisdiction, Everybody, []),
        new("ReadPeople", Reach.Jurisdiction, Everybody, []),
        new("ReadContacts", Reach.Jurisdiction, [Administrator, CioOffice], []),
        new("ReadMyself", Reach.Assigned, Everybody, []),
        new("ReadOwnContact", Reach.Assigned, Everybody, []),
        new("ReadInbox", Reach.Assigned, Everybody, []),
        new("ReadFeed", Reach.Assigned, Everybody, []),

        // History 历史: the timeline of one proposal is read by whoever sees the proposal
        new("ReadHistory", Reach.Jurisdiction, [CioOffice, DistrictCio, Auditor], []),

        // Operations 运维
        new("ReadOperations", Reach.Jurisdiction, [Administrator, Auditor, CioOffice, DistrictCio], []),
        new("ManageViews", Reach.Jurisdiction, [Administrator], []),
        new("ManageWebhooks", Reach.Jurisdiction, [Administrator, CioOffice], []),
        new("ReadReadings", Reach.Jurisdiction, [Auditor], []),
        new("ReadConflicts", Reach.Jurisdiction, [CioOffice, Auditor], []),

        // Evidence 防篡改证据
        new("ReadEvidence", Reach.Jurisdiction, [Administrator, CioOffice, Auditor], []),
        new("ReadVerification", Reach.Jurisdiction, [Administrator, Auditor], []),
        new("ReadProof", Reach.Jurisdiction, [CioOffice, CommitteeMember, DistrictCio, Auditor], []),

        // Deadlines 时限
        new("RemindDeadline", Reach.Engine, [], []),
        new("EscalateDeadline", Reach.Engine, [], []),
    ];

    static readonly FrozenDictionary<string, Permission> ByDeed = Table.ToFrozenDictionary(p => p.Deed);

    /// <summary>Whether a person may hold a seat of a signing round.</summary>
    public static bool MaySign(Actor actor) => Signers.Any(actor.Is);

    /// <summary>The row of a deed.</summary>
    /// <exception cref="KeyNotFoundException">The deed is not in the table, which is a defect.</exception>
    public static Permission Of(string deed) => ByDeed[deed];

    /// <summary>Whether any of the deeds is one of the actor's roles at all, whatever it is done to.</summary>
    public static bool Allow(IReadOnlyList<string> deeds, Actor actor) => deeds.Any(deed => Check(deed, actor) is null);

    /// <summary>Why the actor may not do the deed on a thing of this unit; null if the actor may.</summary>
    public static Refusal? Check(string deed, Actor actor, UnitId? unit = null)
    {
        var row = Of(deed);
        var allowed = row.Reach switch
        {
            Reach.Engine => actor.IsEngine,
            Reach.OwnUnit => row.Roles.Any(actor.Is) && (unit is null || unit == actor.Unit),
            _ => row.Roles.Any(actor.Is),
        };
        return allowed ? null : NotPermitted.With();
    }

    /// <summary>Why the actor may not do the deed on this proposal now; null if the actor may.</summary>
    public static Refusal? Check(string deed, Actor actor, Proposal proposal) =>
        Check(deed, actor, proposal.Unit) ?? CheckStage(deed, proposal);

    /// <summary>Why the deed has no place where the proposal stands; null if it has.</summary>
    public static Refusal? CheckStage(string deed, Proposal proposal)
    {
        var row = Of(deed);
        return row.Stages.IsEmpty ? null
            : !row.Stages.Contains(proposal.Stage) ? WrongStage.With(proposal.Stage)
            : proposal.Intake.Correction is not null && !row.WhileCorrecting ? CorrectionOpen.With()
            : null;
    }
}
