using Approval.BatchReview;
using Approval.Committee;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Scheduling;
using Approval.Supervision;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval;

/// <summary>The path on one page is the path that events make.</summary>
public sealed class PipelineTests
{
    public static TheoryData<string> Pasts => ["Endorsed", "Returned", "Key", "General", "Shortlisted", "Recommended", "Unified", "Approved"];

    [Theory]
    [MemberData(nameof(Pasts))]
    public void Every_change_of_stage_is_a_step(string name)
    {
        var past = (object[])typeof(Past).GetProperty(name)!.GetValue(null)!;
        var before = Proposal.Evolve(null, past[0]);
        foreach (var e in past.Skip(1))
        {
            var after = Proposal.Evolve(before, e);
            if (after.Stage != before.Stage) Pipeline.Steps.ShouldContain(new Step(before.Stage, e.GetType(), after.Stage));
            before = after;
        }
    }

    [Fact]
    public void The_steps_forward_lead_from_the_draft_through_every_stage_to_the_end()
    {
        HashSet<Stage> reached = [Stage.Draft];
        foreach (var step in Pipeline.Forward) if (reached.Contains(step.From)) reached.Add(step.To);
        reached.Order().ShouldBe(Enum.GetValues<Stage>().Order());
    }

    [Fact]
    public void A_step_leaves_a_stage_for_another_by_an_event_of_the_proposal()
    {
        Pipeline.Steps.ShouldAllBe(s => s.From != s.To && s.By.IsSubclassOf(typeof(ProposalEvent)));
        Pipeline.Steps.Distinct().Count().ShouldBe(Pipeline.Steps.Count());
    }

    [Fact]
    public void Whoever_decides_names_the_revision_seen_and_the_policy_that_judged()
    {
        Type[] byTheUnit = [typeof(EndorsementAsked), typeof(ProposalSubmitted), typeof(ProposalWithdrawn), typeof(ChangeSentToApproval)];
        Type[] withoutAStep =
        [
            typeof(ProposalEndorsed), typeof(ProposalAccepted), typeof(ProposalReturned), typeof(KeyConsentGiven), typeof(FullCheckCompleted), typeof(JointPreReviewConcluded),
            typeof(ProposalHeldOver), typeof(ProposalRecommendedWithChanges), typeof(DeferredByCommittee), typeof(ChangeRejectedByCommittee), typeof(ReconsiderationRefused),
        ];
        foreach (var decision in Pipeline.Steps.Select(s => s.By).Distinct().Except(byTheUnit).Concat(withoutAStep))
        {
            decision.GetProperty("Revision").ShouldNotBeNull(decision.Name);
            decision.GetProperty("Policy").ShouldNotBeNull(decision.Name);
        }
    }

    [Fact]
    public void In_every_stage_every_deed_is_allowed_or_refused_as_the_table_says()
    {
        var draft = Proposal.Evolve(null, Past.Drafted[0]);
        var all = Person("all", Health, Enum.GetValues<Role>());
        foreach (var row in Permissions.Table.Where(r => r.Reach != Reach.Engine))
        foreach (var stage in Enum.GetValues<Stage>())
        foreach (var correcting in new[] { false, true })
        {
            var proposal = draft with { Stage = stage, Intake = new() { Correction = correcting ? new(stage, 1, "补充", []) : null } };
            var expected = row.Stages.IsEmpty ? null
                : !row.Stages.Contains(stage) ? "wrong-stage"
                : correcting && !row.WhileCorrecting ? "correction-open"
                : null;
            Permissions.Check(row.Deed, all, proposal)?.Code.ShouldBe(expected, $"{row.Deed} in {stage}");
            (Permissions.Check(row.Deed, all, proposal) is null).ShouldBe(expected is null, $"{row.Deed} in {stage}");
        }
    }
}
