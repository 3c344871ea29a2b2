using Approval.SignIn;
using Microsoft.AspNetCore.CookiePolicy;

namespace Approval.Http;

/// <summary>What every answer tells a browser not to do with it.</summary>
public static class SecurityHeaders
{
    /// <summary>Nothing is loaded, run, framed or sent but from and to this host; scripts and styles stand in files only (a chart sets those of its canvas through the object model, which no policy forbids).</summary>
    const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

    /// <summary>Puts the headers on every answer, failures and files too, when it starts; a route that set a stricter one keeps it.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("X-Frame-Options", "DENY");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) headers.TryAdd("Cache-Control", "no-store");
            if (http.Request.IsHttps) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>No script reads a cookie, no other site's form sends one, and but for the demo none goes without TLS.</summary>
    public static void UseSecureCookies(this WebApplication app) => app.UseCookiePolicy(new()
    {
        HttpOnly = HttpOnlyPolicy.Always,
        MinimumSameSitePolicy = SameSiteMode.Lax,
        Secure = app.Services.GetService<DemoIssuer>() is null ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
    });
}
