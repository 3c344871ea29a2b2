using System.Globalization;

namespace Approval;

/// <summary>Why a command was refused, in the sense of the answer given over HTTP.</summary>
public enum RefusalSort
{
    /// <summary>The input is malformed or fails the form check (400).</summary>
    Form,

    /// <summary>The person may not do this (403).</summary>
    Authority,

    /// <summary>There is no such thing, or the person may not see it (404).</summary>
    Unknown,

    /// <summary>A rule or the present state forbids it (409).</summary>
    Rule,
}

/// <summary>A kind of refusal: a stable code with a message in both languages. Messages may hold <c>{0}</c>, <c>{1}</c> … for the data of the case.</summary>
/// <param name="Code">Stable, kebab-case, unique in the product.</param>
/// <param name="Sort">What sort of refusal it is.</param>
/// <param name="Chinese">The message in Chinese.</param>
/// <param name="English">The message in English.</param>
public sealed record RefusalKind(string Code, RefusalSort Sort, string Chinese, string English)
{
    /// <summary>The refusal of one case.</summary>
    /// <param name="data">What the message's places are filled with.</param>
    public Refusal With(params object[] data) => new(this, null, data);

    /// <summary>The refusal of one field of the input.</summary>
    /// <param name="field">The field, as a path into the command: <c>content.budget[2].amount</c>.</param>
    /// <param name="data">What the message's places are filled with.</param>
    public Refusal At(string field, params object[] data) => new(this, field, data);
}

/// <summary>A command refused: the kind, the field if it is about one, and the data of the case.</summary>
/// <param name="Kind">The kind, with code and messages.</param>
/// <param name="Field">The field concerned, or null.</param>
/// <param name="Data">The data of the case.</param>
public sealed record Refusal(RefusalKind Kind, string? Field, IReadOnlyList<object> Data)
{
    /// <summary>The stable code.</summary>
    public string Code => Kind.Code;

    /// <summary>The message in the language asked for.</summary>
    public string Message(bool chinese) =>
        string.Format(CultureInfo.InvariantCulture, chinese ? Kind.Chinese : Kind.English, [.. Data.Select(d => Words.Say(d, chinese))]);
}
