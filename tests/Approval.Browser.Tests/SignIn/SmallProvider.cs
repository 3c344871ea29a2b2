using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>A small OpenID provider on the loopback: its metadata, a page on which people are chosen, codes bound to a PKCE challenge, tokens, userinfo and keys. It lets in whoever is clicked.</summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    public const string Client = "approval-pages";
    public const string Secret = "of-the-client";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Person, string Challenge, string Redirect)> codes = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();
    private readonly RSA key = RSA.Create(2048);

    private SmallProvider(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>How many codes were exchanged with the verifier that belongs to their challenge.</summary>
    public int Exchanged { get; private set; }

    /// <summary>Whether its token endpoint answers as it should.</summary>
    public bool Broken { get; set; }

    public static async Task<SmallProvider> Start(params string[] people)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var provider = new SmallProvider(web);
        web.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Address,
            authorization_endpoint = $"{provider.Address}/authorize",
            token_endpoint = $"{provider.Address}/token",
            userinfo_endpoint = $"{provider.Address}/userinfo",
            jwks_uri = $"{provider.Address}/keys",
            code_challenge_methods_supported = new[] { "S256" },
        }));
        web.MapGet("/keys", provider.Keys);
        web.MapGet("/authorize", (HttpContext http) => provider.Choose(http, people));
        web.MapPost("/token", (Delegate)provider.Exchange);
        web.MapGet("/userinfo", provider.WhoIs);
        await web.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Keys()
    {
        var p = key.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "small", n = Base64UrlEncoder.Encode(p.Modulus), e = Base64UrlEncoder.Encode(p.Exponent) } } });
    }

    /// <summary>A page with a link for every person, and one that says no.</summary>
    private IResult Choose(HttpContext http, string[] people)
    {
        string Of(string name) => http.Request.Query[name].ToString();
        if (Of("client_id") != Client || Of("response_type") != "code" || Of("code_challenge_method") != "S256" || Of("code_challenge").Length == 0 || !Of("scope").Split(' ').Contains("openid"))
            return Results.BadRequest("not a code flow with PKCE");
        var back = $"{Of("redirect_uri")}?state={Uri.EscapeDataString(Of("state"))}";
        List<(string Address, string Words)> links = [];
        foreach (var person in people)
        {
            var code = Guid.CreateVersion7().ToString("N");
            codes[code] = (person, Of("code_challenge"), Of("redirect_uri"));
            links.Add(($"{back}&amp;code={code}", person));
        }

        links.Add(($"{back}&amp;error=access_denied", "No"));
        links.Add(($"{back.Replace("state=", "state=other", StringComparison.Ordinal)}&amp;code=x", "Other state"));
        var page = string.Concat(links.Select(l => $"<p><a href=\"{l.Address}\">{l.Words}</a></p>"));
        return Results.Content($"<!DOCTYPE html><html lang=\"en\"><title>Provider</title><link rel=\"icon\" href=\"data:,\"><main>{page}</main></html>", "text/html; charset=utf-8");
    }

    private async Task<IResult> Exchange(HttpContext http)
    {
        if (Broken) return Results.Json(new { error = "server_error" }, statusCode: 500);
        var form = await http.Request.ReadFormAsync();
        if (!codes.TryRemove(form["code"].ToString(), out var code) || form["client_id"] != Client || form["client_secret"] != Secret || form["redirect_uri"] != code.Redirect
            || form["grant_type"] != "authorization_code" || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != code.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        Exchanged++;
        var token = Guid.CreateVersion7().ToString("N");
        tokens[token] = code.Person;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 300 });
    }

    private IResult WhoIs(HttpContext http) =>
        http.Request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var token] && tokens.TryGetValue(token, out var person)
            ? Results.Json(new { sub = person, jurisdiction = "demo" })
            : Results.Unauthorized();
}
