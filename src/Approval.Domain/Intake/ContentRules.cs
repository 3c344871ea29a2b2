using System.Collections.Immutable;

namespace Approval.Intake;

/// <summary>What any content must satisfy to be kept at all, finished or not: lengths, ranges, and files that exist. The form check asks for more.</summary>
public static class ContentRules
{
    /// <summary>The longest of the long texts, in characters.</summary>
    public const int LongText = 20_000;

    /// <summary>The most budget lines, systems, resources, interfaces or attachments, each.</summary>
    public const int Lines = 300;

    /// <summary>The largest attachment, in bytes: 50 MiB.</summary>
    public const long AttachmentBytes = 50L * 1024 * 1024;

    /// <summary>A list holds more than the engine takes.</summary>
    public static readonly RefusalKind TooMany = new("too-many-lines", RefusalSort.Form, "最多 {0} 项。", "At most {0} lines are allowed.");

    /// <summary>A list holds an empty place.</summary>
    public static readonly RefusalKind LineMissing = new("line-missing", RefusalSort.Form, "此行为空。", "This line is empty.");

    /// <summary>An amount is negative.</summary>
    public static readonly RefusalKind NegativeAmount = new("negative-amount", RefusalSort.Form, "金额不得为负。", "An amount must not be negative.");

    /// <summary>A protection level is not 1 to 4 (0: not yet said).</summary>
    public static readonly RefusalKind ProtectionLevelUnknown = new("protection-level-unknown", RefusalSort.Form,
        "等级保护级别须为 1 至 4。", "The protection level is 1 to 4.");

    /// <summary>A date lies outside the years that the engine takes.</summary>
    public static readonly RefusalKind DateImplausible = new("date-implausible", RefusalSort.Form, "日期须在 2000 年至 2100 年之间。", "The date must lie between the years 2000 and 2100.");

    /// <summary>Two interface lines bear the same number, or one less than 1.</summary>
    public static readonly RefusalKind InterfaceLineNumber = new("interface-line-number", RefusalSort.Form,
        "接口行号须为正整数且不重复。", "Interface line numbers are positive and differ.");

    /// <summary>An attachment's hash, length or name cannot be one.</summary>
    public static readonly RefusalKind AttachmentMalformed = new("attachment-malformed", RefusalSort.Form,
        "附件信息不正确。", "The attachment's name, length or hash is malformed.");

    /// <summary>An attachment's bytes were not uploaded.</summary>
    public static readonly RefusalKind AttachmentNotStored = new("attachment-not-stored", RefusalSort.Form,
        "附件尚未上传。", "The attachment's bytes have not been uploaded.");

    /// <summary>Everything wrong with the content; empty if it can be kept.</summary>
    /// <param name="content">The content.</param>
    /// <param name="stored">The hashes, among those it names, of bytes that are stored.</param>
    public static IReadOnlyList<Refusal> Check(ProposalContent content, IReadOnlySet<string> stored) =>
    [
        .. Texts.CheckName("content.title", content.Title),
        .. Texts.Check("content.objective", content.Objective, LongText, required: false),
        .. Texts.Check("content.justification", content.Justification, LongText, required: false),
        .. Texts.Check("content.construction", content.Construction, LongText, required: false),
        .. Texts.Check("content.cryptographyPlan", content.CryptographyPlan, LongText, required: false),
        .. Each("content.budget", content.Budget, (at, l) =>
        [
            .. If(l.Amount < Money.Zero, NegativeAmount.At($"{at}.amount")),
            .. Texts.Check($"{at}.note", l.Note, Texts.Name, required: false),
        ]),
        .. If(content.Total < Money.Zero, NegativeAmount.At("content.total")),
        .. If(content.Start is { } start && !Plausible(start), DateImplausible.At("content.start")),
        .. If(content.Finish is { } finish && !Plausible(finish), DateImplausible.At("content.finish")),
        .. Each("content.systems", content.Systems, (at, s) => Texts.CheckName($"{at}.name", s.Name)),
        .. Each("content.resources", content.Resources, (at, r) =>
        [
            .. Texts.CheckName($"{at}.name", r.Name),
            .. Texts.CheckName($"{at}.provider", r.Provider),
            .. Texts.Check($"{at}.legalBasis", r.LegalBasis, Texts.Remark, required: false),
        ]),
        .. Each("content.interfaces", content.Interfaces, (at, i) =>
        [
            .. If(i.Line < 1 || content.Interfaces.Count(other => other?.Line == i.Line) > 1, InterfaceLineNumber.At($"{at}.line")),
            .. Texts.CheckName($"{at}.data", i.Data),
            .. Texts.CheckName($"{at}.counterpartSystem", i.CounterpartSystem),
            .. Texts.CheckName($"{at}.counterpartUnit", i.CounterpartUnit, required: false),
        ]),
        .. If(content.ProtectionLevel is < 0 or > 4, ProtectionLevelUnknown.At("content.protectionLevel")),
        .. Each("content.attachments", content.Attachments, (at, a) =>
            !WellFormed(a) ? [AttachmentMalformed.At(at)]
            : !stored.Contains(a.Sha256) ? [AttachmentNotStored.At($"{at}.sha256")]
            : []),
    ];

    /// <summary>Whether a text is a SHA-256 in lower-case hex.</summary>
    public static bool IsSha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    static bool WellFormed(Attachment a) =>
        !Texts.CheckName("name", a.Name).Any() && a.Name.IndexOfAny(['/', '\\', '\n', '\r']) < 0
        && a.MediaType is { Length: > 2 and <= 100 } && a.MediaType.All(c => c is > ' ' and < '\u007f') && a.MediaType.Contains('/')
        && a.Length is > 0 and <= AttachmentBytes
        && IsSha256(a.Sha256);

    static bool Plausible(DateOnly date) => date.Year is >= 2000 and <= 2100;

    static IEnumerable<Refusal> Each<T>(string field, ImmutableArray<T> lines, Func<string, T, IEnumerable<Refusal>> check) where T : class? =>
        lines.Length > Lines ? [TooMany.At(field, Lines)]
        : lines.SelectMany((line, n) => line is null ? [LineMissing.At($"{field}[{n}]")] : check($"{field}[{n}]", line));

    static IEnumerable<Refusal> If(bool wrong, Refusal refusal) => wrong ? [refusal] : [];
}
