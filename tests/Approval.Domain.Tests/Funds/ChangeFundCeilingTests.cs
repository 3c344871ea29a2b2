using Approval.Testing;
using static Approval.Testing.Scenario;
using static Approval.Testing.Sample;

namespace Approval.Funds;

public sealed class ChangeFundCeilingTests
{
    static Decided<Fund> When(Actor by, decimal ceiling, string reason = "示财〔2026〕9号") =>
        Given(Fund.Kind, Past.Fund.Stream, Past.FundHolding).When(fund => ChangeFundCeiling.Decide(new(new(ceiling), reason), fund, by.Acts()));

    [Fact]
    public void The_district_cio_raises_a_ceiling() =>
        When(DistrictCio, 30_000_000m).Then(new FundCeilingChanged(new(30_000_000m), "示财〔2026〕9号")).AgainNothing();

    [Fact]
    public void A_ceiling_falls_as_far_as_what_is_held_and_no_further()
    {
        When(DistrictCio, 5_000_000m).Then(new FundCeilingChanged(new(5_000_000m), "示财〔2026〕9号")).WithState(f => f.Free.ShouldBe(Money.Zero));
        When(DistrictCio, 4_999_999.99m).ThenRefused("ceiling-below-held");
    }

    [Fact]
    public void A_ceiling_is_above_zero() => When(DistrictCio, 0m).ThenRefused(("amount-not-positive", "ceiling"));

    [Fact]
    public void A_ceiling_is_not_moved_without_a_reason() => When(DistrictCio, 30_000_000m, " ").ThenRefused(("text-required", "reason"));

    [Fact]
    public void The_office_which_spends_does_not_set_its_own_limit()
    {
        foreach (var person in new[] { Office, Officer, DepartmentalCio, Expert, Auditor, Administrator }) When(person, 30_000_000m).ThenRefused("not-permitted");
    }
}
