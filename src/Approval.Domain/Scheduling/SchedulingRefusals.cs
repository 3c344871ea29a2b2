namespace Approval.Scheduling;

/// <summary>Refusals that several commands of early scheduling and batch review share.</summary>
public static class SchedulingRefusals
{
    /// <summary>The office has not accepted the proposal yet.</summary>
    public static readonly RefusalKind NotAccepted = new("not-accepted-yet", RefusalSort.Rule,
        "项目尚未受理。", "The proposal has not been accepted yet.");

    /// <summary>The unit has yet to answer a correction.</summary>
    public static readonly RefusalKind UnderCorrection = new("under-correction", RefusalSort.Rule,
        "项目“{0}”正在补正，须待项目单位答复。", "The proposal \"{0}\" is under correction; its unit has yet to answer.");
}
