using System.Diagnostics;
using System.Net.Sockets;
using Approval.EventStore;
using Npgsql;

namespace Approval.Http;

/// <summary>One failure of several.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Field">The field concerned, as a path; null if it is about none.</param>
/// <param name="Message">What is wrong, in the caller's language.</param>
public sealed record ProblemError(string Code, string? Field, string Message);

/// <summary>A failure as RFC 9457 describes it.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says it.</param>
/// <param name="Title">The failure in few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The failure of this case.</param>
/// <param name="Instance">The address asked for.</param>
/// <param name="Code">The stable code; <c>several</c> when the failures have different ones.</param>
/// <param name="Errors">Every failure.</param>
/// <param name="TraceId">By which the operator finds it.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, string Code, IReadOnlyList<ProblemError> Errors, string? TraceId);

/// <summary>Ends a request with refusals, where a value cannot be returned: in reading the request and in queries.</summary>
public sealed class ProblemException(params IReadOnlyList<Refusal> refusals) : Exception(string.Join(", ", refusals.Select(r => r.Code)))
{
    /// <summary>Why.</summary>
    public IReadOnlyList<Refusal> Refusals { get; } = refusals;
}

/// <summary>Turns every failure into a problem, in this one place.</summary>
public static partial class Problems
{
    /// <summary>The code given when a request fails for several reasons of different codes.</summary>
    public const string Several = "several";

    /// <summary>The problem that refusals come to.</summary>
    public static IResult Of(HttpContext http, IReadOnlyList<Refusal> refusals)
    {
        Telemetry.Refused(refusals);
        var chinese = SpeaksChinese(http);
        var status = Weightiest(refusals);
        var errors = refusals.Select(r => new ProblemError(r.Code, r.Field is "" ? null : r.Field, r.Message(chinese))).ToList();
        var codes = errors.Select(e => e.Code).Distinct().ToList();
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = "1";
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentLanguage = chinese ? "zh-CN" : "en";
        return Results.Json(
            new Problem(
                "about:blank", Title(status, chinese), status, string.Join(chinese ? "" : " ", errors.Select(e => e.Message).Distinct()), http.Request.Path,
                codes.Count == 1 ? codes[0] : Several, errors, Activity.Current?.TraceId.ToString()),
            Json.Answers, "application/problem+json", status);
    }

    /// <summary>The problem of one refusal.</summary>
    public static IResult Of(HttpContext http, Refusal refusal) => Of(http, [refusal]);

    /// <summary>Answers every exception and every empty failure with a problem.</summary>
    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Approval.Http.Problems");
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
                if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                    await Of(http, OfStatus(http.Response.StatusCode)).ExecuteAsync(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody is there to be answered.
            }
            catch (Exception e) when (!http.Response.HasStarted)
            {
                var refusals = OfException(e);
                if (refusals[0].Kind == Faults.Defect) Failed(log, http.Request.Method, http.Request.Path, e);
                http.Response.Clear();
                await Of(http, refusals).ExecuteAsync(http);
            }
        });
    }

    /// <summary>Whether the caller reads Chinese rather than English; Chinese unless English is asked for.</summary>
    public static bool SpeaksChinese(HttpContext http)
    {
        var languages = http.Request.GetTypedHeaders().AcceptLanguage;
        foreach (var language in languages.OrderByDescending(l => l.Quality ?? 1))
        {
            if (language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || language.Value == "*") return true;
            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    static IReadOnlyList<Refusal> OfException(Exception e) => e switch
    {
        ProblemException p => p.Refusals,
        NotFoundException => [Faults.Unknown.With()],
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => [Faults.TooLarge.With()],
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => [Faults.UnsupportedMediaType.With("application/json")],
        BadHttpRequestException => [Faults.BadRequest.With()],
        _ when IsDatabaseAway(e) => [Faults.DatabaseAway.With()],
        _ => [Faults.Defect.With(Activity.Current?.TraceId.ToString() ?? "-")],
    };

    /// <summary>The database cannot be reached, is starting, stopping or full; not: it was asked something wrong.</summary>
    public static bool IsDatabaseAway(Exception e) => e switch
    {
        PostgresException p => p.SqlState is ['5', '7', 'P', ..] or ['5', '3', ..] or ['0', '8', ..] or "25006",
        NpgsqlException n => n.IsTransient || n.InnerException is SocketException or IOException or TimeoutException,
        TimeoutException => true,
        _ => false,
    };

    static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Faults.Unauthenticated.With(),
        StatusCodes.Status403Forbidden => Faults.Forbidden.With(),
        StatusCodes.Status404NotFound => Faults.Unknown.With(),
        StatusCodes.Status405MethodNotAllowed => Faults.MethodNotAllowed.With(),
        StatusCodes.Status413PayloadTooLarge => Faults.TooLarge.With(),
        StatusCodes.Status415UnsupportedMediaType => Faults.UnsupportedMediaType.With("application/json"),
        StatusCodes.Status429TooManyRequests => Faults.TooManyRequests.With(),
        StatusCodes.Status503ServiceUnavailable => Faults.DatabaseAway.With(),
        < 500 => Faults.BadRequest.With(),
        _ => Faults.Defect.With("-"),
    };

    /// <summary>What is not there or may not be done outweighs how it was asked; how it was asked outweighs the rule.</summary>
    static int Weightiest(IReadOnlyList<Refusal> refusals) =>
        Faults.StatusOf(refusals.OrderBy(r => r.Kind.Sort switch
        {
            RefusalSort.Unknown => 0,
            RefusalSort.Authority => 1,
            RefusalSort.Form => 2,
            _ => 3,
        }).First().Kind);

    static string Title(int status, bool chinese) => (status, chinese) switch
    {
        (400, true) => "请求不符合要求",
        (400, false) => "The request is not acceptable",
        (401, true) => "未登录",
        (401, false) => "Not signed in",
        (403, true) => "无权操作",
        (403, false) => "Not allowed",
        (404, true) => "未找到",
        (404, false) => "Not found",
        (405, true) => "方法不支持",
        (405, false) => "Method not allowed",
        (409, true) => "规则或当前状态不允许",
        (409, false) => "Refused by rule or state",
        (412, true) => "版本已变化",
        (412, false) => "The version has moved",
        (413, true) => "内容过大",
        (413, false) => "Too large",
        (415, true) => "媒体类型不支持",
        (415, false) => "Unsupported media type",
        (428, true) => "需要 If-Match",
        (428, false) => "If-Match is required",
        (429, true) => "请求过多",
        (429, false) => "Too many requests",
        (503, true) => "暂不可用",
        (503, false) => "Away for the moment",
        (_, true) => "系统错误",
        (_, false) => "Internal error",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    static partial void Failed(ILogger log, string method, string path, Exception exception);
}
