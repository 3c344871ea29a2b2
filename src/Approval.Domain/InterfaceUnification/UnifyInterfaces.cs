using System.Collections.Immutable;

namespace Approval.InterfaceUnification;

/// <summary>The office closes the unification of a project, which goes to the committee, or stays there after a revision voided the earlier one: only with no line open and no conflict unresolved.</summary>
public sealed record UnifyInterfaces
{
    /// <summary>A line is not arranged.</summary>
    public static readonly RefusalKind LineOpen = new("interface-open", RefusalSort.Rule,
        "接口“{0}”尚未安排。", "Interface \"{0}\" is not arranged yet.");

    /// <summary>A conflict is not resolved.</summary>
    public static readonly RefusalKind ConflictOpen = new("conflict-open", RefusalSort.Rule,
        "冲突未解决：{0}“{1}”（{2}）。", "A conflict is not resolved: {0}, \"{1}\" ({2}).");

    /// <summary>Decides.</summary>
    public static Decision Decide(Proposal proposal, InterfaceScene scene, Occasion on)
    {
        if (UnificationRules.Check(nameof(UnifyInterfaces), on.By, proposal) is { } no) return no;

        var now = scene.With(proposal);
        var project = now.Of(proposal.Id)!;
        var offers = new InterfaceOffers(now);
        var conflicts = InterfaceConflicts.Find(offers, proposal.Id);
        ImmutableArray<Refusal> open =
        [
            .. project.Lines.Where(l => l.Arrangement is null).Select(l => LineOpen.At(Field(l.Id, proposal), l.Declaration.Data)),
            .. conflicts.Where(c => c.Open).Select(c => ConflictOpen.At("conflicts", c.Conflict.Kind, c.Conflict.Subject, string.Join("、", c.Conflict.Parties.Select(p => p.Name)))),
        ];
        if (!open.IsEmpty) return Decision.Refuse(open);

        return Decision.Of(proposal.Id.Stream, new InterfacesUnified(
            proposal.Revision,
            project.Lines.Length,
            [.. project.Lines.Select(l => offers.InterfaceOf(project, l)).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            [.. conflicts.Select(c => new ResolvedConflict(c.Conflict.Key, c.Conflict.Kind, c.Conflict.Subject, c.Conflict.Parties, c.Resolution))],
            proposal.Policy!.Value));
    }

    static string Field(LineId line, Proposal proposal) =>
        line.DeclaredBy == proposal.Id ? $"interfaces[{line.Number}]" : $"interfaces[{line.DeclaredBy.Value}.{line.Number}]";
}
