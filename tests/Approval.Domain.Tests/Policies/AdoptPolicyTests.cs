using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Policies;

public sealed class AdoptPolicyTests
{
    static readonly DateOnly Today = new(2026, 3, 2);
    static readonly AdoptPolicy Default = new(DefaultPolicy.Title, Today, DefaultPolicy.Content);
    static readonly PolicyAdopted Adopted = new(1, PolicyForm.Hash(DefaultPolicy.Content), DefaultPolicy.Title, Today, DefaultPolicy.Content);

    static Decided<PolicyBook> Adopt(AdoptPolicy command, Actor? by = null, params object[] past) =>
        Given(PolicyBook.Kind, JurisdictionStreams.Policies, past)
            .WhenNew(book => AdoptPolicy.Decide(command, book, WorkingCalendar.WeekendsOnly, (by ?? Sample.DistrictCio).Acts()));

    static void Refuses(Func<PolicyContent, PolicyContent> spoil, string code, string field) =>
        Adopt(Default with { Content = spoil(DefaultPolicy.Content) }).ThenRefused((code, field));

    static PolicyContent WithRule(Stage stage, Func<StageRule, StageRule> change) =>
        DefaultPolicy.Content with { Stages = [.. DefaultPolicy.Content.Stages.Select(r => r.Stage == stage ? change(r) : r)] };

    [Fact]
    public void The_district_CIO_adopts_the_first_version() => Adopt(Default).Then(Adopted).AgainNothing();

    [Fact]
    public void A_later_version_is_counted_on() =>
        Adopt(Default with { Title = "修订", EffectiveFrom = new(2026, 4, 1) }, null, Adopted)
            .Then(Adopted with { Version = 2, Title = "修订", EffectiveFrom = new(2026, 4, 1) });

