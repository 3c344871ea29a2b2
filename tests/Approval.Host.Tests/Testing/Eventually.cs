namespace Approval.Testing;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Until a condition holds.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > (within ?? Longest)) throw new TimeoutException($"It did not come to this: {what}.");
            await Task.Delay(5);
        }
    }

    /// <summary>Until a condition holds.</summary>
    public static Task Holds(Func<bool> condition, string what, TimeSpan? within = null) => Holds(() => Task.FromResult(condition()), what, within);
}
