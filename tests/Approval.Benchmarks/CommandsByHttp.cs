using System.Net.Http.Headers;
using System.Text.Json;
using Approval.Directory;
using Approval.EventStore;
using Approval.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Benchmarks;

/// <summary>The commands through HTTP on the host, each request with its bearer token: a proposal is drafted and then revised five times, by one of 32 officers.</summary>
sealed class CommandsByHttp(HttpClient client, IReadOnlyList<string> tokens)
{
    const int Officers = 32;

    static readonly UnitId Unit = new("bench-unit");
    static readonly byte[][] Bodies = [.. Enumerable.Range(1, 6).Select(n => JsonSerializer.SerializeToUtf8Bytes(new { Content = Commands.Content(n) }, Json.Answers))];

    int streams;

    public static async Task Measure(Bench bench)
    {
        await using var floor = await Floor.Of(bench);
        using var client = await Client(bench);
        var commands = new CommandsByHttp(client, await Tokens(bench, client));
        await Load.Run(8, TimeSpan.FromSeconds(bench.Quick ? 3 : 5), commands.Worker);
        await bench.Followed();
        foreach (var workers in Commands.Workers)
        {
            var pairs = await Load.InTurn(bench, workers, floor.Worker, commands.Worker, () => bench.Followed());
            bench.Report.Add(new($"commands through HTTP, {workers} connections", pairs.Second, "per s"));
            bench.Report.Add(new($"commands through HTTP, {workers} connections, of the floor", pairs.Ratio, "× floor", workers > 1 ? 0.20 : null));
        }
    }

    /// <summary>A client of the host.</summary>
    public static async Task<HttpClient> Client(Bench bench) => new() { BaseAddress = (await bench.Host()).Address };

    /// <summary>The tokens of all officers, who are appointed first.</summary>
    public static async Task<IReadOnlyList<string>> Tokens(Bench bench, HttpClient client)
    {
        var founding = new NewJurisdiction(new("bench"), "Bench", new("bench-administrator"));
        using (var founded = await client.PostAsync(new Uri("/demo/jurisdictions", UriKind.Relative), Body(JsonSerializer.SerializeToUtf8Bytes(founding, Json.Answers)))) founded.EnsureSuccessStatusCode();
        var officers = Enumerable.Range(0, Officers).Select(n => new PersonId($"bench-officer-{n}")).ToList();
        await bench.Services.GetRequiredService<CommandRunner>().Run(new(founding.Administrator, founding.Code, Unit, [Role.Administrator]), new(), async s =>
        {
            if (await s.Find(Approval.Directory.Unit.Kind, Unit.Stream) is not null) return Decision.Nothing;
            return officers.Aggregate(
                Decision.Of(Unit.Stream, new UnitRegistered(Unit, "Bench")),
                (all, officer) => all.And(officer.Stream, new PersonAppointed(officer, Unit, [Role.UnitOfficer])));
        });

        var tokens = new List<string>();
        foreach (var officer in officers)
        {
            using var answer = await client.PostAsync(new Uri("/demo/tokens", UriKind.Relative), Body(JsonSerializer.SerializeToUtf8Bytes(new { Person = officer, Jurisdiction = founding.Code }, Json.Answers)));
            using var token = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
            tokens.Add(token.RootElement.GetProperty("token").GetString()!);
        }

        return tokens;
    }

    public Func<Task> Worker(int number)
    {
        var (address, token, step) = (new Uri("/api/proposals", UriKind.Relative), "", 0);
        return async () =>
        {
            if (step == 0) (address, token) = (new("/api/proposals", UriKind.Relative), tokens[Interlocked.Increment(ref streams) % tokens.Count]);
            using var request = new HttpRequestMessage(step == 0 ? HttpMethod.Post : HttpMethod.Put, address) { Content = Body(Bodies[step]) };
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await client.SendAsync(request);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"A command of the benchmark was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            if (step == 0) address = answer.Headers.Location!;
            step = (step + 1) % Bodies.Length;
        };
    }

    /// <summary>JSON as it is sent.</summary>
    public static ByteArrayContent Body(byte[] json) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
