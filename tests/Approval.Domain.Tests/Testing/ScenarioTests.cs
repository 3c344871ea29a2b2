using static Approval.Testing.Scenario;

namespace Approval.Testing;

/// <summary>The scenarios can fail: each way of being wrong is seen failing here.</summary>
public sealed class ScenarioTests
{
    sealed record Opened(int Number);
    sealed record Listed(IReadOnlyList<string> Lines);
    sealed record Ledger(int Events);

    static readonly RefusalKind Closed = new("ledger-closed", RefusalSort.Rule, "已关闭", "closed");
    static readonly StreamKind<Ledger> Kind = new("ledger", (l, _) => new((l?.Events ?? 0) + 1));
    static readonly StreamId Own = new("ledger-1");
    static readonly StreamId Other = new("ledger-2");

    static Decided<Ledger> Decide(Func<Ledger, Decision> decide) => Given(Kind, Own, new Opened(0)).When(decide);
    static Decided<Ledger> Once() => Decide(l => l.Events > 1 ? Decision.Nothing : Decision.Of(Own, new Opened(1)));

    static void Fails(Action assertion) => Should.Throw<ShouldAssertException>(assertion);

    [Fact]
    public void The_right_events_pass()
    {
        Once().Then(new Opened(1)).AgainNothing().WithState(l => l.Events.ShouldBe(2));
        Decide(_ => Decision.Of(Own, new Listed(["a"]))).Then(new Listed(["a"]));
        Decide(_ => Decision.Of(Own, new Opened(1)).And(Other, new Opened(2))).Then(new Opened(1), Other.Has(new Opened(2)));
    }

    [Fact]
    public void A_missing_a_further_another_or_a_misplaced_event_fails()
    {
        Fails(() => Once().Then(new Opened(1), new Opened(2)));
        Fails(() => Decide(_ => Decision.Of(Own, new Opened(1), new Opened(2))).Then(new Opened(1)));
        Fails(() => Once().Then(new Opened(2)));
        Fails(() => Decide(_ => Decision.Of(Own, new Listed(["a"]))).Then(new Listed(["b"])));
        Fails(() => Decide(_ => Decision.Of(Other, new Opened(1))).Then(new Opened(1)));
        Fails(() => Decide(_ => Decision.Of(Own, new Opened(1), new Opened(2))).Then(new Opened(2), new Opened(1)));
        Fails(() => Decide(_ => Decision.Nothing).Then());
    }

    [Fact]
    public void A_refusal_is_not_events_and_events_are_not_a_refusal()
    {
        Fails(() => Decide(_ => Closed.With()).Then(new Opened(1)));
        Fails(() => Decide(_ => Closed.With()).ThenNothing());
        Fails(() => Once().ThenRefused("ledger-closed"));
        Fails(() => Once().ThenNothing());
    }

    [Fact]
    public void Another_code_another_field_or_a_further_refusal_fails()
    {
        Decide(_ => Closed.At("day")).ThenRefused(("ledger-closed", "day"));
        Fails(() => Decide(_ => Closed.With()).ThenRefused("other"));
        Fails(() => Decide(_ => Closed.At("day")).ThenRefused(("ledger-closed", "month")));
        Fails(() => Decide(_ => Decision.Refuse([Closed.With(), Closed.With()])).ThenRefused("ledger-closed"));
        Fails(() => Decide(_ => Closed.With()).ThenRefused(Array.Empty<string>()));
    }

    [Fact]
    public void A_command_that_acts_twice_fails() =>
        Fails(() => Decide(_ => Decision.Of(Own, new Opened(1))).AgainNothing());
}
