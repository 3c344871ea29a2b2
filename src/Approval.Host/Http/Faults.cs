namespace Approval.Http;

/// <summary>The refusals that belong to the way of asking, not to a stage.</summary>
public static class Faults
{
    /// <summary>There is no such thing, or the person may not see it.</summary>
    public static readonly RefusalKind Unknown = new("unknown", RefusalSort.Unknown, "未找到，或您无权查看。", "There is no such thing, or you may not see it.");

    /// <summary>The person's roles do not carry this.</summary>
    public static readonly RefusalKind Forbidden = new("forbidden", RefusalSort.Authority, "您无权执行此操作。", "You may not do this.");

    /// <summary>Not signed in.</summary>
    public static readonly RefusalKind Unauthenticated = new("unauthenticated", RefusalSort.Authority, "请先登录。", "Sign in first.");

    /// <summary>The body is not JSON.</summary>
    public static readonly RefusalKind MalformedJson = new("malformed-json", RefusalSort.Form, "请求体不是有效的 JSON：{0}", "The body is not valid JSON: {0}");

    /// <summary>A member that the command does not have.</summary>
    public static readonly RefusalKind UnknownField = new("unknown-field", RefusalSort.Form, "没有此字段。", "There is no such field.");

    /// <summary>A member given twice.</summary>
    public static readonly RefusalKind DuplicateField = new("duplicate-field", RefusalSort.Form, "字段重复。", "The field is given twice.");

    /// <summary>A member missing or null.</summary>
    public static readonly RefusalKind RequiredField = new("required-field", RefusalSort.Form, "此字段必填。", "The field is required.");

    /// <summary>A member of another type or form.</summary>
    public static readonly RefusalKind WrongType = new("wrong-type", RefusalSort.Form, "字段类型或格式不正确，应为{0}。", "The field is of the wrong type or form: {0} is expected.");

    /// <summary>A number beyond what the engine takes.</summary>
    public static readonly RefusalKind OutOfRange = new("out-of-range", RefusalSort.Form, "数值超出允许范围。", "The number is beyond the range.");

    /// <summary>Money that is negative, too large or finer than a fen.</summary>
    public static readonly RefusalKind InvalidAmount = new("invalid-amount", RefusalSort.Form, "金额须为非负数，最多两位小数，且不超过 9,999,999,999,999.99 元。", "An amount is not negative, has at most two digits after the point and does not exceed 9,999,999,999,999.99 yuan.");

    /// <summary>Text with a control character other than line feed and tab, or half a character.</summary>
    public static readonly RefusalKind ControlCharacter = new("control-character", RefusalSort.Form, "文本含有控制字符或不完整的字符。", "The text holds a control character or half a character.");

    /// <summary>JSON nested too deep.</summary>
    public static readonly RefusalKind TooDeep = new("too-deep", RefusalSort.Form, "JSON 嵌套超过 {0} 层。", "The JSON is nested deeper than {0} levels.");

    /// <summary>A body beyond the limit.</summary>
    public static readonly RefusalKind TooLarge = new("too-large", RefusalSort.Form, "请求体超过允许的大小。", "The body is larger than allowed.");

    /// <summary>A body of another media type.</summary>
    public static readonly RefusalKind UnsupportedMediaType = new("unsupported-media-type", RefusalSort.Form, "请求体须为 {0}。", "The body must be {0}.");

    /// <summary>A query parameter that cannot be read.</summary>
    public static readonly RefusalKind InvalidParameter = new("invalid-parameter", RefusalSort.Form, "查询参数不正确，应为{0}。", "The query parameter is not valid: {0} is expected.");

    /// <summary>A query parameter that the operation does not take.</summary>
    public static readonly RefusalKind UnknownParameter = new("unknown-parameter", RefusalSort.Form, "没有此查询参数。", "There is no such query parameter.");

    /// <summary>A header that cannot be read.</summary>
    public static readonly RefusalKind InvalidHeader = new("invalid-header", RefusalSort.Form, "请求头不正确，应为{0}。", "The header is not valid: {0} is expected.");

