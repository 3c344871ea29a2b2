namespace Approval;

/// <summary>The host is told to start in a way in which it must not: one sentence that says what to change, never a secret.</summary>
public sealed class MisconfiguredException(string reason) : Exception(reason);
