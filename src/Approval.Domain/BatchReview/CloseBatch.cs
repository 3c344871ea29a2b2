using Approval.Calendars;

namespace Approval.BatchReview;

/// <summary>The office closes a batch's window; after that nobody joins. Before the day announced only with a reason.</summary>
/// <param name="Reason">Why before the day announced.</param>
public sealed record CloseBatch(string? Reason = null)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(CloseBatch command, Batch batch, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(CloseBatch), on.By) is { } no) return no;
        if (batch.ClosedOn is not null) return Decision.Nothing;
        var today = calendar.DateOf(on.At);
        var text = Texts.Check("reason", command.Reason, Texts.Remark, required: today < batch.Closes).ToList();
        return text.Count > 0 ? Decision.Refuse(text) : Decision.Of(batch.Id.Stream, new BatchClosed(today, command.Reason));
    }
}