    /// <summary>The stream is not at the version named by If-Match.</summary>
    public static readonly RefusalKind VersionMoved = new("version-moved", RefusalSort.Rule, "内容已被他人更改（当前版本 {0}），请刷新后重试。", "Somebody has changed it meanwhile (it is at version {0}): look again and repeat.");

    /// <summary>A decision without If-Match.</summary>
    public static readonly RefusalKind IfMatchRequired = new("if-match-required", RefusalSort.Form, "此决定须携带 If-Match，说明所依据的版本。", "This decision needs If-Match, the version that it rests on.");

    /// <summary>The key was used for another request.</summary>
    public static readonly RefusalKind KeyReused = new("idempotency-key-reused", RefusalSort.Rule, "该 Idempotency-Key 已用于另一请求。", "The Idempotency-Key was used for another request.");

    /// <summary>What is to be made is there.</summary>
    public static readonly RefusalKind Exists = new("exists-already", RefusalSort.Rule, "已存在。", "It exists already.");

    /// <summary>Too many writers at the same moment.</summary>
    public static readonly RefusalKind Contended = new("contended", RefusalSort.Rule, "同时操作的人过多，请稍后重试。", "Too many are writing at this moment: try again shortly.");

    /// <summary>The method is not one of the address.</summary>
    public static readonly RefusalKind MethodNotAllowed = new("method-not-allowed", RefusalSort.Form, "此地址不支持该方法。", "The address does not take this method.");

    /// <summary>Some other malformed request.</summary>
    public static readonly RefusalKind BadRequest = new("bad-request", RefusalSort.Form, "请求格式不正确。", "The request is malformed.");

    /// <summary>Too many requests of one person.</summary>
    public static readonly RefusalKind TooManyRequests = new("too-many-requests", RefusalSort.Rule, "请求过于频繁，请稍后重试。", "Too many requests: try again shortly.");

    /// <summary>The database is away.</summary>
    public static readonly RefusalKind DatabaseAway = new("database-away", RefusalSort.Rule, "数据库暂不可用，请稍后重试。", "The database is away: try again shortly.");

    /// <summary>What is asked is being built anew after an upgrade.</summary>
    public static readonly RefusalKind BeingBuilt = new("being-built", RefusalSort.Rule, "系统升级后正在重建此数据，请稍后重试。", "This is being built anew after an upgrade: try again shortly.");

    /// <summary>The identity provider's keys cannot be had.</summary>
    public static readonly RefusalKind ProviderAway = new("identity-provider-away", RefusalSort.Rule, "身份认证服务暂不可用，请稍后重试。", "The identity provider is away: try again shortly.");

    /// <summary>A defect.</summary>
    public static readonly RefusalKind Defect = new("internal-error", RefusalSort.Rule, "系统内部错误，已记录（{0}）。", "An internal error; it has been logged ({0}).");

    /// <summary>The HTTP status of a refusal.</summary>
    public static int StatusOf(RefusalKind kind) =>
        kind == Unauthenticated ? StatusCodes.Status401Unauthorized
        : kind == VersionMoved ? StatusCodes.Status412PreconditionFailed
        : kind == IfMatchRequired ? StatusCodes.Status428PreconditionRequired
        : kind == TooLarge ? StatusCodes.Status413PayloadTooLarge
        : kind == UnsupportedMediaType ? StatusCodes.Status415UnsupportedMediaType
        : kind == MethodNotAllowed ? StatusCodes.Status405MethodNotAllowed
        : kind == TooManyRequests ? StatusCodes.Status429TooManyRequests
        : kind == DatabaseAway || kind == BeingBuilt || kind == Contended || kind == ProviderAway ? StatusCodes.Status503ServiceUnavailable
        : kind == Defect ? StatusCodes.Status500InternalServerError
        : kind.Sort switch
        {
            RefusalSort.Form => StatusCodes.Status400BadRequest,
            RefusalSort.Authority => StatusCodes.Status403Forbidden,
            RefusalSort.Unknown => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status409Conflict,
        };
}
