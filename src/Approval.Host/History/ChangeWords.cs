using System.Collections;
using Approval.Committee;
using Approval.Intake;
using Approval.Pages;

namespace Approval.History;

/// <summary>Says in words what was and what is.</summary>
public static class ChangeWords
{
    const int Longest = 120;

    /// <summary>A value of a timeline's change in the reader's language; long texts are cut.</summary>
    public static string Say(this Reader reader, object? value, Names names) => value switch
    {
        null => "—",
        Money m => reader.Sum(m),
        Enum e => reader.Say(e),
        DateOnly d => reader.Day(d),
        UnitId u => names.Of(u),
        PersonId p => names.Of(p),
        BatchId b => names.Titles.GetValueOrDefault(b.Value, b.Value),
        ProposalId p => names.Titles.GetValueOrDefault(p.Value, p.Value),
        BudgetLine b => Joined(reader.Say(b.Kind), reader.Sum(b.Amount), b.Note),
        ExistingSystemUse s => Joined(reader.Say(s.Relation), s.Name),
        ResourceEntry r => Joined(r.Name, reader.Say(r.Sharing), r.LegalBasis),
        InterfaceDeclaration i => Joined(reader.Say(i.Direction), i.Data, i.CounterpartSystem, reader.Say(i.Mode), reader.Say(i.Frequency), reader.Say(i.Network)),
        Attachment a => a.Name,
        Tally t => reader.T($"赞成 {t.For}，反对 {t.Against}，弃权 {t.Abstained}（应到 {t.Entitled}，出席 {t.Present}，回避 {t.Recused}）",
            $"{t.For} for, {t.Against} against, {t.Abstained} abstained ({t.Entitled} entitled, {t.Present} present, {t.Recused} recused)"),
        string s => s.Length > Longest ? $"{s[..Longest]}…" : s,
        IEnumerable many => string.Join(reader.T("；", "; "), many.Cast<object?>().Select(v => reader.Say(v, names))),
        _ => $"{value}",
    };

    static string Joined(params string?[] parts) => string.Join(' ', parts.Where(p => !string.IsNullOrEmpty(p)));
}
