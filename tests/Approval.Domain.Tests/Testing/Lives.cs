namespace Approval.Testing;

/// <summary>Generated histories: so many random steps in a test run, as many as APPROVAL_STEPS says in a long one.</summary>
public static class Lives
{
    static readonly int? Wanted = Environment.GetEnvironmentVariable("APPROVAL_STEPS") is { Length: > 0 } text ? int.Parse(text) : null;

    /// <summary>Lives one life after the other, with the seeds 1, 2, 3 …, until they have taken that many steps together.</summary>
    /// <param name="steps">How many, unless more are wanted.</param>
    /// <param name="life">Lives the life of a seed; gives how many steps it took.</param>
    public static void Live(int steps, Func<int, int> life)
    {
        var taken = 0;
        for (var seed = 1; taken < (Wanted ?? steps); seed++) taken += life(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{taken:#,0} steps");
    }
}
