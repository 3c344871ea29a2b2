using System.Text.Json.Nodes;

namespace Approval.Demo;

/// <summary>The main job: the demonstration's projects go the whole path by HTTP, each step as the person who may do it. One file per chapter.</summary>
sealed partial class Journey(Api api, DemoInput input, TextWriter says)
{
    /// <summary>The story's length in days: it ends today, and its key projects are accepted and scheduled within one year.</summary>
    static readonly int Days = Enumerable.Range(30, 10).Select(n => n * 10).First(days => Start(days).AddDays(10).Year == Start(days).AddDays(60).Year);

    readonly DateTimeOffset begin = Start(Days);
    readonly Dictionary<string, string> ids = [];
    readonly Dictionary<string, DemoInput.Project> projects = input.Projects.ToDictionary(p => p.Ref);
    DateTimeOffset now;

    static DateTimeOffset Start(int days) => new DateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(-days).UtcDateTime.Date, TimeSpan.Zero).AddHours(1);

    string FundPath => $"/api/funds/{input.Fund.Code}";

    /// <summary>From founding the jurisdiction to the figures; a story told before is not told again.</summary>
    public async Task<Figures> Run()
    {
        var jurisdiction = new
        {
            code = input.Jurisdiction.Code, name = input.Jurisdiction.Name, administrator = Cast.Administrator, unit = Cast.OfficeUnit, unitName = "CIO办公室",
        };
        if (!await api.FoundJurisdiction(jurisdiction, begin)) return await ToldBefore();
        now = begin;
        await Chapter("建立辖区、机构与人员", Found);
        await Chapter("审批办法、资金、已建系统、接口标准", LayDown);
        await Chapter("申报、审签、提交、补正与受理", Intake);
        await Chapter("重点项目提前安排与论证", KeyProjects);
        await Chapter("第一批：会审、排序、集中安排", FirstBatch);
        await Chapter("类似项目合并论证", FirstAppraisals);
        await Chapter("系统接口统一安排", FirstUnification);
        await Chapter("委员会第一次例会与批复", FirstMeeting);
        await Chapter("第二批与论证", SecondBatch);
        await Chapter("委员会第二次例会与批复", SecondMeeting);
        await Chapter("委员会第三次例会、批复与监管", ThirdMeeting);
        await MoveTo(TimeProvider.System.GetUtcNow().AddSeconds(-1));
        return await Settled();
    }

    async Task<Figures> ToldBefore()
    {
        var figures = await Count();
        return figures.Meetings == 3 && figures.ByStage.GetValueOrDefault("supervision") > 0
            ? figures
            : throw new DemoFailed("an earlier demonstration was interrupted; start over with --fresh.");
    }

    /// <summary>The figures once the engine has reminded of what is due by now: it looks twice a second, so the record that stands still for three is settled.</summary>
    async Task<Figures> Settled()
    {
        var (figures, still) = (await Count(), 0);
        for (var look = 0; still < 6 && look < 120; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            var next = await Count();
            still = next.Events == figures.Events ? still + 1 : 0;
            figures = next;
        }

        return figures;
    }

    async Task Chapter(string name, Func<Task> story)
    {
        await says.WriteAsync($"{name} …");
        var before = api.Commands;
        await story();
        await says.WriteLineAsync($" {api.Commands - before} 项操作");
    }

    /// <summary>The demonstration goes on to a day of its story, counted from its beginning, in the morning.</summary>
    Task OnDay(int day) => MoveTo(begin.AddDays(day));

    async Task MoveTo(DateTimeOffset to)
    {
        now = to;
        await api.MoveClock(now);
    }

    DateOnly Today => DateOnly.FromDateTime(now.AddHours(8).DateTime);

    static string Path(string id) => $"/api/proposals/{id}";

    string Of(string reference) => Path(ids[reference]);

    string Officer(string reference) => Cast.Officer(Cast.Code(projects[reference].Unit));

    string Cio(string reference) => Cast.Cio(Cast.Code(projects[reference].Unit));

    async Task<JsonNode> Proposal(string reference) => (await api.Get(Cast.Office, Of(reference))).Body;

    static JsonNode? OpenRound(JsonNode proposal, string purpose) =>
        proposal["rounds"]!.AsArray().LastOrDefault(r => r!["purpose"]!.GetValue<string>() == purpose && r["outcome"] is null);
}
