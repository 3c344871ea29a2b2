using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Approval.Evidence;

namespace Approval.Issuance;

/// <summary>The printable approval: one A4 document without any script; its style is a file of its own.</summary>
static class ApprovalPrint
{
    public const string StylePath = "/api/approvals/print.css";

    public const string Style = """
        @page { size: A4; margin: 37mm 26mm 35mm 28mm; }
        body { font: 16pt/28pt FangSong, "FangSong_GB2312", STFangsong, "Noto Serif CJK SC", serif; max-width: 156mm; margin: 2em auto; color: #000; }
        h1 { font: bold 22pt/34pt SimSun, "Noto Serif CJK SC", serif; text-align: center; }
        .number { text-align: center; }
        table { width: 100%; border-collapse: collapse; margin: 1em 0; font-size: 14pt; line-height: 22pt; }
        th, td { border: 1px solid #000; padding: 2mm 3mm; text-align: left; vertical-align: top; }
        th { width: 30%; font-weight: normal; }
        .amount { font-variant-numeric: tabular-nums; }
        .sign { text-align: right; margin-top: 3em; }
        .trace { font: 9pt/13pt monospace; overflow-wrap: anywhere; margin-top: 3em; border-top: 1px solid #999; }
        .qr { width: 30mm; height: 30mm; }
        @media print { body { margin: 0; max-width: none; } tr, .sign { break-inside: avoid; } }
        """;

    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The document in Chinese.</summary>
    /// <param name="d">What it says.</param>
    /// <param name="unit">The unit's name.</param>
    public static string Html(ApprovalDocument d, string unit)
    {
        var html = new StringBuilder();
        html.Append($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(d.Number)} {Text(d.Title)}</title>
            <link rel="stylesheet" href="{StylePath}"></head>
            <body>
            <h1>关于“{Text(d.Title)}”项目的批复</h1>
            <p class="number">{Text(d.Number)}</p>
            <p>{Text(unit)}：</p>
            <p>你单位申报的“{Text(d.Title)}”项目（第 {d.Revision} 版），经 {Day(d.HeldOn)} CIO委员会会议审议通过，现批复如下：</p>
            <table>

            """);
        Row("建设性质", Words.Of(d.Category, chinese: true));
        Row("建设内容", d.Construction);
        Row("申报金额", Yuan(d.Requested));
        if (d.Recommended is { } recommended) Row("专家建议金额", Yuan(recommended));
        Row("批准金额", Yuan(d.Approved));
        if (d.Absorbed.Length > 0) Row("并入项目", string.Join("；", d.Absorbed));
        if (d.Promises.Length > 0) Row("承诺共享的信息资源", string.Join("；", d.Promises));
        html.Append("</table>\n");
        if (d.Conditions.Length > 0)
        {
            html.Append("<p>批复条件：</p>\n<ol>\n");
            foreach (var condition in d.Conditions) html.Append("<li>").Append(Text(condition)).Append("</li>\n");
            html.Append("</ol>\n");
        }

        html.Append($"""
            <p class="sign">{Day(d.IssuedOn)}</p>
            <p class="trace">项目 {Text(d.Proposal.Value)} · 审批办法第 {d.Policy.Version} 版 · SHA-256 {d.Sha256}</p>
            {Code(d.Proposal, d.Sha256)}
            </body>
            </html>

            """);
        return html.ToString();

        void Row(string name, string value) => html.Append($"<tr><th>{name}</th><td>{Text(value).Replace("\n", "<br>")}</td></tr>\n");
    }

    /// <summary>The digest for a camera: <c>approval PROPOSAL sha-256 DIGEST</c>, as an image without script.</summary>
    public static string Code(ProposalId proposal, string sha256) => QrCode.Of($"approval {proposal.Value} sha-256 {sha256}").Svg("批复摘要二维码");

    static string Text(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Encoder.Encode(line)));

    static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    static string Yuan(Money money) => $"{money.Yuan:#,##0.00} 元";
}
