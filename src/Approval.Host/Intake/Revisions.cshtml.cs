using Approval.EventStore;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Intake;

/// <summary>Two revisions of a proposal side by side.</summary>
public sealed class RevisionsModel(Queries queries, Store store, Reader reader) : PageModel
{
    /// <summary>A line of the comparison.</summary>
    /// <param name="Part">What it is about.</param>
    /// <param name="Before">What the older revision says.</param>
    /// <param name="After">What the newer one says.</param>
    public sealed record Line(string Part, string Before, string After);

    /// <summary>The proposal's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>All revisions.</summary>
    public IReadOnlyList<RevisionAnswer> All { get; private set; } = [];

    /// <summary>The older one.</summary>
    public RevisionAnswer From { get; private set; } = null!;

    /// <summary>The newer one.</summary>
    public RevisionAnswer To { get; private set; } = null!;

    /// <summary>What differs.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        (Id, Names) = (id, await HttpContext.Names());
        All = await IntakeEndpoints.Revisions(HttpContext, id, queries, store);
        To = Of(HttpContext.Number("to", 1, 100_000) ?? All.Count);
        From = Of(HttpContext.Number("from", 1, 100_000) ?? Math.Max(1, To.Revision - 1));
        Lines = [.. Compare(From.Content, To.Content).Where(l => l.Before != l.After)];
    }

    RevisionAnswer Of(int number) => All.FirstOrDefault(r => r.Revision == number) ?? throw new NotFoundException(new ProposalId(Id).Stream);

    IEnumerable<Line> Compare(ProposalContent a, ProposalContent b)
    {
        yield return new(reader.T("名称", "Title"), a.Title, b.Title);
        yield return new(reader.T("建设性质", "Category"), reader.Say(a.Category), reader.Say(b.Category));
        yield return new(reader.T("建设目标", "Objective"), a.Objective, b.Objective);
        yield return new(reader.T("建设必要性", "Justification"), a.Justification, b.Justification);
        yield return new(reader.T("建设内容", "Content of construction"), a.Construction, b.Construction);
        yield return new(reader.T("计划开始", "Planned start"), reader.Day(a.Start), reader.Day(b.Start));
        yield return new(reader.T("计划完成", "Planned finish"), reader.Day(a.Finish), reader.Day(b.Finish));
        yield return new(reader.T("总投资", "Total"), reader.Exact(a.Total), reader.Exact(b.Total));
        yield return new(reader.T("等级保护", "Protection level"), $"{a.ProtectionLevel}", $"{b.ProtectionLevel}");
        yield return new(reader.T("密码应用方案", "Cryptography plan"), a.CryptographyPlan ?? "", b.CryptographyPlan ?? "");
        foreach (var line in Lists(reader.T("概算", "Budget"), a.Budget, b.Budget, l => $"{reader.Say(l.Kind)} {l.Note} {reader.Exact(l.Amount)}")) yield return line;
        foreach (var line in Lists(reader.T("信息资源", "Resource"), a.Resources, b.Resources, r => $"{r.Name} · {r.Provider} · {reader.Say(r.Sharing)} {r.LegalBasis}")) yield return line;
        foreach (var line in Lists(reader.T("接口", "Interface"), a.Interfaces, b.Interfaces, i => $"{reader.Say(i.Direction)} {i.Data} · {i.CounterpartSystem} {i.CounterpartUnit} · {reader.Say(i.Mode)} · {reader.Say(i.Frequency)} · {reader.Say(i.Network)}")) yield return line;
        foreach (var line in Lists(reader.T("现有系统", "Existing system"), a.Systems, b.Systems, s => $"{s.Name} · {reader.Say(s.Relation)}")) yield return line;
        foreach (var line in Lists(reader.T("附件", "Attachment"), a.Attachments, b.Attachments, f => f.Name)) yield return line;
    }

    static IEnumerable<Line> Lists<T>(string part, IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, string> say) =>
        Enumerable.Range(0, Math.Max(a.Count, b.Count)).Select(i => new Line($"{part} {i + 1}", i < a.Count ? say(a[i]) : "", i < b.Count ? say(b[i]) : ""));
}
