using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.InterfaceUnification;

/// <summary>Facts that interface unification (系统接口统一安排) leaves on a proposal.</summary>
public abstract record InterfaceUnificationEvent : ProposalEvent
{
    private protected InterfaceUnificationEvent() { }
}

/// <summary>How an interface line is arranged.</summary>
public enum ArrangementKind
{
    /// <summary>复用已有接口.</summary>
    [Words("复用已有接口", "Reuse an existing interface")]
    Reuse,

    /// <summary>采用已发布标准.</summary>
    [Words("采用已发布标准", "Adopt a published standard")]
    AdoptStandard,

    /// <summary>新发布接口.</summary>
    [Words("新发布接口", "Publish a new interface")]
    PublishNew,

    /// <summary>经共享交换平台.</summary>
    [Words("经共享交换平台", "Through the shared exchange platform")]
    ViaExchangePlatform,

    /// <summary>不作安排: waived with a reason.</summary>
    [Words("不作安排", "Waived")]
    Waive,
}

/// <summary>One interface line of a project: a lead answers for its own lines and for those of the proposals it took in.</summary>
/// <param name="DeclaredBy">The proposal that declares the line.</param>
/// <param name="Number">The line's number in that proposal.</param>
public readonly record struct LineId(ProposalId DeclaredBy, int Number)
{
    /// <summary>The fixed order of lines: by proposal, then by number.</summary>
    public static readonly Comparer<LineId> Order = Comparer<LineId>.Create((a, b) =>
        string.CompareOrdinal(a.DeclaredBy.Value, b.DeclaredBy.Value) is not 0 and var order ? order : a.Number.CompareTo(b.Number));
}

/// <summary>The office arranged one interface line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Declared">The declaration as it stood; once the unit changes it, the arrangement holds no more.</param>
/// <param name="Kind">How.</param>
/// <param name="Interface">The catalogue entry reused or the standard adopted.</param>
/// <param name="Mode">How the data passes from now on.</param>
/// <param name="Reason">Why; always there for a waiver.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("interface-arranged.v1")]
public sealed record InterfaceArranged(
    LineId Line, InterfaceDeclaration Declared, ArrangementKind Kind, InterfaceId? Interface, InterfaceMode Mode, string? Reason,
    PolicyRef Policy) : InterfaceUnificationEvent;

/// <summary>The arrangement of a line was taken back; the line is open again.</summary>
[WireName("interface-reopened.v1")]
public sealed record InterfaceReopened(LineId Line, string Reason) : InterfaceUnificationEvent;

/// <summary>The office settled a conflict by decision; recorded on every proposal that is a party to it.</summary>
/// <param name="Conflict">The conflict's key.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it is about: the data, in most kinds.</param>
/// <param name="Parties">Between whom.</param>
/// <param name="Resolution">What was decided.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("interface-conflict-settled.v1")]
public sealed record InterfaceConflictSettled(
    string Conflict, ConflictKind Kind, string Subject, ImmutableArray<Party> Parties, string Resolution, PolicyRef Policy) : InterfaceUnificationEvent;

/// <summary>A later revision changed what the unification rested on, or others were unified without the project while it was rejected: it is unified anew before the committee votes.</summary>
/// <param name="Revision">The newest revision.</param>
/// <param name="Changed">What the revision changed of interfaces, resources and existing systems; nothing where the project came back.</param>
[WireName("unification-voided.v1")]
public sealed record UnificationVoided(int Revision, ImmutableSortedSet<ContentPart> Changed) : InterfaceUnificationEvent;

/// <summary>A conflict as it stood when the project left unification.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Parties">Between whom.</param>
/// <param name="Resolution">What was decided; null where the arrangements themselves resolved it.</param>
public sealed record ResolvedConflict(string Key, ConflictKind Kind, string Subject, ImmutableArray<Party> Parties, string? Resolution);

/// <summary>No line is open and no conflict unresolved: the proposal goes to the committee.</summary>
/// <param name="Revision">The revision arranged.</param>
/// <param name="Lines">How many interface lines the project declares, with those it took in.</param>
/// <param name="Interfaces">The interfaces that remain of them, each by a key that other projects sharing it name too.</param>
/// <param name="Conflicts">The conflicts found and how each was resolved.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("interfaces-unified.v1")]
public sealed record InterfacesUnified(
    int Revision, int Lines, ImmutableArray<string> Interfaces, ImmutableArray<ResolvedConflict> Conflicts, PolicyRef Policy) : InterfaceUnificationEvent;
