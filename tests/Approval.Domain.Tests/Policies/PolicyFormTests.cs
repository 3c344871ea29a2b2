using Approval.Testing;

namespace Approval.Policies;

public sealed class PolicyFormTests
{
    [Fact]
    public void Equal_rules_have_one_hash_however_their_numbers_are_written() =>
        PolicyForm.Hash(DefaultPolicy.Content with { Majority = 0.50m, MajorFrom = new(20_000_000.00m) }).ShouldBe(PolicyForm.Hash(DefaultPolicy.Content));

    [Fact]
    public void The_smallest_change_is_another_hash() =>
        PolicyForm.Hash(DefaultPolicy.Content with { DeferredAtMost = 1 }).ShouldNotBe(PolicyForm.Hash(DefaultPolicy.Content));

    [Fact]
    public void The_default_policys_hash_is_the_one_released() =>
        PolicyForm.Hash(DefaultPolicy.Content).ShouldBe("c5789e4a0636cae16fbdf16a9c5991e6568e749a363f19dde667654153a37cf7");

    [Fact]
    public void The_canonical_form_has_sorted_names_and_no_blanks()
    {
        var form = PolicyForm.Canonical(DefaultPolicy.Content);
        form.ShouldStartWith("""{"blockUnitsThatWithhold":true,"changeAllowance":0.15,""");
        form.ShouldContain("""{"actors":["departmental-cio"],"limitWorkingDays":5,"remindWorkingDays":2,"signing":{"kind":"any","ratio":1},"stage":"endorsement"}""");
    }

    [Fact]
    public void A_comparison_names_every_field_changed()
    {
        var changed = DefaultPolicy.Content with
        {
            Quorum = 0.75m,
            BlockUnitsThatWithhold = false,
            Stages = [.. DefaultPolicy.Content.Stages.Select(r => r.Stage switch
            {
                Stage.FormCheck => r with { LimitWorkingDays = 7, Actors = [Role.CioOffice, Role.DistrictCio] },
                Stage.Draft => r with { LimitWorkingDays = 30 },
                _ => r,
            })],
        };
        PolicyForm.Compare(DefaultPolicy.Content, changed).ShouldBe(
        [
            new("blockUnitsThatWithhold", "true", "false"),
            new("quorum", "0.6666", "0.75"),
            new("stages.draft.limitWorkingDays", null, "30"),
            new("stages.form-check.actors", "cio-office", "cio-office, district-cio"),
            new("stages.form-check.limitWorkingDays", "5", "7"),
        ]);
        PolicyForm.Compare(changed, changed).ShouldBeEmpty();
    }
}
