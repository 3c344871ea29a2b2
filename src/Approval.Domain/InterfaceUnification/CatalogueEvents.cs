using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>Facts about the jurisdiction's interface catalogue (接口目录).</summary>
public abstract record CatalogueEvent
{
    private protected CatalogueEvent() { }
}

/// <summary>An interface was published: from here on other projects may reuse it.</summary>
/// <param name="Interface">Its id.</param>
/// <param name="Content">What it offers.</param>
/// <param name="Source">The approved proposal that provides it; null if the office published it for a system already running.</param>
[WireName("interface-published.v1")]
public sealed record InterfacePublished(InterfaceId Interface, InterfaceContent Content, ProposalId? Source) : CatalogueEvent;

/// <summary>A standard for interfaces was published.</summary>
/// <param name="Interface">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Mode">How data passes under it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Document">The document that sets it.</param>
[WireName("standard-published.v1")]
public sealed record StandardPublished(InterfaceId Interface, string Title, InterfaceMode Mode, string Version, string Document) : CatalogueEvent;

/// <summary>An interface or a standard was retired: nothing new may rest on it.</summary>
[WireName("interface-retired.v1")]
public sealed record InterfaceRetired(InterfaceId Interface, string Reason) : CatalogueEvent;
