using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Approval.SignIn;

namespace Approval.Webhooks;

/// <summary>
/// Where messages may be sent. Whoever may add a webhook must not be able to make the host talk to machines that only the host reaches: the address is judged
/// after the name was resolved, at the moment of connecting, and redirections are not followed. <c>Approval:Webhooks:Networks</c> names further networks that are allowed,
/// such as the government's intranet: <c>10.0.0.0/8</c>. Without TLS only the loopback is spoken to, and only if it is named there or in demo mode.
/// </summary>
public sealed class Receivers : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    readonly IPNetwork[] open;

    /// <summary>Reads which networks are open.</summary>
    public Receivers(IConfiguration configuration)
    {
        var named = configuration["Approval:Webhooks:Networks"] ?? (configuration.Setting("Approval:Demo", false) ? "127.0.0.0/8" : "");
        open =
        [
            .. named.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(n => IPNetwork.TryParse(n, out var network)
                ? network : throw new MisconfiguredException("Approval:Webhooks:Networks must name networks such as 10.0.0.0/8.")),
        ];
        Client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = Connect,
        })
        {
            Timeout = Longest,
        };
    }

    /// <summary>Talks to receivers.</summary>
    public HttpClient Client { get; }

    /// <summary>Sends a message once.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="secret">By which it is signed.</param>
    /// <param name="id">Its id, the same in every attempt.</param>
    /// <param name="at">When this attempt is made.</param>
    /// <param name="body">A cloud event.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What went wrong, or null; and whether the receiver wants to hear no more.</returns>
    public async Task<(string? Error, bool Gone)> Tell(Uri url, byte[] secret, string id, DateTimeOffset at, byte[] body, CancellationToken stop)
    {
        if (!Allows(url)) return ("the address is not allowed", false);
        var timestamp = at.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvent.MediaType) { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString());
        request.Headers.Add("webhook-signature", Signature.Of(secret, id, timestamp, body));
        try
        {
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return response.IsSuccessStatusCode ? (null, false) : ($"answered {(int)response.StatusCode}", response.StatusCode == HttpStatusCode.Gone);
        }
        catch (HttpRequestException failure)
        {
            return (failure.InnerException?.Message ?? failure.Message, false);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return ("no answer in time", false);
        }
    }

    /// <summary>Whether an address may be given: https, or plain http to a loopback that is open.</summary>
    public bool Allows(Uri url) =>
        url.IsAbsoluteUri && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps ? !IPAddress.TryParse(url.IdnHost, out var literal) || MayReach(literal)
            : url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address) && MayReach(address));

    /// <summary>Whether the host may connect to a machine.</summary>
    public bool MayReach(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return open.Any(n => n.Contains(address)) || !Closed.Any(n => n.Contains(address));
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel)).Where(MayReach).ToArray();
        if (addresses.Length == 0) throw new HttpRequestException($"{context.DnsEndPoint.Host} is not in a network that may be reached.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
