using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>
/// Demo mode: the host issues its own tokens and its clock can be set, so that a story of months can be told. Whoever reaches it is whoever they say,
/// hence it is for the loopback only.
/// </summary>
public static class DemoMode
{
    /// <summary>Whether demo mode is asked for.</summary>
    /// <exception cref="MisconfiguredException">It is, beyond the loopback.</exception>
    public static bool IsOn(IConfiguration configuration)
    {
        if (!configuration.Setting("Approval:Demo", false)) return false;
        var urls = configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (urls.Length == 0 || !urls.All(IsLoopback) || configuration.GetSection("Kestrel:Endpoints").Exists())
            throw new MisconfiguredException("Demo mode (Approval:Demo) lets anybody be anybody, so every address in urls must be of the loopback, such as http://127.0.0.1:5080.");
        return true;
    }

    internal static void AddDemo(this WebApplicationBuilder builder)
    {
        var issuer = new DemoIssuer();
        builder.Services.AddSingleton(issuer);
        builder.Services.AddSingleton<DemoClock>();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(s => s.GetRequiredService<DemoClock>()));
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, o =>
        {
            o.TokenValidationParameters.ValidIssuer = DemoIssuer.Name;
            o.TokenValidationParameters.ValidAudience = DemoIssuer.Name;
            o.TokenValidationParameters.IssuerSigningKey = issuer.Key;
        });
    }

    static bool IsLoopback(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return false;
        return address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}

/// <summary>Issues the demo's tokens with a key that exists only while the host runs.</summary>
public sealed class DemoIssuer
{
    /// <summary>The issuer and the audience of the tokens.</summary>
    public const string Name = "approval-demo";

    static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    internal SecurityKey Key { get; } = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "demo" };

    /// <summary>A token for a person.</summary>
    public string Issue(JurisdictionId jurisdiction, PersonId person)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Name,
            Subject = Identity(jurisdiction, person, null),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = new(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>A person as the claims say it.</summary>
    internal static ClaimsIdentity Identity(JurisdictionId jurisdiction, PersonId person, string? scheme) =>
        new([new(SignInSetup.PersonClaim, person.Value), new(SignInSetup.JurisdictionClaim, jurisdiction.Value)], scheme);
}

/// <summary>The demo's clock: real time, less what it was set back by. Timers run on real time.</summary>
public sealed class DemoClock : TimeProvider
{
    long behind;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref behind));

    /// <summary>Sets the clock; it goes on from there.</summary>
    internal void Set(DateTimeOffset now) => Interlocked.Exchange(ref behind, (System.GetUtcNow() - now).Ticks);
}
