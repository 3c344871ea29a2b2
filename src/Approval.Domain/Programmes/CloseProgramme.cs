namespace Approval.Programmes;

/// <summary>The office closes a programme at the end of its period.</summary>
/// <param name="Summary">What came of it.</param>
public sealed record CloseProgramme(string Summary)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(CloseProgramme command, Programme programme, Occasion on)
    {
        if (Permissions.Check(nameof(CloseProgramme), on.By) is { } no) return no;
        if (programme.Closed) return Decision.Nothing;
        return Texts.Check("summary", command.Summary, Texts.Remark).ToList() is { Count: > 0 } wrong
            ? Decision.Refuse(wrong)
            : Decision.Of(programme.Id.Stream, new ProgrammeClosed(command.Summary));
    }
}
