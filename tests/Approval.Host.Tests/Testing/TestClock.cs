namespace Approval.Testing;

/// <summary>A clock that stands still until a test moves it. Timers run on real time.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => now += by;

    /// <summary>Goes to an instant.</summary>
    public void Set(DateTimeOffset to) => now = to;
}
