using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>Facts about a unit (单位).</summary>
public abstract record UnitEvent
{
    private protected UnitEvent() { }
}

/// <summary>A unit was registered.</summary>
[WireName("unit-registered.v1")]
public sealed record UnitRegistered(UnitId Unit, string Name) : UnitEvent;

/// <summary>A unit got another name.</summary>
[WireName("unit-renamed.v1")]
public sealed record UnitRenamed(string Name) : UnitEvent;

/// <summary>A unit was retired: nobody is appointed to it any more and it drafts nothing new.</summary>
[WireName("unit-retired.v1")]
public sealed record UnitRetired(string Reason) : UnitEvent;

/// <summary>Facts about a person (人员). They hold the identity provider's subject and no name: names and contact data can be erased, events cannot.</summary>
public abstract record PersonEvent
{
    private protected PersonEvent() { }
}

/// <summary>A person was appointed to a unit in these roles.</summary>
[WireName("person-appointed.v1")]
public sealed record PersonAppointed(PersonId Person, UnitId Unit, ImmutableSortedSet<Role> Roles) : PersonEvent;

/// <summary>A person was moved to another unit.</summary>
[WireName("person-moved.v1")]
public sealed record PersonMoved(UnitId Unit) : PersonEvent;

/// <summary>A person's roles were changed to these.</summary>
[WireName("roles-changed.v1")]
public sealed record RolesChanged(ImmutableSortedSet<Role> Roles) : PersonEvent;

/// <summary>A person's declared ties were changed to these.</summary>
[WireName("ties-declared.v1")]
public sealed record TiesDeclared(Ties Ties) : PersonEvent;

/// <summary>A person was removed and may do nothing more.</summary>
[WireName("person-removed.v1")]
public sealed record PersonRemoved(string Reason) : PersonEvent;

/// <summary>Declared ties (利益关系): the person must not judge what these propose.</summary>
/// <param name="Units">The code of each unit.</param>
/// <param name="People">The id of each person.</param>
public sealed record Ties(ImmutableSortedSet<string> Units, ImmutableSortedSet<string> People)
{
    /// <summary>No ties.</summary>
    public static readonly Ties None = new([], []);
}
