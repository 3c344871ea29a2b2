using System.Net;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Signing;

/// <summary>An endorsement round over HTTP, with every move.</summary>
public sealed class SigningTests : IClassFixture<HostFixture>, IAsyncLifetime
{
    private readonly HostFixture host;
    private readonly Persons persons;
    private readonly HttpClient officer, cio, deputy, otherCio;

    public SigningTests(HostFixture host)
    {
        this.host = host;
        persons = new(host);
        (officer, cio, deputy, otherCio) = (host.ClientFor(persons.Officer), host.ClientFor(persons.DepartmentalCio), host.ClientFor(persons.Deputy), host.ClientFor(persons.OtherCio));
    }

    public ValueTask InitializeAsync() => new(persons.Settle());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> Round()
    {
        var id = (await officer.Post("/api/proposals", new { content = new { title = "区域卫生信息平台" } }).Ok(HttpStatusCode.Created)).Text("id");
        var asked = await officer.Post($"/api/proposals/{id}/endorsement-request").Ok();
        return $"/api/proposals/{id}/rounds/{asked.GetProperty("rounds")[0].Text("id")}";
    }

    [Fact]
    public async Task Any_of_the_units_departmental_CIOs_endorses()
    {
        var round = await Round();
        var answer = await deputy.Post($"{round}/signature", new { revision = 1 }).Ok();
        answer.GetProperty("rounds")[0].Text("outcome").ShouldBe("carried");
        await cio.Post($"{round}/signature", new { revision = 1 }).Refused(HttpStatusCode.Conflict, "round-over");
    }

    [Fact]
    public async Task Who_drafted_the_proposal_does_not_endorse_it_whatever_roles_the_person_holds()
    {
        using var both = host.ClientFor(persons.DepartmentalCio with { Roles = [Role.UnitOfficer, Role.DepartmentalCio] });
        var id = (await both.Post("/api/proposals", new { content = new { title = "区域卫生信息平台" } }).Ok(HttpStatusCode.Created)).Text("id");
        var asked = await both.Post($"/api/proposals/{id}/endorsement-request").Ok();
        var round = $"/api/proposals/{id}/rounds/{asked.GetProperty("rounds")[0].Text("id")}";

        await both.Post($"{round}/signature", new { revision = 1 }).Refused(HttpStatusCode.Conflict, "wrote-it-yourself");
        (await deputy.Post($"{round}/signature", new { revision = 1 }).Ok()).GetProperty("rounds")[0].Text("outcome").ShouldBe("carried");
    }

    [Fact]
    public async Task A_returned_round_brings_the_proposal_to_the_units_desk()
    {
        var round = await Round();
        (await cio.Post($"{round}/return", new { to = "intake", reason = "重写目标" }).Ok()).Text("stage").ShouldBe("draft");
    }

    [Fact]
    public async Task Signers_are_added_removed_replaced_asked_urged_and_informed()
    {
        var round = await Round();
        await officer.Post($"{round}/signers", new { seat = new { key = "police", unit = "police", role = "departmental-cio" }, reason = "涉及人口数据" }).Ok();
        await otherCio.Send(HttpMethod.Get, round).Ok();
        await officer.Post($"{round}/signers/police/removal", new { reason = "不再涉及" }).Ok();
        await otherCio.Send(HttpMethod.Get, round).Refused(HttpStatusCode.NotFound, "unknown");
        await cio.Post($"{round}/handover", new { to = "deputy-cio", reason = "出差" }).Refused(HttpStatusCode.Conflict, "cannot-take-seat");
        await cio.Post($"{round}/opinions", new { of = "expert", question = "方案可行吗" }).Ok();
        await host.ClientFor(persons.Expert).Post($"{round}/opinions/1/answer", new { text = "可行" }).Ok();
        await officer.Post($"{round}/urging", new { note = "请尽快" }).Ok();
        await cio.Post($"{round}/copies", new { to = "other-officer" }).Ok();
        await host.ClientFor(persons.OtherOfficer).Send(HttpMethod.Get, round).Ok();
        await cio.Post($"{round}/copies", new { to = "nobody" }).Refused(HttpStatusCode.BadRequest, "addressee-unknown");
    }

    [Fact]
    public async Task Bad_signatures_are_refused()
    {
        var round = await Round();
        await cio.Post($"{round}/signature", new { revision = 2 }).Refused(HttpStatusCode.Conflict, "revision-moved");
        await cio.Post($"{round}/objection", new { revision = 1 }).Refused(HttpStatusCode.BadRequest, "required-field");
        await cio.Post($"{round}/objection", new { revision = 1, reason = " " }).Refused(HttpStatusCode.BadRequest, "text-required");
        await officer.Post($"{round}/signature", new { revision = 1 }).Refused(HttpStatusCode.Forbidden, "no-seat");
        await cio.Post($"{round[..^1]}x/signature", new { revision = 1 }).Refused(HttpStatusCode.NotFound, "round-unknown");
        await otherCio.Post($"{round}/signature", new { revision = 1 }).Refused(HttpStatusCode.NotFound, "unknown");
        await cio.Post($"{round}/return", new { to = "moon", reason = "x" }).Refused(HttpStatusCode.BadRequest, "wrong-type");
        (await cio.Post($"{round}/retraction", new { reason = "未签" }).Ok()).GetProperty("rounds")[0].TryGetProperty("outcome", out _).ShouldBeFalse();
    }
}
