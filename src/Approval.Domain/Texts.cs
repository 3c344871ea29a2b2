namespace Approval;

/// <summary>What every text that a person writes must satisfy, whatever the command.</summary>
public static class Texts
{
    /// <summary>The longest name or title, in characters.</summary>
    public const int Name = 200;

    /// <summary>The longest reason or remark, in characters.</summary>
    public const int Remark = 2000;

    /// <summary>The text is missing or blank.</summary>
    public static readonly RefusalKind Required = new("text-required", RefusalSort.Form, "此项必填。", "This must not be empty.");

    /// <summary>The text is too long.</summary>
    public static readonly RefusalKind TooLong = new("text-too-long", RefusalSort.Form, "不得超过 {0} 个字符。", "At most {0} characters are allowed.");

    /// <summary>The text holds control characters other than line breaks and tabs.</summary>
    public static readonly RefusalKind ControlCharacters = new("control-characters", RefusalSort.Form, "不得含有控制字符。", "Control characters are not allowed.");

    /// <summary>What is wrong with a text; empty if nothing is.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters allowed.</param>
    /// <param name="required">Whether it must say something.</param>
    public static IEnumerable<Refusal> Check(string field, string? text, int longest, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required) yield return Required.At(field);
            yield break;
        }

        if (text.Length > longest) yield return TooLong.At(field, longest);
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) yield return ControlCharacters.At(field);
    }

    /// <summary>What is wrong with a name or title, by which people tell things apart; empty if nothing is.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="name">The name, of at most <see cref="Name"/> characters.</param>
    /// <param name="required">Whether there must be one.</param>
    public static IEnumerable<Refusal> CheckName(string field, string? name, bool required = true) =>
        name is { Length: <= Name } && LookAlikes.In(field, name) is { } disguised ? Check(field, name, Name, required).Append(disguised) : Check(field, name, Name, required);
}
