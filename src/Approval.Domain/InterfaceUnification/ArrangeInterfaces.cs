using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>How the office arranges one interface line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Kind">How.</param>
/// <param name="Interface">The published interface to reuse, or the published standard to adopt; otherwise none.</param>
/// <param name="Mode">With <see cref="ArrangementKind.PublishNew"/>: how the data is to pass, if not as declared.</param>
/// <param name="Reason">Why; needed for a waiver.</param>
public sealed record Arrangement(LineId Line, ArrangementKind Kind, InterfaceId? Interface = null, InterfaceMode? Mode = null, string? Reason = null);

/// <summary>The office arranges interface lines of a project. Each line is judged by itself: a line refused does not hold up the others.</summary>
/// <param name="Items">The arrangements.</param>
public sealed record ArrangeInterfaces(ImmutableArray<Arrangement> Items)
{
    /// <summary>The most lines in one command.</summary>
    public const int Most = 500;

    /// <summary>Nothing, too much, or one line twice.</summary>
    public static readonly RefusalKind BadList = new("arrangements-malformed", RefusalSort.Form,
        "一次须安排1至{0}条接口，且不得重复。", "One to {0} lines are arranged at a time, none of them twice.");

    /// <summary>The project declares no such line.</summary>
    public static readonly RefusalKind LineUnknown = new("interface-line-unknown", RefusalSort.Form,
        "项目没有申报这条接口。", "The project declares no such interface line.");

    /// <summary>This way of arranging needs, or does not take, a catalogue entry.</summary>
    public static readonly RefusalKind EntryMismatch = new("arrangement-entry-mismatch", RefusalSort.Form,
        "复用接口或采用标准须指明目录条目，其他方式不得指明。", "Reuse and adoption name a catalogue entry; the other ways name none.");

    /// <summary>Only a newly published interface may get another mode.</summary>
    public static readonly RefusalKind ModeMismatch = new("arrangement-mode-mismatch", RefusalSort.Form,
        "只有新发布接口可以另定接口方式。", "Only a newly published interface may be given another mode.");

    /// <summary>Nobody is there to publish what the line takes.</summary>
    public static readonly RefusalKind NobodyPublishes = new("nobody-publishes", RefusalSort.Rule,
        "没有单位提供“{0}”，不能安排新发布接口。", "Nobody provides \"{0}\", so no new interface can be published for it.");

    /// <summary>A private network must be left.</summary>
    public static readonly RefusalKind PrivateNetwork = new("private-network-stays", RefusalSort.Rule,
        "不得自建专网：须复用已有接口、经共享交换平台或不作安排。", "No network of its own: reuse an interface, go through the exchange platform, or waive the line.");

    /// <summary>Decides on all lines together; the answer for each line is in <see cref="Judge"/>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="scene">What it is judged against.</param>
    /// <param name="on">Who and when.</param>
    /// <returns>The events of the lines that could be arranged; the refusals only if none could.</returns>
    public static Decision Decide(ArrangeInterfaces command, Proposal proposal, InterfaceScene scene, Occasion on)
    {
        if (UnificationRules.Check(nameof(ArrangeInterfaces), on.By, proposal) is { } no) return no;
        if (command.Items.Length is < 1 or > Most || command.Items.Select(i => i.Line).Distinct().Count() < command.Items.Length) return BadList.At("items", Most);

        var judged = Judge(command, proposal, scene);
        return judged.All(j => j.Refusal is not null)
            ? Decision.Refuse([.. judged.Select(j => j.Refusal!)])
            : Decision.Of(proposal.Id.Stream, judged.Select(j => j.Arranged).OfType<InterfaceArranged>().Where(a => proposal.Interfaces.Arranged.GetValueOrDefault(a.Line) != a));
    }

    /// <summary>Each item's own answer, in the order asked: how the line is arranged, or why it is not.</summary>
    public static ImmutableArray<(InterfaceArranged? Arranged, Refusal? Refusal)> Judge(ArrangeInterfaces command, Proposal proposal, InterfaceScene scene)
    {
        var now = scene.With(proposal);
        var project = now.Of(proposal.Id)!;
        var offers = new InterfaceOffers(now);
        return [.. command.Items.Select((item, i) => JudgeOne(item, $"items[{i}]"))];

        (InterfaceArranged?, Refusal?) JudgeOne(Arrangement item, string at)
        {
            if (project.Lines.FirstOrDefault(l => l.Id == item.Line) is not { } line) return (null, LineUnknown.At($"{at}.line"));
            if (Wrong(item, line, at) is { } wrong) return (null, wrong);
            var mode = item.Mode ?? (item.Interface is { } entry ? now.Catalogue.Of(entry)!.Mode : line.Declaration.Mode);
            return (new(item.Line, line.Declaration, item.Kind, item.Interface, mode, item.Reason, proposal.Policy!.Value), null);
        }

        Refusal? Wrong(Arrangement item, InterfaceLine line, string at)
        {
            var needsEntry = item.Kind is ArrangementKind.Reuse or ArrangementKind.AdoptStandard;
            if (needsEntry != item.Interface is not null) return EntryMismatch.At($"{at}.interface");
            if (item.Mode is not null && item.Kind != ArrangementKind.PublishNew) return ModeMismatch.At($"{at}.mode");
            if (Texts.Check($"{at}.reason", item.Reason, Texts.Remark, item.Kind == ArrangementKind.Waive).FirstOrDefault() is { } text) return text;
            return item.Kind switch
            {
                ArrangementKind.Reuse => CatalogueRules.Interface(now.Catalogue, item.Interface!.Value, $"{at}.interface"),
                ArrangementKind.AdoptStandard => CatalogueRules.Standard(now.Catalogue, item.Interface!.Value, $"{at}.interface") ?? OwnNetwork(line, at),
                ArrangementKind.PublishNew when line.Declaration.Direction == InterfaceDirection.Consume && offers.SuppliersOf(project, line).IsEmpty =>
                    NobodyPublishes.At($"{at}.kind", line.Declaration.Data),
                ArrangementKind.PublishNew => OwnNetwork(line, at),
                _ => null,
            };
        }

        static Refusal? OwnNetwork(InterfaceLine line, string at) =>
            line.Declaration.Network == Network.Private ? PrivateNetwork.At($"{at}.kind") : null;
    }
}
