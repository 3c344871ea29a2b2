namespace Approval.Policies;

public sealed class PolicyBookTests
{
    static PolicyAdopted Version(int version, DateOnly from) => new(version, $"hash-{version}", "办法", from, DefaultPolicy.Content);

    static readonly PolicyBook Book = PolicyBook.Kind.Fold([Version(1, new(2026, 1, 1)), Version(2, new(2026, 6, 1)), Version(3, new(2026, 6, 1))])!;

    [Fact]
    public void The_policy_in_force_is_the_newest_whose_date_has_come()
    {
        Book.InForce(new(2025, 12, 31)).ShouldBeNull();
        Book.InForce(new(2026, 5, 31))!.Ref.Version.ShouldBe(1);
        Book.InForce(new(2026, 6, 1))!.Ref.Version.ShouldBe(3);
    }

    [Fact]
    public void A_decision_finds_the_policy_it_names()
    {
        Book.Of(new PolicyRef(2, "hash-2"))!.EffectiveFrom.ShouldBe(new(2026, 6, 1));
        Book.Of(new PolicyRef(2, "other")).ShouldBeNull();
        Book.Of(4).ShouldBeNull();
    }
}
