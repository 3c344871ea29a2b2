namespace Approval.Testing;

/// <summary>How long the tests that have a long form run: short ones with fixed seeds, unless <c>./crash</c> asks for more.</summary>
internal static class Endurance
{
    /// <summary>For how long hosts and the database are killed; null for a fixed number of times.</summary>
    public static TimeSpan? CrashFor { get; } = Number("APPROVAL_CRASH_MINUTES") is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>The seeds of the random moments.</summary>
    public static IReadOnlyList<int> Seeds { get; } = Number("APPROVAL_CRASH_SEED") is { } seed ? [(int)seed] : [20261124];

    /// <summary>How many reservations are asked for against one fund.</summary>
    public static int Reservations { get; } = (int)(Number("APPROVAL_RESERVATIONS") ?? 1_000);

    private static double? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text) : null;
}
