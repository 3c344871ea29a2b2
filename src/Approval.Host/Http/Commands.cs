using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Approval.Access;
using Approval.EventStore;

namespace Approval.Http;

/// <summary>Marks an endpoint whose decision rests on a version that the caller must name.</summary>
public sealed class IfMatchRequired;

/// <summary>Runs commands that come by HTTP.</summary>
public sealed class Commands(CommandRunner runner, Conflicts conflicts)
{
    const int KeyLimit = 200;

    /// <summary>Runs a command and answers it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="primary">The stream that the command is about: <c>If-Match</c> and <c>ETag</c> speak of its version.</param>
    /// <param name="decide">Looks at streams through the session and decides; may be called again when a race was lost.</param>
    /// <param name="answer">The body: the thing as the command leaves it.</param>
    /// <param name="created">Where the thing made is to be read: the answer is then 201.</param>
    public async Task<IResult> Run(
        HttpContext http, StreamId primary, Func<Session, Task<Decision>> decide, Func<Session, object> answer, string? created = null)
    {
        var match = ETags.IfMatch(http);
        if (match is null && http.GetEndpoint()?.Metadata.GetMetadata<IfMatchRequired>() is not null)
            throw new ProblemException(Faults.IfMatchRequired.With());

        var options = new CommandOptions(primary, match, await Key(http), new(Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier), http.RequestAborted);
        var outcome = await runner.RunFor(http.Permitted, options, decide, session =>
        {
            var body = answer(session);
            return new Answer(
                created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Answers), ETags.Of(session.Version(primary)), created);
        });

        if (outcome is CommandOutcome.Refused { Refusals: var refusals }) await conflicts.Record(http, await http.Actor(), refusals);
        return outcome switch
        {
            CommandOutcome.Done d => new Sent(d.Answer!),
            CommandOutcome.Repeated r => new Sent(r.Answer),
            CommandOutcome.Refused r => Problems.Of(http, r.Refusals),
            CommandOutcome.VersionMoved v => Problems.Of(http, Faults.VersionMoved.With(v.Now)),
            CommandOutcome.KeyReused => Problems.Of(http, Faults.KeyReused.With()),
            CommandOutcome.Exists => Problems.Of(http, Faults.Exists.With()),
            _ => Problems.Of(http, Faults.Contended.With()),
        };
    }

    static async Task<RepeatKey?> Key(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var given)) return null;
        if (given is not [{ Length: > 0 and <= KeyLimit } key] || key.Any(char.IsControl))
            throw new ProblemException(Faults.InvalidHeader.At("Idempotency-Key", $"1–{KeyLimit} 个字符 / characters"));

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.IfMatch}\n"));
        digest.AppendData((await RequestBody.Read(http)).Span);
        return new(key, digest.GetHashAndReset());
    }

    sealed class Sent(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = answer.Body.Length;
            if (answer.ETag is not null) response.Headers.ETag = answer.ETag;
            if (answer.Location is not null) response.Headers.Location = answer.Location;
            return response.Body.WriteAsync(answer.Body).AsTask();
        }
    }
}

/// <summary>Stream versions as entity tags.</summary>
public static class ETags
{
    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => $"\"{version}\"";

    /// <summary>The version that the caller saw; null if the caller did not say, or said <c>*</c>.</summary>
    /// <exception cref="ProblemException">The header is not one version in quotes.</exception>
    public static long? IfMatch(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue("If-Match", out var given)) return null;
        if (given is ["*"]) return null;
        if (given is [{ Length: > 2 } tag] && tag[0] == '"' && tag[^1] == '"'
            && long.TryParse(tag.AsSpan(1, tag.Length - 2), System.Globalization.NumberStyles.None, null, out var version))
            return version;
        throw new ProblemException(Faults.InvalidHeader.At("If-Match", "\"<version>\""));
    }
}
