using System.Text;

namespace Approval.Committee;

/// <summary>The minutes (会议纪要) of a meeting: a text made from what was recorded, and from nothing else.</summary>
public static class Minutes
{
    /// <summary>The minutes in Chinese.</summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="name">How a person is called; the directory's display name where it has one.</param>
    /// <param name="unit">How a unit is called.</param>
    public static string Of(Meeting meeting, Func<PersonId, string> name, Func<UnitId, string> unit)
    {
        var text = new StringBuilder();
        text.Append($"会议日期：{meeting.Date:yyyy-MM-dd}\n地点：{meeting.Place}\n主持人：{name(meeting.Chair)}\n");
        if (meeting.Extraordinary is { } reason) text.Append($"临时会议事由：{reason}\n");
        var attended = meeting.Entitled.Where(m => meeting.AttendedBy(m.Person)).ToList();
        text.Append($"应到委员：{meeting.Entitled.Length} 人\n");
        text.Append($"实到委员：{attended.Count} 人 {List(attended)}\n");
        text.Append($"缺席委员：{List(meeting.Entitled.Except(attended))}\n");
        foreach (var item in meeting.Items.Values) Item(item);
        if (meeting.Remarks is { } remarks) text.Append($"\n备注：{remarks}\n");
        return text.ToString();

        void Item(AgendaItem item)
        {
            text.Append($"\n议题 {item.Number}：{item.Title}（{unit(item.Unit)}）\n");
            foreach (var recused in item.Recused) text.Append($"  回避：{name(recused.Member)}，{Words.Of(recused.Ground, chinese: true)}{(recused.Reason is { } why ? $"，{why}" : "")}\n");
            if (item.Resolved is not { } resolved)
            {
                text.Append("  未作决议\n");
                return;
            }

            var t = resolved.Tally;
            text.Append($"  表决：在场且不回避 {t.Present} 人，赞成 {t.For}，反对 {t.Against}，弃权 {t.Abstained}\n");
            text.Append($"  决议：{Words.Of(resolved.Resolution, chinese: true)}{(resolved.Amount is { } amount ? $"，{amount} 元" : "")}\n");
            foreach (var (condition, n) in resolved.Conditions.Select((c, i) => (c, i + 1))) text.Append($"  条件 {n}：{condition}\n");
            if (resolved.Reason is { } because) text.Append($"  理由：{because}\n");
        }

        string List(IEnumerable<EntitledMember> members) =>
            string.Join("、", members.Select(m => $"{name(m.Person)}（{unit(m.Unit)}）")) is { Length: > 0 } list ? list : "无";
    }
}
