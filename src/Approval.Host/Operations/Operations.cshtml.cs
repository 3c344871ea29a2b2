using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Pages;
using Approval.Policies;
using Approval.Webhooks;

namespace Approval.Operations;

/// <summary>One door to everything by which the engine is kept running, each with how it stands.</summary>
public sealed class OperationsModel(Queries queries, People people, AsyncViewStatuses statuses, WebhookQueries webhooks, TimeProvider clock, Reader reader) : StagePage
{
    /// <summary>A page behind this one.</summary>
    /// <param name="Path">Its address.</param>
    /// <param name="Chinese">Its name in Chinese.</param>
    /// <param name="English">Its name in English.</param>
    /// <param name="State">How it stands, in the reader's language.</param>
    /// <param name="Alarms">Whether somebody should look.</param>
    public sealed record Door(string Path, string Chinese, string English, string State, bool Alarms = false);

    /// <summary>The pages that the reader may open.</summary>
    public IReadOnlyList<Door> Doors { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadOperations");
        List<Door> doors = [Views(await statuses.All(Cancel))];
        if (May("ReadHistory")) doors.Add(new("/operations/deadlines", "时限", "Deadlines", reader.T("到期、提醒与上报", "due, reminded and escalated")));
        if (May("ManageWebhooks")) doors.Add(Webhooks(await webhooks.All(Me.Jurisdiction, null, Cancel)));
        doors.Add(await Policies());
        var units = await people.Units(Me.Jurisdiction).Where($"not retired").All(Cancel);
        var listed = await people.List(Me.Jurisdiction, Cancel);
        doors.Add(new("/operations/people", "人员", "People", reader.T($"{listed.Count} 人", $"{listed.Count} people")));
        doors.Add(new("/operations/units", "单位", "Units", reader.T($"{units.Count} 个单位", $"{units.Count} units")));
        doors.Add(await Calendar());
        if (May("ReadEvidence")) doors.Add(new("/operations/evidence", "防篡改证据", "Evidence", reader.T("封存、签名与核验", "sealing, signed heads, verification")));
        if (May("ReadFunds")) doors.Add(new("/funds", "资金", "Funds", reader.T("上限、预留、落实与变动", "ceilings, reserved, committed, movements")));
        if (May("ReadProgrammes")) doors.Add(new("/programmes", "规划", "Programmes", reader.T("目标与进展", "goals and progress")));
        if (May("ReadSystems")) doors.Add(new("/systems", "已建系统", "Existing systems", reader.T("登记、导入与共享核查", "register, import, promises to share")));
        if (May("ReadScorecards")) doors.Add(new("/scorecards", "记分卡", "Scorecards", reader.T("各单位按期、补正、共享与出席", "on time, corrections, sharing, attendance")));
        Doors = doors;
    }

    Door Views(IReadOnlyList<AsyncViewStatus> views)
    {
        var stopped = views.Count(v => v.State == ViewState.Stopped);
        return new("/operations/views", "视图", "Views",
            stopped > 0 ? reader.T($"{stopped} 个已停止", $"{stopped} stopped") : reader.T($"{views.Count} 个运行中", $"{views.Count} running"), stopped > 0);
    }

    Door Webhooks(IReadOnlyList<Webhook> hooks)
    {
        var dead = hooks.Sum(h => h.DeadLetters);
        return new("/operations/webhooks", "事件推送", "Webhooks",
            dead > 0 ? reader.T($"{dead} 件未送达", $"{dead} not delivered") : reader.T($"{hooks.Count} 个接收方", $"{hooks.Count} receivers"), dead > 0);
    }

    async Task<Door> Policies()
    {
        var today = WorkingCalendar.WeekendsOnly.DateOf(clock.GetUtcNow());
        var inForce = (await queries.Policies(Me.Jurisdiction, cancel: Cancel)).InForce(today);
        return new("/operations/policies", "审批办法", "Policies",
            inForce is null ? reader.T("尚无生效办法", "none in force") : reader.T($"现行第 {inForce.Ref.Version} 版", $"version {inForce.Ref.Version} in force"), inForce is null);
    }

    async Task<Door> Calendar()
    {
        var calendar = await queries.Calendar(Me.Jurisdiction, cancel: Cancel);
        var year = calendar.DateOf(clock.GetUtcNow()).Year;
        var known = calendar.Years.ContainsKey(year);
        return new("/operations/calendar", "工作日历", "Working-day calendar",
            known ? reader.T($"{year} 年已安排", $"{year} arranged") : reader.T($"{year} 年尚未安排，按周末计算", $"{year} not arranged: weekends only"), !known);
    }
}
