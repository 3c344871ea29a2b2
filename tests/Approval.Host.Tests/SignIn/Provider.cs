using System.Security.Claims;
using System.Security.Cryptography;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>An OpenID provider on the loopback: its metadata, its key set and its tokens.</summary>
public sealed class Provider : IAsyncDisposable
{
    public const string Audience = "approval";
    public const string ClientSecret = "the-clients-secret";
    private readonly WebApplication app;

    private Provider(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>The keys published now.</summary>
    public List<SecurityKey> Keys { get; } = [Rsa("rsa"), Ec("ec")];

    public static SecurityKey Rsa(string id) => new RsaSecurityKey(RSA.Create(2048)) { KeyId = id };

    public static SecurityKey Ec(string id) => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };

    public static async Task<Provider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var provider = new Provider(web);
        web.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Address, jwks_uri = $"{provider.Address}/keys", authorization_endpoint = $"{provider.Address}/authorize", token_endpoint = $"{provider.Address}/token",
            userinfo_endpoint = $"{provider.Address}/userinfo",
        }));
        // Whoever comes is the administrator; the code is the challenge, for which only the one who knows what it was made of gets a token.
        web.MapGet("/authorize", (string redirect_uri, string state, string code_challenge, string code_challenge_method) => code_challenge_method == "S256"
            ? Results.Redirect($"{redirect_uri}?code={code_challenge}&state={Uri.EscapeDataString(state)}") : Results.BadRequest());
        web.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["client_secret"] == ClientSecret && form["code"] == Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                ? Results.Json(new { access_token = "opaque", token_type = "Bearer" }) : Results.BadRequest();
        });
        web.MapGet("/userinfo", (HttpRequest request) => request.Headers.Authorization == "Bearer opaque" ? Results.Json(new { sub = "admin", jurisdiction = "demo" }) : Results.Unauthorized());
        web.MapGet("/keys", () => Results.Json(new { keys = provider.Keys.Select(Public) }));
        await web.StartAsync();
        return provider;
    }

    /// <summary>A token; everything but the subject as it should be unless said otherwise.</summary>
    public string Token(
        string subject, string? jurisdiction = "demo", string? issuer = null, string audience = Audience, TimeSpan? expires = null, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256,
        params Claim[] more)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        List<Claim> claims = [new("sub", subject), .. more];
        if (jurisdiction is not null) claims.Add(new("jurisdiction", jurisdiction));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            Subject = new(claims),
            NotBefore = now.AddHours(-2),
            Expires = expires == Timeout.InfiniteTimeSpan ? null : now + (expires ?? TimeSpan.FromMinutes(5)),
            SigningCredentials = algorithm == SecurityAlgorithms.None ? null : new(key ?? Keys.First(k => algorithm.StartsWith("ES", StringComparison.Ordinal) == k is ECDsaSecurityKey), algorithm),
        });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Dictionary<string, string> Public(SecurityKey key)
    {
        if (key is RsaSecurityKey rsa)
        {
            var p = rsa.Rsa.ExportParameters(false);
            return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.KeyId, ["n"] = Base64UrlEncoder.Encode(p.Modulus), ["e"] = Base64UrlEncoder.Encode(p.Exponent) };
        }

        var q = ((ECDsaSecurityKey)key).ECDsa.ExportParameters(false).Q;
        return new() { ["kty"] = "EC", ["use"] = "sig", ["kid"] = key.KeyId, ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X), ["y"] = Base64UrlEncoder.Encode(q.Y) };
    }
}
