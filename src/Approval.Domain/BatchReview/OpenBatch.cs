using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Directory;
using Approval.Funds;

namespace Approval.BatchReview;

/// <summary>The office announces a batch.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one, today or later.</param>
/// <param name="Fund">The fund that carries the shortlisted.</param>
/// <param name="Bodies">The units that jointly pre-review: at least two, so that one is left where another is itself the proposer.</param>
public sealed record OpenBatch(string Title, DateOnly Opens, DateOnly Closes, FundId Fund, ImmutableArray<UnitId> Bodies)
{
    /// <summary>The window ends before it begins, is over already, or lasts longer than a year.</summary>
    public static readonly RefusalKind BadWindow = new("batch-window-invalid", RefusalSort.Form,
        "申报窗口的截止日不得早于开始日或今天，且不超过一年。", "A batch's window closes on or after the day it opens, not before today, and lasts at most a year.");

    /// <summary>Fewer than two bodies, or one named twice.</summary>
    public static readonly RefusalKind BadBodies = new("batch-bodies-invalid", RefusalSort.Form,
        "会审单位至少两个且不得重复。", "At least two different bodies pre-review.");

    /// <summary>A body is not a unit of the jurisdiction, or retired.</summary>
    public static readonly RefusalKind UnknownBody = new("batch-body-unknown", RefusalSort.Rule,
        "没有编号为“{0}”的在册单位。", "There is no unit \"{0}\" in service.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="id">The new batch's id.</param>
    /// <param name="batch">The batch under this id, if the command comes again.</param>
    /// <param name="fund">The fund.</param>
    /// <param name="units">The units named as bodies, as far as they exist.</param>
    /// <param name="calendar">The jurisdiction's calendar.</param>
    /// <param name="on">Who, when.</param>
    public static Decision Decide(OpenBatch command, BatchId id, Batch? batch, Fund fund, IReadOnlyCollection<Unit> units, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(OpenBatch), on.By) is { } no) return no;
        if (batch is not null) return Decision.Nothing;
        List<Refusal> refusals = [.. Texts.CheckName("title", command.Title)];
        if (command.Closes < command.Opens || command.Closes < calendar.DateOf(on.At) || command.Closes.DayNumber - command.Opens.DayNumber > 366) refusals.Add(BadWindow.At("closes"));
        if (command.Bodies.IsDefault || command.Bodies.Distinct().Count() != command.Bodies.Length || command.Bodies.Length < 2) refusals.Add(BadBodies.At("bodies"));
        else
        {
            refusals.AddRange(command.Bodies.Index()
                .Where(b => !units.Any(u => u.Id == b.Item && !u.Retired))
                .Select(b => UnknownBody.At($"bodies[{b.Index}]", b.Item.Value)));
        }

        return refusals.Count > 0 ? Decision.Refuse(refusals)
            : Decision.Of(id.Stream, new BatchOpened(id, command.Title, command.Opens, command.Closes, fund.Id, command.Bodies));
    }
}