    [Fact]
    public void Nobody_else_adopts_a_policy()
    {
        foreach (var person in new[] { Sample.Office, Sample.Administrator, Sample.Auditor, Sample.Officer, Sample.DepartmentalCio, Sample.Expert })
            Adopt(Default, person).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_policy_does_not_take_effect_in_the_past() =>
        Adopt(Default with { EffectiveFrom = Today.AddDays(-1) }).ThenRefused(("policy-effective-past", "effectiveFrom"));

    [Fact]
    public void Dates_of_effect_do_not_run_backwards() =>
        Adopt(Default, null, Adopted with { EffectiveFrom = new(2026, 6, 1) }).ThenRefused(("policy-effective-before-last", "effectiveFrom"));

    [Fact]
    public void A_policy_has_a_title() => Adopt(Default with { Title = " " }).ThenRefused(("text-required", "title"));

    public static TheoryData<string, Func<PolicyContent, PolicyContent>> Thresholds => new()
    {
        { "keyShareOfCount", c => c with { KeyShareOfCount = 1.01m } },
        { "keyShareOfMoney", c => c with { KeyShareOfMoney = -0.01m } },
        { "generalLongestWaitWorkingDays", c => c with { GeneralLongestWaitWorkingDays = 0 } },
        { "fullCheckWithinWorkingDays", c => c with { FullCheckWithinWorkingDays = 751 } },
        { "heldOverAtMost", c => c with { HeldOverAtMost = -1 } },
        { "panelAtLeast", c => c with { PanelAtLeast = 1 } },
        { "meetingEveryMonths", c => c with { MeetingEveryMonths = 13 } },
        { "majorItemsPerMeeting", c => c with { MajorItemsPerMeeting = 0 } },
        { "majorFrom", c => c with { MajorFrom = Money.Zero } },
        { "quorum", c => c with { Quorum = 0 } },
        { "majority", c => c with { Majority = 0.49m } },
        { "deferredAtMost", c => c with { DeferredAtMost = 11 } },
        { "reconsiderWithinWorkingDays", c => c with { ReconsiderWithinWorkingDays = 0 } },
        { "changeAllowance", c => c with { ChangeAllowance = 0.16m } },
        { "evaluateFromMonths", c => c with { EvaluateFromMonths = 0 } },
        { "evaluateUntilMonths", c => c with { EvaluateUntilMonths = 11 } },
        { "correctionWithinWorkingDays", c => c with { CorrectionWithinWorkingDays = 0 } },
    };

    [Theory, MemberData(nameof(Thresholds), DisableDiscoveryEnumeration = true)]
    public void Every_threshold_has_its_range(string field, Func<PolicyContent, PolicyContent> spoil) =>
        Refuses(spoil, "policy-threshold-out-of-range", $"content.{field}");

    [Fact]
    public void Every_threshold_is_tried() =>
        Thresholds.Select(t => t.Data.Item1).Order().ShouldBe(typeof(PolicyContent).GetProperties()
            .Where(p => p.PropertyType != typeof(bool) && p.PropertyType != typeof(ImmutableArray<StageRule>))
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Order());

    [Fact]
    public void A_panel_is_odd() => Refuses(c => c with { PanelAtLeast = 4 }, "policy-panel-even", "content.panelAtLeast");

    [Fact]
    public void Every_deciding_stage_is_ruled() =>
        Refuses(c => c with { Stages = c.Stages.RemoveAll(r => r.Stage == Stage.Committee) }, "policy-stage-missing", "content.stages");

    [Fact]
    public void No_stage_is_ruled_twice() =>
        Refuses(c => c with { Stages = c.Stages.Add(c.Stages[1]) }, "policy-stage-twice", "content.stages[10].stage");

    [Fact]
    public void A_closed_proposal_has_no_rules() =>
        Refuses(c => c with { Stages = c.Stages.Add(new(Stage.Closed, [Role.CioOffice], null, null, 0)) }, "policy-stage-closed", "content.stages[10].stage");

    [Fact]
    public void Somebody_acts_in_every_stage() =>
        Refuses(_ => WithRule(Stage.FormCheck, r => r with { Actors = [] }), "policy-actors-missing", "content.stages[2].actors");

    [Theory, InlineData(Role.Auditor), InlineData(Role.Administrator)]
    public void Auditors_and_administrators_act_in_no_stage(Role role) =>
        Refuses(_ => WithRule(Stage.FormCheck, r => r with { Actors = [role] }), "policy-actor-excluded", "content.stages[2].actors");

    [Theory, InlineData(Stage.Endorsement, 1), InlineData(Stage.EarlyScheduling, 3), InlineData(Stage.BatchReview, 4), InlineData(Stage.Issuance, 8)]
    public void A_stage_in_which_people_sign_has_its_rule(Stage stage, int index) =>
        Refuses(_ => WithRule(stage, r => r with { Signing = null }), "policy-signing-missing", $"content.stages[{index}].signing");

    [Fact]
    public void No_policy_issues_approvals_without_the_district_cio()
    {
        Refuses(_ => WithRule(Stage.Issuance, r => r with { Actors = [Role.CioOffice] }), "policy-district-cio-missing", "content.stages[8].actors");
        Refuses(_ => WithRule(Stage.Issuance, r => r with { Actors = [Role.CioOffice, Role.DistrictCio], Signing = new(SigningRuleKind.Any) }), "policy-district-cio-missing", "content.stages[8].actors");
        Adopt(Default with { Content = WithRule(Stage.Issuance, r => r with { Actors = [Role.CioOffice, Role.DistrictCio] }) }).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void A_ratio_limit_and_reminder_have_their_ranges()
    {
        Refuses(_ => WithRule(Stage.BatchReview, r => r with { Signing = new(SigningRuleKind.Ratio, 1.1m) }), "policy-threshold-out-of-range", "content.stages[4].signing.ratio");
        Refuses(_ => WithRule(Stage.FormCheck, r => r with { LimitWorkingDays = 0, RemindWorkingDays = 0 }), "policy-threshold-out-of-range", "content.stages[2].limitWorkingDays");
        Refuses(_ => WithRule(Stage.FormCheck, r => r with { RemindWorkingDays = 6 }), "policy-threshold-out-of-range", "content.stages[2].remindWorkingDays");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Adopt(Default with { Title = "", Content = DefaultPolicy.Content with { Quorum = 2, Majority = 2 } })
            .ThenRefused("text-required", "policy-threshold-out-of-range", "policy-threshold-out-of-range");
}
