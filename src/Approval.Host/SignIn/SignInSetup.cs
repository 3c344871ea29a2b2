using Approval.EventStore;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>
/// Who may come in: a token of the configured OpenID provider, or in demo mode one of the host itself. A request with an Authorization header is judged by
/// its token, any other by the session cookie of the pages. Tokens and cookies say who somebody is; what they may do, the directory says.
/// </summary>
public static class SignInSetup
{
    /// <summary>The claim that names the jurisdiction.</summary>
    public const string JurisdictionClaim = "jurisdiction";

    /// <summary>The claim that names the person.</summary>
    public const string PersonClaim = "sub";

    /// <summary>A change was asked for by a session cookie alone, as another site could make a browser do.</summary>
    public static readonly RefusalKind AntiforgeryTokenInvalid = new("antiforgery-token-invalid", RefusalSort.Authority,
        "页面已过期，请刷新页面后重试。", "The page is out of date: load it again and repeat.");

    const string TokenOrCookie = "token-or-cookie";

    /// <summary>A command of the command line listens nowhere: it needs a database and no provider, in demo mode or not.</summary>
    public static void LetNobodyIn(this IConfigurationBuilder configuration) => configuration.AddInMemoryCollection(
    [
        new("urls", "http://127.0.0.1:0"), new("Authentication:Authority", "https://nobody.invalid"), new("Authentication:Audience", "nobody"),
    ]);

    /// <summary>Sets up sign-in from the configuration.</summary>
    /// <exception cref="MisconfiguredException">No provider is configured, or demo mode is asked for beyond the loopback.</exception>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var demo = DemoMode.IsOn(builder.Configuration);
        var (authority, audience) = (builder.Configuration["Authentication:Authority"], builder.Configuration["Authentication:Audience"]);
        if (!demo && (string.IsNullOrWhiteSpace(authority) || string.IsNullOrWhiteSpace(audience)))
            throw new MisconfiguredException("Nobody could sign in: configure Authentication:Authority and Authentication:Audience for your OpenID provider.");
        if (!demo && (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)))
            throw new MisconfiguredException("Authentication:Authority must be an https address.");

        SharedKeys.Add(builder.Services, builder.Configuration);
        var authentication = builder.Services
            .AddAuthentication(TokenOrCookie)
            .AddPolicyScheme(TokenOrCookie, null, o => o.ForwardDefaultSelector = http =>
                http.Request.Headers.ContainsKey("Authorization") ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(o =>
            {
                o.Cookie.Name = "approval";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = demo ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
                o.ExpireTimeSpan = TimeSpan.FromHours(8);
                o.TimeProvider = TimeProvider.System; // a session lasts real hours, whatever the demo's clock says
            })
            .AddJwtBearer(o =>
            {
                o.MapInboundClaims = false;
                o.TokenValidationParameters = new()
                {
                    ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
                    ClockSkew = TimeSpan.FromSeconds(30),
                    NameClaimType = PersonClaim,
                };
                o.Events = new() { OnAuthenticationFailed = Failed };
                o.TokenHandlers.Clear();
                o.TokenHandlers.Add(new KeptTokens());
                if (demo) return;
                o.Authority = authority;
                o.Audience = audience;
                o.RefreshInterval = TimeSpan.FromSeconds(30); // how soon a key that the provider has just published is looked for
                o.AutomaticRefreshInterval = TimeSpan.FromMinutes(5); // how soon a key that the provider has withdrawn is no longer believed
                o.RequireHttpsMetadata = authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            });
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, o =>
        {
            // Otherwise the key set before the last would be believed for another hour.
            if (o.ConfigurationManager is BaseConfigurationManager keys) keys.UseLastKnownGoodConfiguration = false;
        });
        if (demo) builder.AddDemo();
        else if (!string.IsNullOrWhiteSpace(builder.Configuration["Authentication:ClientId"]))
            authentication.AddOAuth<OpenIdOptions, OpenIdSignIn>(OpenIdSignIn.Name, o =>
            {
                o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                OpenIdSignIn.Configure(o, authority!, builder.Configuration);
            });
        builder.Services.AddSingleton<ActorOf>(SignedIn.Actor);
    }

    /// <summary>A token cannot be judged without the provider's keys: that is the failure then, and not the token.</summary>
    static async Task Failed(AuthenticationFailedContext failed)
    {
        failed.Fail(failed.Exception);
        try
        {
            if (failed.Options.ConfigurationManager is { } keys) await keys.GetConfigurationAsync(failed.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            failed.HttpContext.Items[SignedIn.ProviderAway] = true;
        }
    }

    /// <summary>Every route that does not say otherwise is for people of the directory, in the roles that its deeds name; a page sends others to sign in first.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(async (http, next) =>
        {
            var acting = http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                ? await http.Permitted(anew: endpoint.Metadata.GetMetadata<IsCommand>() is null) : null;
            if (ChangesByCookie(http) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
                throw new ProblemException(AntiforgeryTokenInvalid.With());
            try
            {
                Reading.CheckParameters(http);
                await next(http);
            }
            catch (Exception e) when (acting?.Remembered is not null && (e is ProblemException or NotFoundException or BadHttpRequestException))
            {
                await http.Permitted(anew: true); // whoever may not ask is told so first
                throw;
            }
        });
    }

    /// <summary>Maps the ways in and out of the pages.</summary>
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in/provider", async (HttpContext http, IAuthenticationSchemeProvider schemes) => await schemes.GetSchemeAsync(OpenIdSignIn.Name) is null
                ? throw new ProblemException(Faults.Unknown.With())
                : Results.Challenge(new() { RedirectUri = PagesSetup.LocalPath(http.Request.Query["returnUrl"]) }, [OpenIdSignIn.Name]))
            .ExcludeFromDescription().AllowAnonymous();
        app.MapPost("/sign-out", async (HttpContext http) =>
            {
                await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
                return Results.LocalRedirect("/sign-in");
            })
            .ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>A browser sends the session cookie by itself, whoever made it ask; a token it does not.</summary>
    static bool ChangesByCookie(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true } && !http.Request.Headers.ContainsKey("Authorization")
        && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
}
