namespace Approval.Supervision;

/// <summary>The unit reports how far the project is.</summary>
/// <param name="On">As of which day.</param>
/// <param name="PercentComplete">0 to 100.</param>
/// <param name="Report">What was done.</param>
public sealed record ReportProgress(DateOnly On, int PercentComplete, string Report)
{
    /// <summary>Not a percentage.</summary>
    public static readonly RefusalKind NotAPercentage = new("not-a-percentage", RefusalSort.Form,
        "须为 0 至 100 的整数。", "A whole number from 0 to 100 is needed.");

    /// <summary>Decides.</summary>
    public static Decision Decide(ReportProgress command, Proposal proposal, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(ReportProgress), on.By, proposal) is { } no) return no;
        List<Refusal> wrong = [.. Texts.Check("report", command.Report, Texts.Remark), .. SupervisionRules.CheckDay("on", command.On, proposal, today)];
        if (command.PercentComplete is < 0 or > 100) wrong.Add(NotAPercentage.At("percentComplete"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var reported = new ProgressReported(command.On, command.PercentComplete, command.Report);
        return proposal.Supervision.Progress == reported ? Decision.Nothing : Decision.Of(proposal.Id.Stream, reported);
    }
}
