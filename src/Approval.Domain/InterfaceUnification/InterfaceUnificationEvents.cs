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
    [Words("复用已有接口", "Reuse")]
    Reuse,

    /// <summary>采用已发布标准.</summary>
    [Words("采用已发布标准", "Adopt a standard")]
    AdoptStandard,

    /// <summary>新发布接口.</summary>
    [Words("新发布接口", "Publish new")]
    PublishNew,

    /// <summary>经共享交换平台.</summary>
    [Words("经共享交换平台", "Via the exchange platform")]
    ViaExchangePlatform,

    /// <summary>不作安排: waived with a reason.</summary>
    [Words("免予安排", "Waive")]
    Waive,
}

/// <summary>The office arranged one interface line.</summary>
/// <param name="Line">The declaration's line number.</param>
/// <param name="Kind">How.</param>
/// <param name="Interface">The catalogue entry reused, adopted or to be published.</param>
/// <param name="Reason">Why; needed for a waiver.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("interface-arranged.v1")]
public sealed record InterfaceArranged(int Line, ArrangementKind Kind, InterfaceId? Interface, string? Reason, PolicyRef Policy) : InterfaceUnificationEvent;

/// <summary>The arrangement of a line was taken back; the line is open again.</summary>
[WireName("interface-reopened.v1")]
public sealed record InterfaceReopened(int Line, string Reason) : InterfaceUnificationEvent;

/// <summary>A conflict was settled by the office; the key names conflict, data and parties.</summary>
[WireName("interface-conflict-settled.v1")]
public sealed record InterfaceConflictSettled(string Conflict, string Resolution, PolicyRef Policy) : InterfaceUnificationEvent;

/// <summary>No line is open and no conflict unresolved: the proposal goes to the committee.</summary>
[WireName("interfaces-unified.v1")]
public sealed record InterfacesUnified(int Revision, int Lines, PolicyRef Policy) : InterfaceUnificationEvent;
