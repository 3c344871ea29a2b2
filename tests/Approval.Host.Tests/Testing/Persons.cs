using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore;
using Approval.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Testing;

/// <summary>The persons of a small district, known to the directory, under the default policy.</summary>
public sealed class Persons(HostFixture host)
{
    public static readonly UnitId Health = new("health");
    public static readonly UnitId Police = new("police");

    public Actor Officer { get; } = Of("officer", Health, Role.UnitOfficer);

    public Actor DepartmentalCio { get; } = Of("departmental-cio", Health, Role.DepartmentalCio);

    public Actor Deputy { get; } = Of("deputy-cio", Health, Role.DepartmentalCio);

    public Actor OtherOfficer { get; } = Of("other-officer", Police, Role.UnitOfficer);

    public Actor OtherCio { get; } = Of("other-cio", Police, Role.DepartmentalCio);

    public Actor Office { get; } = Of("office", new("cio-office"), Role.CioOffice);

    public Actor DistrictCio { get; } = Of("district-cio", new("district"), Role.DistrictCio, Role.CommitteeMember);

    public Actor Expert { get; } = Of("expert", new("university"), Role.Expert);

    public Actor Auditor { get; } = Of("auditor", new("audit"), Role.Auditor);

    public Actor Administrator { get; } = Of("administrator", new("cio-office"), Role.Administrator);

    static Actor Of(string id, UnitId unit, params Role[] roles) => new(new(id), HostFixture.Demo, unit, [.. roles]);

    /// <summary>Registers units and people and adopts the default policy; again is nothing to do.</summary>
    public async Task Settle()
    {
        var runner = host.Services.GetRequiredService<CommandRunner>();
        Actor[] all = [Officer, DepartmentalCio, Deputy, OtherOfficer, OtherCio, Office, DistrictCio, Expert, Auditor, Administrator];
        await runner.Run(Administrator, new CommandOptions(), async s =>
        {
            var decision = Decision.Nothing;
            foreach (var unit in all.Select(a => a.Unit).Distinct())
                if (await s.Find(Unit.Kind, unit.Stream) is null) decision = decision.And(unit.Stream, new UnitRegistered(unit, unit.Value));
            foreach (var person in all)
                if (await s.Find(Person.Kind, person.Person.Stream) is null) decision = decision.And(person.Person.Stream, new PersonAppointed(person.Person, person.Unit, [.. person.Roles]));
            return decision;
        });
        await runner.Run(DistrictCio, new CommandOptions(), async s => AdoptPolicy.Decide(
            new(DefaultPolicy.Title, new(2026, 3, 2), DefaultPolicy.Content), await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies), WorkingCalendar.WeekendsOnly, s.Occasion));
    }
}

/// <summary>Sends bodies and reads answers and refusals, as intake and signing ask.</summary>
public static class Letters
{
    /// <summary>Sends a body, on the version seen if one is given.</summary>
    public static async Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, object? body = null, long? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Answers) };
        if (version is { } v) request.Headers.Add("If-Match", $"\"{v}\"");
        return await client.SendAsync(request);
    }

    /// <summary>Posts a body, on the version seen if one is given.</summary>
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object? body = null, long? version = null) => client.Send(HttpMethod.Post, path, body, version);

    /// <summary>The body of an answer of this status.</summary>
    public static async Task<JsonElement> Ok(this Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await asked;
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The codes and fields of a refusal of this status.</summary>
    public static async Task Refused(this Task<HttpResponseMessage> asked, HttpStatusCode status, params string[] codes)
    {
        var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        var problem = JsonDocument.Parse(text).RootElement;
        string[] given = problem.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0
            ? [.. errors.EnumerateArray().Select(e => e.GetProperty("code").GetString()!)]
            : [problem.GetProperty("code").GetString()!];
        given.ShouldBe(codes, text);
    }

    /// <summary>A member as text.</summary>
    public static string? Text(this JsonElement element, string member) => element.TryGetProperty(member, out var value) ? value.ToString() : null;
}
