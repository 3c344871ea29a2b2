using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Approval.SignIn;

/// <summary>
/// Signs people in to the pages through the OpenID provider: authorization code with PKCE, then who it is from the provider's userinfo address.
/// The provider's addresses come from its own metadata, so that <c>Authentication:Authority</c>, <c>ClientId</c> and <c>ClientSecret</c> are all there is to configure.
/// </summary>
public sealed class OpenIdSignIn(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<OpenIdOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "openid";

    /// <summary>Sets it up.</summary>
    internal static void Configure(OpenIdOptions o, string authority, IConfiguration configuration)
    {
        var https = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        o.ClientId = configuration["Authentication:ClientId"]!;
        o.ClientSecret = configuration["Authentication:ClientSecret"] ?? "";
        o.AuthorizationEndpoint = o.TokenEndpoint = o.UserInformationEndpoint = authority; // until the metadata is read
        o.CallbackPath = "/sign-in/return";
        o.UsePkce = true;
        o.Scope.Add("openid");
        o.Scope.Add("profile");
        o.CorrelationCookie.SameSite = SameSiteMode.Lax;
        o.CorrelationCookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        o.ClaimActions.MapJsonKey(SignInSetup.PersonClaim, SignInSetup.PersonClaim);
        o.ClaimActions.MapJsonKey(SignInSetup.JurisdictionClaim, SignInSetup.JurisdictionClaim);
        o.Events.OnAccessDenied = context => Explain(context, SignInProblem.Denied);
        o.Events.OnRemoteFailure = context => Explain(context, context.Failure is AuthenticationFailureException ? SignInProblem.Broken : SignInProblem.ProviderAway);
        o.Metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = https });
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            await Discover();
        }
        catch (InvalidOperationException)
        {
            Response.Redirect(AddressOf(SignInProblem.ProviderAway));
            return;
        }

        await base.HandleChallengeAsync(properties);
    }

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        await Discover();
        return await base.HandleRemoteAuthenticateAsync();
    }

    /// <inheritdoc/>
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var tokens = await base.ExchangeCodeAsync(context);
        return tokens.Error is null ? tokens : throw new HttpRequestException("The provider gave no token for its code.", tokens.Error); // its failure, not the person's
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticationTicket> CreateTicketAsync(System.Security.Claims.ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, Options.UserInformationEndpoint);
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        using var answer = await Backchannel.SendAsync(ask, Context.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var person = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Context.RequestAborted));
        var context = new OAuthCreatingTicketContext(new(identity), properties, Context, Scheme, Options, Backchannel, tokens, person.RootElement);
        context.RunClaimActions();
        return new(context.Principal!, context.Properties, Name);
    }

    /// <summary>Leads back to the sign-in page, which says what went wrong and offers to try again.</summary>
    static Task Explain(HandleRequestContext<RemoteAuthenticationOptions> context, SignInProblem problem)
    {
        context.Response.Redirect(AddressOf(problem));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    static string AddressOf(SignInProblem problem) => $"/sign-in?problem={JsonNamingPolicy.KebabCaseLower.ConvertName(problem.ToString())}";

    async Task Discover()
    {
        var metadata = await Options.Metadata.GetConfigurationAsync(Context.RequestAborted);
        Options.AuthorizationEndpoint = metadata.AuthorizationEndpoint;
        Options.TokenEndpoint = metadata.TokenEndpoint;
        Options.UserInformationEndpoint = metadata.UserInfoEndpoint;
    }
}

/// <summary>Why a sign-in through the provider came to nothing.</summary>
public enum SignInProblem
{
    /// <summary>The person, or the provider, said no.</summary>
    [Words("您在统一身份认证中取消了登录，或未获准登录。", "You cancelled the sign-in at the provider, or it did not let you in.")]
    Denied,

    /// <summary>The answer does not belong to a sign-in begun in this browser, or it took too long.</summary>
    [Words("登录已超时，或不是从本页开始的，请重新登录。", "The sign-in took too long or was not begun on this page: please sign in again.")]
    Broken,

    /// <summary>The provider cannot be reached, or its answers are none.</summary>
    [Words("统一身份认证暂时不可用，请稍后再试。", "The sign-in service cannot be used for the moment: please try again later.")]
    ProviderAway,
}

/// <summary>What <see cref="OpenIdSignIn"/> knows of its provider.</summary>
public sealed class OpenIdOptions : OAuthOptions
{
    /// <summary>The provider's metadata, read when first needed.</summary>
    public IConfigurationManager<OpenIdConnectConfiguration> Metadata { get; set; } = null!;
}
