using System.Collections.Immutable;

namespace Approval.InterfaceUnification;

/// <summary>What is at odds.</summary>
public enum ConflictKind
{
    /// <summary>一数多源: the same resource provided twice.</summary>
    [Words("同一资源重复提供", "The same resource provided twice")]
    DuplicateProvider,

    /// <summary>A consumer with no provider.</summary>
    [Words("使用方无提供方", "A consumer with no provider")]
    NoProvider,

    /// <summary>Incompatible modes for one resource.</summary>
    [Words("接口方式不兼容", "Incompatible modes for one resource")]
    IncompatibleModes,

    /// <summary>A network of its own.</summary>
    [Words("自建专网", "A private network")]
    PrivateNetwork,

    /// <summary>A waits for B waits for A.</summary>
    [Words("循环等待", "A cycle of waiting")]
    WaitingCycle,
}

/// <summary>A conflict between projects, systems and the catalogue.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it is about: the data by name; nothing for a cycle, whose parties say it all.</param>
/// <param name="Line">The line concerned, where it is one.</param>
/// <param name="Parties">Between whom, sorted by id; the consumer first where there is one.</param>
public sealed record InterfaceConflict(ConflictKind Kind, string Subject, LineId? Line, ImmutableArray<Party> Parties)
{
    /// <summary>Names the conflict for as long as it lasts: kind, subject and parties.</summary>
    public string Key { get; } =
        $"{Kind}/{Line switch { { } l => $"{l.DeclaredBy.Value}.{l.Number}", null => Naming.Plain(Subject) }}/{string.Join('+', Parties.Select(p => p.Id))}";

    /// <summary>Whether the office may settle it by decision. A network of its own is never allowed: that line must be arranged otherwise.</summary>
    public bool MayBeSettled => Kind != ConflictKind.PrivateNetwork;

    /// <summary>The arrangements that would resolve it.</summary>
    public ImmutableArray<ArrangementKind> Remedies => Kind switch
    {
        ConflictKind.DuplicateProvider or ConflictKind.NoProvider or ConflictKind.WaitingCycle => [ArrangementKind.Reuse, ArrangementKind.Waive],
        ConflictKind.IncompatibleModes =>
            [ArrangementKind.Reuse, ArrangementKind.AdoptStandard, ArrangementKind.PublishNew, ArrangementKind.ViaExchangePlatform, ArrangementKind.Waive],
        _ => [ArrangementKind.Reuse, ArrangementKind.ViaExchangePlatform, ArrangementKind.Waive],
    };

    /// <summary>Whether the party takes part.</summary>
    public bool Concerns(ProposalId proposal) => Parties.Any(p => p.Kind == PartyKind.Project && p.Id == proposal.Value);

    /// <summary>Whether this is the other conflict, or what is left of it after some parties stepped back.</summary>
    internal bool IsWithin(ConflictKind kind, string subject, ImmutableArray<Party> parties) =>
        Kind == kind && Naming.Same(Subject, subject) && Parties.All(p => parties.Any(o => o.Kind == p.Kind && o.Id == p.Id))
        && (Kind is not (ConflictKind.NoProvider or ConflictKind.IncompatibleModes) || Parties[0].Id == parties[0].Id);
}

/// <summary>A conflict found, and where it stands.</summary>
/// <param name="Conflict">The conflict.</param>
/// <param name="Open">Whether it still stands in the way.</param>
/// <param name="Resolution">What the office decided; null if it did not, or if the arrangements resolved it.</param>
public sealed record FoundConflict(InterfaceConflict Conflict, bool Open, string? Resolution);
