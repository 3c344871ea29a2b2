using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approval.EventStore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Benchmarks;

/// <summary>Every page, asked as the person who works with it: with the demo's data, and with 10,000 proposals beside them. On a database and a host of its own.</summary>
static class PageTimes
{
    const int Proposals = 10_000;

    /// <summary>Every page and who opens it; what stands in braces is found in the demo's data.</summary>
    static readonly (string Path, string Person)[] All =
    [
        ("/sign-in", ""), ("/", "office-1"), ("/", "jtj-officer"), ("/", "fgw-cio"), ("/", "expert-1"), ("/proposals", "office-1"), ("/proposals?q=信息&stage=interface-unification", "office-1"), ("/proposals", "jtj-officer"),
        ("/proposals/new", "jtj-officer"), ("/proposals/{proposal}", "office-1"), ("/proposals/{draft}", "jtj-officer"), ("/proposals/{draft}/edit", "jtj-officer"), ("/proposals/{proposal}/revisions", "office-1"),
        ("/batches", "office-1"), ("/batches/{batch}", "office-1"), ("/appraisals", "office-1"), ("/appraisals/{appraisal}", "office-1"), ("/interfaces", "office-1"), ("/interfaces/projects/{proposal}", "office-1"),
        ("/meetings", "office-1"), ("/meetings/{meeting}", "district-cio"), ("/meetings/{meeting}/minutes", "office-1"), ("/approvals/{number}", "office-1"), ("/dashboard", "district-cio"), ("/history", "office-1"),
        ("/history?q=信息", "auditor"), ("/operations", "office-1"),
    ];

    public static async Task Measure(Bench bench)
    {
        if (bench.Quick) return;
        await using (var create = bench.Owner.CreateCommand("create database approval_pages")) await create.ExecuteNonQueryAsync();
        var connection = new NpgsqlConnectionStringBuilder(bench.Connection) { Database = "approval_pages" }.ConnectionString;
        await using var host = await HostProcess.Start(connection);
        using (var demo = Process.Start(new ProcessStartInfo("dotnet", ["demo/Approval.Demo/bin/Release/net10.0/Approval.Demo.dll", "--url", host.Address.ToString()]) { RedirectStandardOutput = true, UseShellExecute = false })!)
        {
            await demo.StandardOutput.ReadToEndAsync();
            await demo.WaitForExitAsync();
            if (demo.ExitCode != 0) throw new InvalidOperationException("The demo did not go through.");
        }

        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        var pages = await Found(client);
        await Times(bench, client, pages, "with the demo's data", 50);

        await using var databases = new Databases(connection);
        await Fill(bench, databases.Owner);
        await Times(bench, client, pages, $"with {Proposals:#,0} proposals", 150);
    }

    static async Task Times(Bench bench, HttpClient client, IReadOnlyList<(string Path, string Person)> pages, string with, double reach)
    {
        var worst = (Name: "", P95: 0.0);
        foreach (var (path, person) in pages)
        {
            var taken = new List<double>();
            for (var i = 0; i < 45; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await Get(client, path, person);
                if (i >= 5) taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            var p95 = Load.Percentile(taken, 0.95);
            var name = $"{All[pages.ToList().IndexOf((path, person))].Path} ({(person.Length == 0 ? "nobody" : person)})";
            if (p95 > worst.P95) worst = (name, p95);
            bench.Report.Add(new($"page {name} {with}, p95", p95, "ms", reach, AtMost: true));
        }

        bench.Report.Add(new($"pages {with}, the slowest: {worst.Name}, p95", worst.P95, "ms", reach, AtMost: true));
    }

    /// <summary>The pages with what stands in braces.</summary>
    static async Task<IReadOnlyList<(string Path, string Person)>> Found(HttpClient client)
    {
        var approved = (await Get(client, "/api/proposals?stage=supervision&limit=1", "office-1"))["items"]![0]!;
        var issued = (await Get(client, $"/api/proposals/{approved["id"]!.GetValue<string>()}", "office-1"))["issuance"]!["approval"]!;
        var draft = await Draft(client);
        var found = new Dictionary<string, string>
        {
            ["{proposal}"] = approved["id"]!.GetValue<string>(), ["{number}"] = $"{issued["year"]}-{issued["serial"]}", ["{draft}"] = draft,
            ["{batch}"] = await First("batches"), ["{appraisal}"] = await First("appraisals"), ["{meeting}"] = await First("meetings"),
        };
        return [.. All.Select(p => (found.Aggregate(p.Path, (path, f) => path.Replace(f.Key, f.Value, StringComparison.Ordinal)), p.Person))];

        async Task<string> First(string what) => (await Get(client, $"/api/{what}?limit=1", "office-1"))["items"]![0]!["id"]!.GetValue<string>();
    }

    static async Task<string> Draft(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proposals") { Content = JsonContent.Create(new { content = new { title = "公交信息平台" } }) };
        request.Headers.Authorization = new("Bearer", await Token(client, "jtj-officer"));
        using var answer = await client.SendAsync(request);
        return answer.EnsureSuccessStatusCode().Headers.Location!.ToString().Split('/')[^1];
    }

    static async Task<JsonNode> Get(HttpClient client, string path, string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/json");
        if (person.Length > 0) request.Headers.Authorization = new("Bearer", await Token(client, person));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} was answered {(int)answer.StatusCode} to {person}: {text[..Math.Min(text.Length, 500)]}");
        return path.StartsWith("/api/", StringComparison.Ordinal) ? JsonNode.Parse(text)! : "";
    }

    static readonly Dictionary<string, string> Tokens = [];

    static async Task<string> Token(HttpClient client, string person)
    {
        if (Tokens.TryGetValue(person, out var token)) return token;
        using var answer = await client.PostAsJsonAsync("/demo/tokens", new { person });
        return Tokens[person] = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
    }

    /// <summary>Writes the proposals into the demo's jurisdiction, and waits until the host has followed.</summary>
    static async Task Fill(Bench bench, NpgsqlDataSource owner)
    {
        var types = bench.Services.GetRequiredService<EventTypes>();
        await using var demo = owner.CreateCommand(
            """
            select tenant_id, data->'policy'->>'version', data->'policy'->>'hash',
                (select array_agg(id::text) from approval.units u where u.jurisdiction = tenant_id and not retired), (select id from approval.funds f where f.jurisdiction = tenant_id limit 1)
            from public.mt_events where type = 'proposal-accepted.v1' limit 1
            """);
        Setting setting;
        await using (var row = await demo.ExecuteReaderAsync())
        {
            await row.ReadAsync();
            setting = new(new(row.GetString(0)), [.. row.GetFieldValue<string[]>(3).Select(u => new UnitId(u))], new(int.Parse(row.GetString(1), null), row.GetString(2)), new(row.GetString(4)));
        }

        await new Lives(owner, types, setting).Write(Proposals * 138 / 10); // a life has 13.8 events on the average
        await ViewRebuild.Run(owner, types, [.. bench.Services.GetRequiredService<Views>().All]);
        await Bench.Followed(owner);
    }
}
