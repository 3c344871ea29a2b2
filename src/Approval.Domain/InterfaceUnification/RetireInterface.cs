namespace Approval.InterfaceUnification;

/// <summary>The office retires an interface or a standard.</summary>
/// <param name="Interface">Which.</param>
/// <param name="Reason">Why.</param>
public sealed record RetireInterface(InterfaceId Interface, string Reason)
{
    /// <summary>Running projects rest on the entry.</summary>
    public static readonly RefusalKind InUse = new("interface-in-use", RefusalSort.Rule,
        "尚有 {0} 个项目依赖该条目，不能停用。", "{0} projects rest on this entry, so it cannot be retired.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="declarants">The projects in the path, whose arrangements may rest on the entry.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(RetireInterface command, InterfaceCatalogue catalogue, IReadOnlyCollection<Declarant> declarants, Occasion on)
    {
        if (Permissions.Check(nameof(RetireInterface), on.By) is { } no) return no;
        if (catalogue.Of(command.Interface) is not { } entry) return CatalogueRules.Unknown.With();
        if (entry.Retired) return Decision.Nothing;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var users = declarants.Count(d => !d.Closed && d.Arranged.Any(a => a.Interface == command.Interface));
        return users > 0 ? InUse.With(users) : Decision.Of(JurisdictionStreams.InterfaceCatalogue, new InterfaceRetired(command.Interface, command.Reason));
    }
}
