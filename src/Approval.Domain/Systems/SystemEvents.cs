namespace Approval.Systems;

/// <summary>Facts about a system that the jurisdiction already runs (已建系统).</summary>
public abstract record SystemEvent
{
    private protected SystemEvent() { }
}

/// <summary>A system was entered in the register.</summary>
[WireName("system-registered.v1")]
public sealed record SystemRegistered(SystemId System, SystemContent Content) : SystemEvent;

/// <summary>What the register says of a system was changed to this.</summary>
[WireName("system-updated.v1")]
public sealed record SystemUpdated(SystemContent Content) : SystemEvent;

/// <summary>A system was taken out of use.</summary>
[WireName("system-retired.v1")]
public sealed record SystemRetired(string Reason) : SystemEvent;

/// <summary>The system was found to share a resource as promised.</summary>
[WireName("system-sharing-kept.v1")]
public sealed record SystemSharingKept(string Resource, string Finding) : SystemEvent;

/// <summary>The system was found to withhold a resource that it promised to share.</summary>
[WireName("system-sharing-broken.v1")]
public sealed record SystemSharingBroken(string Resource, string Finding) : SystemEvent;
