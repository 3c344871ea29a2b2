using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Approval.Http;

/// <summary>
/// The JSON body of a command, read strictly: every failure is reported at once with its field, before anything is decided.
/// As a parameter of a handler: <c>(string id, Body&lt;Draft&gt; body, …) => … body.Value …</c>
/// </summary>
/// <typeparam name="T">The command's form: a record whose members without a default and not nullable are required.</typeparam>
/// <param name="Value">The body.</param>
public sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider where T : notnull
{
    /// <summary>Reads the body.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The framework finds and calls it.")]
    public static async ValueTask<Body<T>> BindAsync(HttpContext http)
    {
        var bytes = await RequestBody.Read(http);
        if (!http.Request.HasJsonContentType()) throw new ProblemException(Faults.UnsupportedMediaType.With("application/json"));
        return new((T)StrictJson.Read(bytes, typeof(T)));
    }

    /// <inheritdoc/>
    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>The bytes of a request's body, read once.</summary>
public static class RequestBody
{
    /// <summary>The longest JSON body taken: 1 MiB.</summary>
    public const int Limit = 1 << 20;

    /// <summary>The whole body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="limit">The most bytes taken.</param>
    /// <exception cref="ProblemException">It is longer than <paramref name="limit"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpContext http, int limit = Limit)
    {
        if (http.Items.TryGetValue(typeof(RequestBody), out var read)) return (ReadOnlyMemory<byte>)read!;
        if (http.Request.ContentLength > limit) throw new ProblemException(Faults.TooLarge.With());
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit;

        var buffer = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength ?? 0) + 1);
        while (true)
        {
            var length = await http.Request.Body.ReadAsync(buffer.GetMemory(4096), http.RequestAborted);
            if (length == 0) break;
            buffer.Advance(length);
            if (buffer.WrittenCount > limit) throw new ProblemException(Faults.TooLarge.With());
        }

        http.Items[typeof(RequestBody)] = buffer.WrittenMemory;
        return buffer.WrittenMemory;
    }
}
