using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Approval.Demo;

/// <summary>The jurisdiction, its people, and the rules that it lays down for itself.</summary>
sealed partial class Journey
{
    /// <summary>Systems that the jurisdiction already runs; names and costs are illustrative.</summary>
    const string ExistingSystems = """
        编号,名称,单位,年运维费,信息资源
        SYS-01,机关办公自动化系统,zfbgt,820000,公文流转信息
        SYS-02,企业登记业务系统,gsj,1350000,企业登记信息
        SYS-03,社会保险业务系统,sbzx,1960000,参保信息
        SYS-04,户籍管理系统,gaj,2480000,人口户籍信息
        SYS-05,地籍管理系统,gtj,910000,地籍信息
        SYS-06,共享交换平台,xxcyj,1500000,
        """;

    async Task Found()
    {
        foreach (var (code, name) in Cast.Units(input).Where(u => u.Code != Cast.OfficeUnit)) await api.Post(Cast.Administrator, "/api/units", new { unit = code, name });
        foreach (var (person, name, unit, roles) in Cast.People(input))
        {
            await api.Post(Cast.Administrator, "/api/people", new { person, unit, roles });
            await api.Put(Cast.Administrator, $"/api/people/{person}/contact", new { name });
        }

        await api.Put(Cast.Administrator, $"/api/people/{Cast.Administrator}/contact", new { name = "系统管理员" });
        await api.Refused(Cast.Administrator, "/api/people/fgw-cio/roles", new { roles = new[] { "departmental-cio", "administrator" } }, "administrator-decides");
    }

    async Task LayDown()
    {
        await OnDay(1);
        var draft = (await api.Get(Cast.DistrictCio, "/api/policies/default")).Body;
        var content = draft["content"]!.DeepClone();
        content["keyShareOfMoney"] = 0.75;
        await api.Post(Cast.DistrictCio, "/api/policies", new { title = draft["title"]!.GetValue<string>(), effectiveFrom = Today, content });
        await api.Post(Cast.Office, "/api/funds", new
        {
            fund = input.Fund.Code, name = input.Fund.Name, year = input.Fund.Year, ceiling = input.Fund.CeilingYuan, basis = "年度信息化专项资金安排",
        });

        using var table = new ByteArrayContent(Encoding.UTF8.GetBytes(ExistingSystems));
        table.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        await api.Post(Cast.Office, "/api/systems/import", table);
        await api.Post(Cast.Office, "/api/interfaces/standards", new { title = "政务数据交换接口规范", mode = "api", version = "1.0", document = "示信办〔2026〕1号" });
        await api.Post(Cast.Office, "/api/interfaces", new { data = "行政处罚信息", providerSystem = "共享交换平台", providerUnit = "市信息产业局", mode = "file", viaExchangePlatform = true });
    }
}
