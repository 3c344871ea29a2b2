using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Approval.SignIn;

/// <summary>People sign in to the pages through an OpenID provider: code and PKCE, in a real browser.</summary>
public sealed class OpenIdStory(Site site, OpenIdStory.WithProvider town) : IClassFixture<OpenIdStory.WithProvider>
{
    private readonly SmallProvider provider = town.Provider;
    private readonly int exchanged = town.Provider.Exchanged;

    [Fact]
    public async Task A_person_signs_in_through_the_provider_comes_to_the_page_asked_for_and_signs_out()
    {
        await using var desk = await AtSignIn("/proposals?stage=draft");
        await Choose(desk, Town.Officer);
        await desk.Page.Locator("nav.side, [data-problem], [data-code]").First.WaitForAsync();
        (await desk.Page.Locator("body").InnerTextAsync()).ShouldContain("陈经办");
        desk.Page.Url.ShouldEndWith("/proposals?stage=draft");
        (provider.Exchanged - exchanged).ShouldBe(1);

        await desk.Page.GetByText("退出", new() { Exact = true }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/sign-in");
        await desk.Page.GotoAsync($"{Address}/proposals");
        desk.Page.Url.ShouldContain("/sign-in?returnUrl=");
    }

    [Fact]
    public async Task Who_is_unknown_to_the_directory_is_told_so_and_may_sign_out_again()
    {
        await using var desk = await AtSignIn("/");
        await Choose(desk, "stranger");
        await desk.Page.Locator("[data-code=person-unknown]").WaitForAsync();
        (await desk.Page.Locator("nav.side").CountAsync()).ShouldBe(0);
        await desk.Page.GetByText("退出", new() { Exact = true }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/sign-in");
    }

    [Fact]
    public async Task A_denied_sign_in_says_so_and_signs_nobody_in()
    {
        await using var desk = await AtSignIn("/");
        await Choose(desk, "No");
        await Refused(desk, SignInProblem.Denied);
    }

    [Fact]
    public async Task An_answer_with_another_state_signs_nobody_in()
    {
        await using var desk = await AtSignIn("/");
        await Choose(desk, "Other state");
        await Refused(desk, SignInProblem.Broken);
        (provider.Exchanged - exchanged).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_signs_nobody_in()
    {
        string answer;
        await using (var other = await AtSignIn("/"))
        {
            await other.Page.GetByRole(AriaRole.Link, new() { Name = "统一身份认证登录", Exact = true }).ClickAsync();
            answer = (await other.Page.GetByText(Town.Officer, new() { Exact = true }).GetAttributeAsync("href"))!;
        }

        await using var desk = await AtSignIn("/");
        await desk.Page.GotoAsync(answer);
        await Refused(desk, SignInProblem.Broken);
        (provider.Exchanged - exchanged).ShouldBe(0);
    }

    [Fact]
    public async Task A_provider_that_gives_no_token_is_named_as_the_cause()
    {
        provider.Broken = true;
        await using var desk = await AtSignIn("/");
        await Choose(desk, Town.Officer);
        await Refused(desk, SignInProblem.ProviderAway);
        provider.Broken = false;
    }

    private string Address => town.Address;

    private async Task<Desk> AtSignIn(string path)
    {
        var desk = await site.SignIn("");
        await desk.Page.GotoAsync($"{Address}{path}");
        await desk.Page.WaitForURLAsync("**/sign-in?returnUrl=**");
        return desk;
    }

    private static async Task Choose(Desk desk, string whom)
    {
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "统一身份认证登录", Exact = true }).ClickAsync();
        await desk.Page.GetByText(whom, new() { Exact = true }).ClickAsync();
    }

    private async Task Refused(Desk desk, SignInProblem problem)
    {
        await desk.Page.Locator($"[data-problem={problem}]").WaitForAsync();
        (await desk.Page.Locator("nav.side").CountAsync()).ShouldBe(0);
        await desk.Page.GotoAsync($"{Address}/");
        desk.Page.Url.ShouldContain("/sign-in?returnUrl=");
    }

    /// <summary>A provider, and a host that trusts it.</summary>
    public sealed class WithProvider(Site site) : IAsyncLifetime
    {
        private WebApplication host = null!;

        /// <summary>The provider.</summary>
        internal SmallProvider Provider { get; private set; } = null!;

        /// <summary>Where the host listens; a browser takes cookies that want TLS from there.</summary>
        public string Address => host.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            Provider = await SmallProvider.Start(Town.Officer, "stranger");
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ApplicationName = "Approval.Host",
                ContentRootPath = Path.Combine(Conventions.Repository.Root, "src", "Approval.Host"),
                EnvironmentName = "Production",
                Args =
                [
                    "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Approval", site.Database, "--Authentication:Authority", Provider.Address, "--Authentication:Audience", "approval",
                    "--Authentication:ClientId", SmallProvider.Client, "--Authentication:ClientSecret", SmallProvider.Secret,
                ],
            });
            builder.Logging.SetMinimumLevel(LogLevel.Critical);
            builder.AddApproval();
            host = builder.Build();
            host.MapApproval();
            await host.StartAsync();
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await host.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
