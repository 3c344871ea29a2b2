using Approval.BatchReview;
using Approval.Committee;
using Approval.EventStore;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Approval.Benchmarks;

/// <summary>Where proposals of the past live.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Units">Its units.</param>
/// <param name="Policy">The policy that judges them.</param>
/// <param name="Fund">The fund that pays.</param>
sealed record Setting(JurisdictionId Jurisdiction, IReadOnlyList<UnitId> Units, PolicyRef Policy, FundId Fund);

/// <summary>Fills a jurisdiction with proposals that have gone their way, written straight into the record: a past of any size in little time.</summary>
sealed class Lives(NpgsqlDataSource owner, EventTypes types, Setting setting)
{
    /// <summary>The jurisdiction of the past.</summary>
    public static readonly JurisdictionId Jurisdiction = new("past");

    /// <summary>A jurisdiction of which nothing is known but its proposals.</summary>
    public static readonly Setting Past = new(Jurisdiction, [.. Enumerable.Range(0, 40).Select(n => new UnitId($"unit-{n:00}"))], new(1, new string('0', 64)), new("special"));

    /// <summary>When the past begins; a proposal is drafted every minute from then on.</summary>
    public static readonly DateTimeOffset Begin = new(2025, 1, 6, 1, 0, 0, TimeSpan.Zero);

    /// <summary>The stream of one proposal.</summary>
    public static ProposalId Proposal(int n) => new($"past{n:0000000}");

    int next;

    /// <summary>Writes proposals until there are as many events more; each life has <paramref name="length"/> events at least. Gives the number of the first.</summary>
    public async Task<int> Write(int events, int length = 0)
    {
        await using var connection = await owner.OpenConnectionAsync();
        var lives = new List<(ProposalId Id, object[] Events, DateTimeOffset At)>();
        var first = next;
        for (var count = 0; count < events; next++)
        {
            var life = Life(next, length);
            lives.Add((Proposal(next), life, Begin.AddMinutes(next % 400_000)));
            count += life.Length;
        }

        await using (var writer = await connection.BeginBinaryImportAsync(
            "copy public.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived) from stdin (format binary)"))
        {
            foreach (var (id, life, at) in lives)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(setting.Jurisdiction.Value, NpgsqlDbType.Varchar);
                await writer.WriteAsync(id.Stream.Value, NpgsqlDbType.Varchar);
                await writer.WriteAsync("proposal", NpgsqlDbType.Varchar);
                await writer.WriteAsync((long)life.Length, NpgsqlDbType.Bigint);
                await writer.WriteAsync(at.AddHours(life.Length), NpgsqlDbType.TimestampTz);
                await writer.WriteAsync(at, NpgsqlDbType.TimestampTz);
                await writer.WriteAsync(false, NpgsqlDbType.Boolean);
            }

            await writer.CompleteAsync();
        }

        await using var drawn = new NpgsqlCommand("select nextval('public.mt_events_sequence')", connection);
        var position = (long)(await drawn.ExecuteScalarAsync())!;
        await using (var writer = await connection.BeginBinaryImportAsync(
            "copy public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name, headers, is_archived) from stdin (format binary)"))
        {
            foreach (var (id, life, at) in lives)
            {
                for (var i = 0; i < life.Length; i++)
                {
                    var (name, data) = types.Write(life[i]);
                    await writer.StartRowAsync();
                    await writer.WriteAsync(position++, NpgsqlDbType.Bigint);
                    await writer.WriteAsync(Guid.CreateVersion7(at), NpgsqlDbType.Uuid);
                    await writer.WriteAsync(id.Stream.Value, NpgsqlDbType.Varchar);
                    await writer.WriteAsync(i + 1L, NpgsqlDbType.Bigint);
                    await writer.WriteAsync(data, NpgsqlDbType.Jsonb);
                    await writer.WriteAsync(name, NpgsqlDbType.Varchar);
                    await writer.WriteAsync(at.AddHours(i), NpgsqlDbType.TimestampTz);
                    await writer.WriteAsync(setting.Jurisdiction.Value, NpgsqlDbType.Varchar);
                    await writer.WriteAsync($"officer-{id.Value[^2..]}", NpgsqlDbType.Varchar);
                    await writer.WriteAsync("""{"unit":"past-unit","roles":["unit-officer"]}""", NpgsqlDbType.Jsonb);
                    await writer.WriteAsync(false, NpgsqlDbType.Boolean);
                }
            }

            await writer.CompleteAsync();
        }

        await using var moved = new NpgsqlCommand("select setval('public.mt_events_sequence', $1)", connection) { Parameters = { new() { Value = position - 1 } } };
        await moved.ExecuteScalarAsync();
        await using var analyze = new NpgsqlCommand("vacuum analyze public.mt_events, public.mt_streams", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync();
        return first;
    }

    /// <summary>A proposal from draft to the committee's approval; longer ones are revised more often first.</summary>
    object[] Life(int n, int length)
    {
        var (id, unit) = (Proposal(n), setting.Units[n % setting.Units.Count]);
        var content = new ProposalContent
        {
            Title = $"{Titles[n % Titles.Length]}（第{n}号）", Objective = "汇聚多部门信息，支撑资源发现与共享", Justification = "现有手段难以满足需要", Total = new Money(1_000_000m + (n % 1000) * 10_000m),
        };
        var (fund, reservation, amount) = (setting.Fund, new ReservationId($"r{n}"), content.Total);
        List<object> life = [new ProposalDrafted(id, unit, content)];
        for (var revision = 2; life.Count < Math.Max(4, length - 10); revision++)
            life.Add(new ProposalRevised(revision, content with { Objective = $"{content.Objective}（第{revision}稿）" }, [ContentPart.Objective]));
        var last = life.Count;
        life.AddRange(
        [
            new EndorsementAsked(last), new ProposalEndorsed(last), new ProposalSubmitted(last), new ProposalAccepted(last, setting.Policy),
            new ProposalClassified(Track.General, "一般项目", null, setting.Policy), new BatchJoined(new($"batch-{n / 200}")),
            new JointPreReviewConcluded(new($"batch-{n / 200}"), last, Supported: true, setting.Policy),
            new ProposalShortlisted(new($"batch-{n / 200}"), n % 200, fund, reservation, amount, setting.Policy),
            new AppraisalAssigned(new($"appraisal-{n}")), new ProposalRecommended(new($"appraisal-{n}"), last, amount, setting.Policy),
        ]);
        return [.. life.Take(n % 7 == 0 && length == 0 ? life.Count - (n % 5) : life.Count)];
    }

    static readonly string[] Titles =
        ["人口基础信息库", "法人单位基础信息库", "宏观经济管理信息系统", "市民卡工程", "城市管理信息系统", "交通信息系统", "社会保障信息系统", "政府数据中心二期"];
}
