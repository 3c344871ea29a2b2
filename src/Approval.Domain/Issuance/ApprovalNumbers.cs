using System.Collections.Immutable;

namespace Approval.Issuance;

/// <summary>The approval numbers given out: from 1 in each year, without a gap.</summary>
public sealed record ApprovalNumbers
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<ApprovalNumbers> Kind = new("numbers", Evolve);

    /// <summary>Before the first number.</summary>
    public static readonly ApprovalNumbers None = new();

    /// <summary>The last number of each year.</summary>
    public ImmutableSortedDictionary<int, int> Last { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Every number given, by its short form.</summary>
    public ImmutableDictionary<string, ApprovalNumberGiven> Given { get; init; } = ImmutableDictionary<string, ApprovalNumberGiven>.Empty;

    /// <summary>The next number of a year.</summary>
    public int Next(int year) => Last.GetValueOrDefault(year) + 1;

    /// <summary>The number as it is written: 示信批〔2026〕1号.</summary>
    public static string Write(string prefix, int year, int serial) => $"{prefix}〔{year}〕{serial}号";

    /// <summary>The number as it stands in an address: 2026-1.</summary>
    public static string Short(int year, int serial) => $"{year}-{serial}";

    /// <summary>The state after an event.</summary>
    public static ApprovalNumbers Evolve(ApprovalNumbers? numbers, object @event) => (numbers ?? None, @event) switch
    {
        ({ } n, ApprovalNumberGiven e) => new() { Last = n.Last.SetItem(e.Year, e.Serial), Given = n.Given.SetItem(Short(e.Year, e.Serial), e) },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
