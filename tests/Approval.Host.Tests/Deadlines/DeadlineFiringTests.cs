using Approval.Calendars;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Deadlines;

/// <summary>Deadlines fire once whatever the number of hosts, and move with the calendar and with the clock's pause.</summary>
public sealed class DeadlineFiringTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Year = "国务院办公厅通知";

    [Fact]
    public async Task With_two_hosts_a_deadline_is_reminded_of_once_and_escalated_once()
    {
        await using var other = await HostFixture.Start(host.Database);
        await PolicyAdopted();
        var proposals = Enumerable.Range(0, 8).Select(i => new ProposalId($"twice{i}")).ToList();
        foreach (var proposal in proposals) await Submitted(proposal);
        foreach (var proposal in proposals) await Scheduled(proposal, 2);

        host.Clock.Advance(TimeSpan.FromDays(90));
        other.Clock.Set(host.Clock.GetUtcNow());
        await Eventually.Holds(async () => await host.Database.Number("select count(*) from approval.deadlines where proposal like 'proposal-twice%'") == 0, "all have fired");

        (await host.Database.Number("select count(*) from mt_events where stream_id like 'proposal-twice%' and type = 'deadline-reminded.v1'")).ShouldBe(8);
        (await host.Database.Number("select count(*) from mt_events where stream_id like 'proposal-twice%' and type = 'deadline-escalated.v1'")).ShouldBe(8);
        (await host.Database.Number("select count(*) from mt_events where stream_id like 'proposal-twice%' and user_name = 'engine' and causation_id like 'deadline:Stage:%'")).ShouldBe(16);
        (await host.Database.Number("select count(*) from mt_events where stream_id like 'proposal-twice%' and version > 4")).ShouldBe(0);
    }

    [Fact]
    public async Task A_new_calendar_moves_the_deadlines_that_run()
    {
        await PolicyAdopted();
        var proposal = new ProposalId("moved");
        await Submitted(proposal);
        await Scheduled(proposal, 2);
        var before = await Last(proposal);

        var version = (int)await host.Database.Number("select count(*) + 1 from mt_events where stream_id = 'calendar'");
        var tomorrow = DateOnly.FromDateTime(host.Clock.GetUtcNow().AddDays(1).Date);
        var off = Enumerable.Range(0, 7).Select(n => new DayOff(tomorrow.AddDays(n), "防汛停工")).ToArray();
        await Record(JurisdictionStreams.Calendar, new CalendarAdopted(version, new(tomorrow.Year, Year, [.. off], [])));

        await Eventually.Holds(async () => await Last(proposal) is var now && string.CompareOrdinal(now, before) > 0, "the last day is later");
    }

    [Fact]
    public async Task While_the_unit_corrects_the_stages_deadline_waits()
    {
        await PolicyAdopted();
        var proposal = new ProposalId("paused");
        await Submitted(proposal);
        await Scheduled(proposal, 2);

        await Record(proposal.Stream, new ProposalReturned(Stage.FormCheck, 1, "预算不清", ["请细化"]));

        await Eventually.Holds(
            async () => await host.Database.Text("select string_agg(distinct kind, ',') from approval.deadlines where proposal = 'proposal-paused'") == "correction", "the unit's answer is due instead");
    }

    [Fact]
    public async Task A_proposal_that_ended_has_nothing_due()
    {
        await PolicyAdopted();
        var proposal = new ProposalId("ended");
        await Submitted(proposal);
        await Scheduled(proposal, 2);

        await Record(proposal.Stream, new ProposalWithdrawn("不再需要"));

        await Scheduled(proposal, 0);
    }

    [Fact]
    public async Task What_another_host_recorded_is_not_judged_by_what_this_one_remembers()
    {
        await PolicyAdopted();
        var proposal = new ProposalId("elsewhere");
        await Submitted(proposal);
        await Scheduled(proposal, 2);
        var another = ActivatorUtilities.CreateInstance<CommandRunner>(host.Services); // with a memory of its own

        await Record(another, proposal.Stream, new ProposalWithdrawn("不再需要"));

        await Scheduled(proposal, 0);
    }

    [Fact]
    public async Task A_rebuild_makes_the_schedule_anew_from_proposals_as_they_stand()
    {
        await PolicyAdopted();
        var (runs, ended) = (new ProposalId("rebuilt"), new ProposalId("rebuilt-ended"));
        foreach (var proposal in new[] { runs, ended }) await Submitted(proposal);
        foreach (var proposal in new[] { runs, ended }) await Scheduled(proposal, 2);
        await Record(ended.Stream, new ProposalWithdrawn("不再需要"));
        await Scheduled(ended, 0);
        const string rows = "select string_agg(to_jsonb(d)::text, E'\n' order by proposal, kind, escalates) from approval.deadlines d where proposal like 'proposal-rebuilt%'";
        var before = await host.Database.Text(rows);
        await host.Database.Run("update approval.deadlines set proposal = 'proposal-rebuilt-ended' where proposal = 'proposal-rebuilt' and escalates");

        await host.Services.GetRequiredService<AsyncViewStatuses>().AskForRebuild("deadlines_scheduled", TestContext.Current.CancellationToken);

        await Eventually.Holds(
            async () => await host.Database.Number("select count(*) from approval.async_views where name = 'deadlines_scheduled' and not rebuild_asked") == 1, "the schedule is rebuilt");
        (await host.Database.Text(rows)).ShouldBe(before);
    }

    private async Task PolicyAdopted()
    {
        if (await host.Database.Number("select count(*) from mt_streams where id = 'policies'") == 0)
            await Record(JurisdictionStreams.Policies, new PolicyAdopted(1, new string('a', 64), "审批办法", new(2026, 1, 1), DefaultPolicy.Content));
    }

    private Task<CommandOutcome> Submitted(ProposalId proposal) => Record(
        proposal.Stream, new ProposalDrafted(proposal, new("u1"), new ProposalContent { Title = "项目" }), new ProposalSubmitted(1));

    private Task<CommandOutcome> Record(StreamId stream, params object[] events) => Record(host.Services.GetRequiredService<CommandRunner>(), stream, events);

    private static Task<CommandOutcome> Record(CommandRunner runner, StreamId stream, params object[] events) => runner.Run(
        Actor.Engine(HostFixture.Demo), new(), async s =>
        {
            if (stream.Kind == Proposal.Kind.Name) await s.Find(Proposal.Kind, stream);
            else if (stream == JurisdictionStreams.Calendar) await s.Find(WorkingCalendar.Kind, stream);
            else await s.Find(PolicyBook.Kind, stream);
            return Decision.Of(stream, events);
        });

    private Task Scheduled(ProposalId proposal, int count) => Eventually.Holds(
        async () => await host.Database.Number($"select count(*) from approval.deadlines where proposal = '{proposal.Stream}'") == count, $"{count} rows are scheduled");

    private Task<string?> Last(ProposalId proposal) => host.Database.Text($"select max(last_day)::text from approval.deadlines where proposal = '{proposal.Stream}'");
}
