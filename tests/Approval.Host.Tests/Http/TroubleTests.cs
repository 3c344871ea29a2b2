using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Http;

/// <summary>What the caller is told when it is not the caller's fault, or when it is too much.</summary>
public sealed class TroubleTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    [Fact]
    public async Task A_database_that_is_away_is_told_with_the_time_to_try_again()
    {
        await using var app = TestHost.Build("Host=127.0.0.1;Port=1;Username=x;Password=x;Timeout=2", host.Clock);
        await app.StartAsync();
        using var client = ClientOf(app);

        foreach (var address in new[] { "/health/ready", "/api/notes", "/api/notes/a1" })
        {
            using var answer = await client.GetAsync(address);
            await Told(answer, HttpStatusCode.ServiceUnavailable, "database-away");
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_person_who_asks_too_often_is_told_to_wait_and_the_others_are_not()
    {
        await using var app = TestHost.Build(host.Database.ConnectionString, host.Clock, "--Approval:RequestsPerSecond", "1");
        await app.StartAsync();
        using var client = ClientOf(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.GetAsync("/api/notes")));
        var refused = answers.First(a => a.StatusCode != HttpStatusCode.OK);
        await Told(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
        refused.Headers.RetryAfter.ShouldNotBeNull();

        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(Someone with { Person = new("p2") });
        (await client.GetAsync("/api/notes")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_defect_answers_without_its_inside_and_with_what_finds_it()
    {
        await using (var writer = await ForeignWriter.Begin(host.Database.DataSource))
        {
            await writer.Insert(await writer.Draw(), "note-strange", 1, "note-eaten.v9", "{}");
            await writer.Commit();
        }

        using var client = host.ClientFor(Someone);
        using var answer = await client.GetAsync("/api/notes/strange");

        var problem = await Told(answer, HttpStatusCode.InternalServerError, "internal-error");
        problem.GetProperty("detail").GetString()!.ShouldNotContain("note-eaten");
        problem.GetProperty("detail").GetString()!.ShouldContain(problem.GetProperty("traceId").GetString()!);
    }

    [Fact]
    public async Task A_request_that_is_not_HTTP_is_a_bad_request()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/notes/raw HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: {TestHost.Credentials(Someone)}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n"));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("\"bad-request\"");
    }

    [Fact]
    public async Task A_command_that_loses_every_race_gives_up()
    {
        var runner = host.Services.GetRequiredService<CommandRunner>();
        await runner.Run(Someone, new(), _ => Task.FromResult(Note.Open("raced", new("a", NoteKind.Call, Money.Zero))));
        var stream = Note.IdOf("raced");
        var races = 0;

        var outcome = await runner.Run(Someone, new(), async s =>
        {
            var note = await s.Load(Note.Stream, stream);
            await runner.Run(Someone, new(), async other => (await other.Load(Note.Stream, stream)).Add(stream, $"faster {++races}"));
            return note.Add(stream, "slower");
        });

        outcome.ShouldBeOfType<CommandOutcome.Contended>();
        Faults.StatusOf(Faults.Contended).ShouldBe(503);
    }

    [Fact]
    public void Authority_is_403()
    {
        Faults.StatusOf(Faults.Forbidden).ShouldBe(403);
    }

    private static HttpClient ClientOf(WebApplication app)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(Someone);
        return client;
    }

    private static async Task<JsonElement> Told(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }
}
