using Approval.Calendars;
using Approval.Funds;
using Approval.Policies;

namespace Approval.Scheduling;

/// <summary>What a decision on a key project needs to know of all the others.</summary>
/// <param name="AcceptedThisYear">How many proposals were accepted and put on a track in the year, key and general. It only grows, so that an older figure errs on the safe side.</param>
/// <param name="LongestOrdinaryWait">How many working days the accepted general proposal that has waited longest for a batch's conclusion has waited, less the time its unit took to correct; 0 if none waits.</param>
/// <param name="BatchCloses">The last day of the window of the batch that is open, if one is.</param>
public sealed record OrdinaryProjects(int AcceptedThisYear, int LongestOrdinaryWait, DateOnly? BatchCloses);

/// <summary>The office gives a key project, consented to, a month ahead of the batch, and reserves its money.</summary>
/// <param name="Slot">The month, as its first day.</param>
/// <param name="Fund">The fund that carries it.</param>
public sealed record ScheduleKeyProject(DateOnly Slot, FundId Fund)
{
    /// <summary>Without the District CIO's consent no project goes ahead of the batch.</summary>
    public static readonly RefusalKind ConsentMissing = new("consent-missing", RefusalSort.Rule,
        "尚未取得区级首席信息官同意。", "The District CIO has not consented.");

    /// <summary>A slot is the first day of this month or of a later one within a year.</summary>
    public static readonly RefusalKind BadSlot = new("slot-invalid", RefusalSort.Form,
        "安排月份须为本月起一年内某月的第一日。", "A slot is the first day of a month, from this month to one year ahead.");

    /// <summary>The slot lies behind the batch that is open.</summary>
    public static readonly RefusalKind NotAhead = new("slot-not-ahead", RefusalSort.Rule,
        "安排月份晚于当前批次截止日 {0}，不属提前安排。", "The slot lies after the open batch's closing on {0}, hence not ahead of it.");

    /// <summary>An ordinary project has waited longer than promised.</summary>
    public static readonly RefusalKind OrdinaryWait = new("ordinary-wait-exceeded", RefusalSort.Rule,
        "有一般项目已等待 {0} 个工作日，超过承诺的 {1} 个工作日，暂不得提前安排重点项目。",
        "A general proposal has waited {0} working days, longer than the {1} promised: no key project goes in front.");

    /// <summary>One more would be beyond the share in number.</summary>
    public static readonly RefusalKind CountCap = new("key-share-of-count", RefusalSort.Rule,
        "重点项目数量将超过上限：本年已受理 {0} 个，重点不得超过 {1} 个。", "Key projects would exceed their share in number: of {0} accepted this year at most {1} may be key.");

    /// <summary>The amount would be beyond the share in money.</summary>
    public static readonly RefusalKind MoneyCap = new("key-share-of-money", RefusalSort.Rule,
        "重点项目资金将超过上限：需要 {0} 元，余 {1} 元。", "Key projects would exceed their share of the fund: {0} yuan needed, {1} yuan left.");

    /// <summary>How many of the year's accepted proposals may be key: the policy's share, rounded down.</summary>
    public static int MostKey(Policy policy, OrdinaryProjects others) => (int)decimal.Floor(policy.Content.KeyShareOfCount * others.AcceptedThisYear);

    /// <summary>Decides.</summary>
    public static Decision Decide(
        ScheduleKeyProject command, Proposal proposal, EarlySchedule schedule, Fund fund, Policy policy,
        WorkingCalendar calendar, OrdinaryProjects others, Occasion on)
    {
        if (Permissions.Check(nameof(ScheduleKeyProject), on.By, proposal.Unit) is { } never) return never;
        if (proposal.Scheduling.Slot == command.Slot && proposal.Held?.Fund == command.Fund) return Decision.Nothing;
        if (Permissions.Check(nameof(ScheduleKeyProject), on.By, proposal) is { } no) return no;
        if (!proposal.Scheduling.Consented) return ConsentMissing.With();

        var today = calendar.DateOf(on.At);
        var thisMonth = new DateOnly(today.Year, today.Month, 1);
        if (command.Slot.Day != 1 || command.Slot < thisMonth || command.Slot > thisMonth.AddYears(1)) return BadSlot.At("slot");

        var (rules, amount) = (policy.Content, proposal.Content.Total);
        List<Refusal> refusals = [];
        if (others.BatchCloses < command.Slot) refusals.Add(NotAhead.At("slot", others.BatchCloses.Value));
        if (others.LongestOrdinaryWait > rules.GeneralLongestWaitWorkingDays)
        {
            refusals.Add(OrdinaryWait.With(others.LongestOrdinaryWait, rules.GeneralLongestWaitWorkingDays));
        }

        var most = MostKey(policy, others);
        if (schedule.Slots.Length + 1 > most) refusals.Add(CountCap.With(others.AcceptedThisYear, most));
        var left = decimal.Round(rules.KeyShareOfMoney * fund.Ceiling.Yuan, 2, MidpointRounding.ToZero) - fund.HeldByKey.Yuan;
        if (amount.Yuan > left) refusals.Add(MoneyCap.With(amount, Math.Max(0m, left)));
        if (refusals.Count > 0) return Decision.Refuse(refusals);

        var reservation = new ReservationId($"{proposal.Id.Value}-early");
        return Decision.Of(proposal.Id.Stream, new KeyProjectScheduled(
                command.Slot, fund.Id, reservation, amount, calendar.AddWorkingDays(today, rules.FullCheckWithinWorkingDays), policy.Ref, proposal.Revision))
            .And(FundRules.Reserve(fund, reservation, proposal.Id, Track.Key, amount))
            .And(schedule.Id.Stream, new KeySlotTaken(schedule.Id.Year, proposal.Id, command.Slot, fund.Id, amount, others.AcceptedThisYear, policy.Ref));
    }
}
