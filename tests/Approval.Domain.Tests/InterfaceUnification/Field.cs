using System.Collections.Immutable;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Supervision;
using Approval.Systems;
using Approval.Testing;

namespace Approval.InterfaceUnification;

/// <summary>Builds projects in interface unification, and the scene that they stand in.</summary>
static class Field
{
    public static readonly UnitId Unit = Sample.Health;

    /// <summary>A line to give data.</summary>
    public static InterfaceDeclaration Gives(string data, InterfaceMode mode = InterfaceMode.Api, string to = "各部门业务系统", int line = 1) =>
        new(line, InterfaceDirection.Provide, data, to, null, mode, InterfaceFrequency.Daily, Network.GovernmentExtranet);

    /// <summary>A line to take data.</summary>
    public static InterfaceDeclaration Takes(string data, string from, InterfaceMode mode = InterfaceMode.Api, int line = 1) =>
        new(line, InterfaceDirection.Consume, data, from, null, mode, InterfaceFrequency.Daily, Network.GovernmentExtranet);

    public static object[] Past(string id, string title, params InterfaceDeclaration[] lines) => Past(id, title, [], lines);

    public static object[] Past(string id, string title, ResourceEntry[] resources, InterfaceDeclaration[] lines, ExistingSystemUse[]? systems = null) =>
    [
        new ProposalDrafted(new(id), Unit, Sample.Content with { Title = title, Resources = [.. resources], Interfaces = [.. lines], Systems = [.. systems ?? []] }),
        .. Testing.Past.Shortlisted[1..],
        new AppraisalAssigned(Testing.Past.Appraisal),
        new ProposalRecommended(Testing.Past.Appraisal, 1, new(1_000_000m), Sample.Policy.Ref),
    ];

    public static Proposal Project(string id, string title, params InterfaceDeclaration[] lines) => Proposal.Kind.Fold(Past(id, title, lines))!;

    public static Proposal Holder(string id, string title, ResourceEntry[] resources, params InterfaceDeclaration[] lines) => Proposal.Kind.Fold(Past(id, title, resources, lines))!;

    /// <summary>The proposal after more events.</summary>
    public static Proposal After(this Proposal proposal, params object[] events) => events.Aggregate(proposal, (p, e) => Proposal.Kind.Evolve(p, e, Sample.Monday));

    /// <summary>The proposal after what a decision records on it.</summary>
    public static Proposal After(this Proposal proposal, Decision decision)
    {
        decision.Refusals.Select(r => r.Code).ShouldBeEmpty();
        return proposal.After([.. decision.On(proposal.Id.Stream)]);
    }

    /// <summary>The project after acceptance: what it builds runs.</summary>
    public static Proposal Built(this Proposal proposal) => proposal with
    {
        Stage = Stage.Supervision,
        Supervision = proposal.Supervision with { Accepted = new(new(2027, 1, 1), "合格", new(2028, 1, 1), new(2029, 1, 1), Sample.Policy.Ref) },
    };

    public static LineId Line(this Proposal proposal, int number = 1) => new(proposal.Id, number);

    /// <summary>The proposal with one of its lines arranged.</summary>
    public static Proposal Arranged(this Proposal proposal, ArrangementKind kind, InterfaceId? entry = null, int line = 1, InterfaceMode? mode = null)
    {
        var declared = proposal.Content.Interfaces.Single(i => i.Line == line);
        return proposal.After(new InterfaceArranged(proposal.Line(line), declared, kind, entry, mode ?? declared.Mode, kind == ArrangementKind.Waive ? "已无需要" : null, Sample.Policy.Ref));
    }

    public static InterfaceCatalogue Catalogue(params object[] events) => InterfaceCatalogue.Kind.Fold(events) ?? InterfaceCatalogue.Empty;

    public static InterfacePublished Published(string id, string data, string system, InterfaceMode mode = InterfaceMode.Api, bool platform = false) =>
        new(new(id), new(data, system, "市公安局", mode, "1.0", null, platform), null);

    public static readonly StandardPublished Standard = new(new("s1"), "人口数据交换规范", InterfaceMode.Api, "2024", "示信办〔2024〕3号");

    public static ExistingSystem Existing(string code, string name, params SystemInterface[] interfaces) => new()
    {
        Id = new(code),
        Content = new() { Name = name, Owner = Sample.Police, YearlyOperationCost = new(1m), Interfaces = [.. interfaces] },
    };

    public static InterfaceScene Scene(params Proposal[] proposals) => Scene(InterfaceCatalogue.Empty, [], proposals);

    public static InterfaceScene Scene(InterfaceCatalogue catalogue, ImmutableArray<ExistingSystem> systems, params Proposal[] proposals) =>
        InterfaceScene.Of(proposals.Select(Declarant.Of), catalogue, systems);

    /// <summary>The conflicts of a scene in short: kind, subject, parties, and whether open.</summary>
    public static string[] Conflicts(this InterfaceScene scene) =>
        [.. InterfaceConflicts.Find(scene).Select(f => $"{f.Conflict.Kind} {f.Conflict.Subject} [{string.Join(' ', f.Conflict.Parties.Select(p => p.Id))}]{(f.Open ? "" : " resolved")}")];

    public static string[] Open(this InterfaceScene scene) => [.. scene.Conflicts().Where(c => !c.EndsWith(" resolved", StringComparison.Ordinal))];
}
