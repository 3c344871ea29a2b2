using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class SubmitProposalTests
{
    static Decided<Proposal> Submit(object[] past, Actor? by = null, params string[] withheld) =>
        Given(past).When(p => SubmitProposal.Decide(new(), p, Policy, withheld, Today, (by ?? Officer).Acts()));

    static Decided<Proposal> Submit(ProposalContent content, params string[] withheld) =>
        Submit([new ProposalDrafted(Id, Health, content), new EndorsementAsked(1), new ProposalEndorsed(1)], null, withheld);

    [Fact]
    public void An_endorsed_proposal_that_passes_the_form_check_is_submitted() =>
        Submit(Past.Endorsed).Then(new ProposalSubmitted(1)).AgainNothing().WithState(p => p.Stage.ShouldBe(Stage.FormCheck));

    [Fact]
    public void Without_endorsement_nothing_is_submitted()
    {
        Submit(Past.Drafted).ThenRefused("not-endorsed");
        Submit(Past.EndorsementOpen).ThenRefused("not-endorsed");
    }

    [Fact]
    public void The_required_parts_are_named_all_at_once() =>
        Submit(new ProposalContent { Title = "平台" }).ThenRefused(
            ("part-missing", "content.objective"), ("part-missing", "content.justification"), ("part-missing", "content.construction"),
            ("part-missing", "content.budget"), ("part-missing", "content.total"), ("part-missing", "content.start"), ("part-missing", "content.finish"),
            ("part-missing", "content.protectionLevel"));

    [Fact]
    public void Every_failure_of_the_form_check_is_reported_at_once_with_its_field() =>
        Submit(Content with
        {
            Justification = "",
            Total = new(5_000_000.01m),
            Interfaces = [Content.Interfaces[0] with { Network = Network.Private }],
            Resources = [new("病历", "市卫生局", Sharing.None)],
            CryptographyPlan = null,
            Finish = new(2026, 5, 31),
        }, "人口数据").ThenRefused(
            ("part-missing", "content.justification"),
            ("budget-does-not-sum", "content.total"),
            ("private-network", "content.interfaces[0].network"),
            ("sharing-without-legal-basis", "content.resources[0].legalBasis"),
            ("cryptography-plan-missing", "content.cryptographyPlan"),
            ("finish-before-start", "content.finish"),
            ("unit-withholds-data", "unit"));

    [Fact]
    public void Budget_lines_sum_to_the_total() => Submit(Content with { Total = new(1m) }).ThenRefused(("budget-does-not-sum", "content.total"));

    [Fact]
    public void A_budget_beyond_every_amount_is_refused_and_does_not_break() =>
        Submit(Content with { Budget = [new(BudgetKind.Data, new(Money.Limit)), new(BudgetKind.Data, new(Money.Limit))] })
            .ThenRefused(("budget-does-not-sum", "content.total"));

    [Fact]
    public void A_network_of_its_own_is_not_allowed() =>
        Submit(Content with { Interfaces = [Content.Interfaces[0] with { Network = Network.Private }] }).ThenRefused(("private-network", "content.interfaces[0].network"));

    [Fact]
    public void A_resource_that_is_not_shared_needs_a_legal_basis()
    {
        Submit(Content with { Resources = [new("病历", "市卫生局", Sharing.None, " ")] }).ThenRefused(("sharing-without-legal-basis", "content.resources[0].legalBasis"));
        Submit(Content with { Resources = [new("病历", "市卫生局", Sharing.None, "个人信息保护法第二十八条")] }).Then(new ProposalSubmitted(1));
    }

    [Fact]
    public void From_protection_level_two_on_a_cryptography_plan_is_needed()
    {
        Submit(Content with { ProtectionLevel = 2, CryptographyPlan = null }).ThenRefused(("cryptography-plan-missing", "content.cryptographyPlan"));
        Submit(Content with { ProtectionLevel = 1, CryptographyPlan = null }).Then(new ProposalSubmitted(1));
    }

    [Fact]
    public void The_schedule_is_plausible()
    {
        Submit(Content with { Finish = new(2026, 5, 31) }).ThenRefused(("finish-before-start", "content.finish"));
        Submit(Content with { Start = new(2025, 1, 1), Finish = new(2026, 3, 1) }).ThenRefused(("schedule-implausible", "content.finish"));
        Submit(Content with { Finish = new(2036, 6, 2) }).ThenRefused(("schedule-implausible", "content.finish"));
        Submit(Content with { Start = new(2026, 3, 2), Finish = new(2026, 3, 2) }).Then(new ProposalSubmitted(1));
    }

    [Fact]
    public void A_unit_whose_approved_system_withholds_promised_data_is_blocked_if_the_policy_says_so()
    {
        Submit(Content, "人口数据").ThenRefused(("unit-withholds-data", "unit"));
        Given(Past.Endorsed).When(p => SubmitProposal.Decide(new(), p, Policy with { Content = Policy.Content with { BlockUnitsThatWithhold = false } }, ["人口数据"], Today, Officer.Acts()))
            .Then(new ProposalSubmitted(1));
    }

    [Fact]
    public void What_has_moved_on_is_not_submitted_again()
    {
        Submit([.. Past.Submitted, new ProposalRevised(2, Content with { Title = "新" }, [ContentPart.Title])]).ThenRefused("wrong-stage");
        Submit([.. Past.Drafted, new ProposalWithdrawn("不做了")]).ThenRefused("wrong-stage");
    }

    [Fact]
    public void Only_the_own_units_officer_submits()
    {
        Submit(Past.Endorsed, OtherOfficer).ThenRefused("not-permitted");
        Submit(Past.Endorsed, DepartmentalCio).ThenRefused("not-permitted");
        Submit(Past.Endorsed, Office).ThenRefused("not-permitted");
    }
}
