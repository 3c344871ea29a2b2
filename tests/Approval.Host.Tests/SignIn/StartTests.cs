using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Approval.SignIn;

/// <summary>In which ways the host refuses to start.</summary>
public sealed class StartTests
{
    private static string Refusal(params string[] settings) =>
        Should.Throw<MisconfiguredException>(() => SignInHost.Build("Host=127.0.0.1;Password=secret", settings)).Message;

    [Fact]
    public void Without_a_provider_and_outside_demo_mode_the_host_refuses_to_start()
    {
        Refusal().ShouldContain("Authentication:Authority");
        Refusal("--Authentication:Authority", "https://provider.example").ShouldContain("Authentication:Audience");
        Refusal("--Approval:Demo", "false").ShouldContain("Authentication:Authority");
    }

    [Fact]
    public void A_provider_beyond_the_loopback_is_reached_by_https() =>
        Refusal("--Authentication:Authority", "http://provider.example", "--Authentication:Audience", "approval").ShouldContain("https");

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://10.0.0.1:5080")]
    [InlineData("http://approval.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://0.0.0.0:5081")]
    [InlineData("")]
    public void Demo_mode_is_for_the_loopback_only(string urls) =>
        Refusal("--Approval:Demo", "true", "--urls", urls).ShouldContain("loopback");

    [Fact]
    public void Demo_mode_is_not_opened_by_another_endpoint() =>
        Refusal("--Approval:Demo", "true", "--urls", "http://127.0.0.1:5080", "--Kestrel:Endpoints:All:Url", "http://0.0.0.0:5080").ShouldContain("loopback");

    [Fact]
    public void A_refusal_to_start_tells_no_secret() =>
        Refusal("--Approval:Demo", "true", "--urls", "http://0.0.0.0:1").ShouldNotContain("secret");

    [Theory]
    [InlineData("ConnectionStrings:Approval", "s3cret")]
    [InlineData("ConnectionStrings:Approval", "Host=127.0.0.1;Port=s3cret")]
    [InlineData("Authentication:KeysCertificate", "/nowhere/s3cret.pem")]
    [InlineData("Evidence:KeyFile", "/nowhere/s3cret.pem")]
    [InlineData("Evidence:Hash", "s3cret")]
    [InlineData("Evidence:HeadEvery", "s3cret")]
    [InlineData("Approval:RequestsPerSecond", "s3cret")]
    [InlineData("Approval:Webhooks:Networks", "s3cret")]
    [InlineData("Approval:RabbitMq", "s3cret")]
    [InlineData("Approval:Demo", "s3cret")]
    public void A_setting_that_cannot_be_read_is_named_and_its_value_is_not_repeated(string key, string value)
    {
        var message = Should.Throw<MisconfiguredException>(() =>
        {
            string[] settings = ["--Authentication:Authority", "https://provider.example", "--Authentication:Audience", "approval"];
            var web = key == "ConnectionStrings:Approval" ? SignInHost.Build(value, settings) : SignInHost.Build("Host=127.0.0.1", [.. settings, $"--{key}", value]);
            _ = web.Services.GetServices<IHostedService>().ToList();
            _ = web.Services.GetRequiredService<Http.Pace>();
        }).Message;

        message.ShouldContain(key);
        message.ShouldNotContain("s3cret");
    }

    [Theory, InlineData("http://127.0.0.1:0"), InlineData("http://localhost:5080"), InlineData("http://[::1]:5080"), InlineData("http://127.0.0.1:5080;http://localhost:5081")]
    public async Task Demo_mode_starts_on_the_loopback(string urls) =>
        await SignInHost.Build("Host=127.0.0.1", "--Approval:Demo", "true", "--urls", urls).DisposeAsync();
}
