using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Approval.Webhooks;

/// <summary>Somebody who receives webhooks on the loopback, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private Func<Received, int> answer = _ => StatusCodes.Status204NoContent;

    private Receiver(WebApplication app) => this.app = app;

    public sealed record Received(string Path, string Id, string Timestamp, string Signature, string ContentType, byte[] Body);

    public ConcurrentQueue<Received> All { get; } = [];

    public string Url => $"{app.Urls.Single()}/hook";

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var made = builder.Build();
        var receiver = new Receiver(made);
        made.MapPost("/{**path}", receiver.Take);
        await made.StartAsync();
        return receiver;
    }

    public void Answers(Func<Received, int> with) => answer = with;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var h = http.Request.Headers;
        var received = new Received(http.Request.Path, h["webhook-id"].ToString(), h["webhook-timestamp"].ToString(), h["webhook-signature"].ToString(), http.Request.ContentType!, body.ToArray());
        All.Enqueue(received);
        http.Response.StatusCode = answer(received);
        if (http.Response.StatusCode == StatusCodes.Status302Found) http.Response.Headers.Location = "/elsewhere";
    }
}
