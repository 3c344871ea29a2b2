using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Approval.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>Tokens of an OpenID provider: which are believed, and for what.</summary>
public sealed class SignInTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    private readonly Provider provider = fixture.Provider;
    private readonly SignInHost host = fixture.Host;

    private Task<(HttpStatusCode Status, string? Code)> Ask(string? token) => Ask(host, token);

    private static async Task<(HttpStatusCode Status, string? Code)> Ask(SignInHost of, string? token)
    {
        using var client = of.Client(token);
        var answer = await client.GetAsync("/api/people/me");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private static readonly (HttpStatusCode, string?) Ok = (HttpStatusCode.OK, null);
    private static readonly (HttpStatusCode, string?) Unauthenticated = (HttpStatusCode.Unauthorized, "unauthenticated");
    private static readonly (HttpStatusCode, string?) Unknown = (HttpStatusCode.Forbidden, "person-unknown");

    [Theory, InlineData(SecurityAlgorithms.RsaSha256), InlineData(SecurityAlgorithms.RsaSsaPssSha256), InlineData(SecurityAlgorithms.EcdsaSha256)]
    public async Task A_token_of_the_provider_is_believed(string algorithm) => (await Ask(provider.Token("admin", algorithm: algorithm))).ShouldBe(Ok);

    [Fact]
    public async Task Without_a_token_nobody_is_signed_in() => (await Ask(null)).ShouldBe(Unauthenticated);

    [Fact]
    public async Task A_token_of_another_issuer_audience_time_key_or_algorithm_is_not_believed()
    {
        (await Ask(provider.Token("admin", issuer: "https://elsewhere.example"))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", audience: "another"))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", expires: TimeSpan.FromMinutes(-2)))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", expires: Timeout.InfiniteTimeSpan))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", key: Provider.Rsa("rsa")))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", key: Provider.Rsa("unknown")))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", key: Provider.Ec("rsa"), algorithm: SecurityAlgorithms.EcdsaSha256))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", algorithm: SecurityAlgorithms.RsaSha512))).ShouldBe(Unauthenticated);
        (await Ask(provider.Token("admin", algorithm: SecurityAlgorithms.None))).ShouldBe(Unauthenticated);
        (await Ask("not.a.token")).ShouldBe(Unauthenticated);
        (await Ask("x")).ShouldBe(Unauthenticated);
    }

    [Fact]
    public async Task A_token_that_was_believed_is_not_after_its_time()
    {
        var key = Provider.Ec("kept");
        var token = provider.Token("admin", key: key, algorithm: SecurityAlgorithms.EcdsaSha256, expires: TimeSpan.FromSeconds(3));
        using var tokens = new KeptTokens();
        var asked = new TokenValidationParameters { IssuerSigningKey = key, ValidateIssuer = false, ValidateAudience = false, ClockSkew = TimeSpan.Zero };
        (await tokens.ValidateTokenAsync(token, asked)).IsValid.ShouldBeTrue();
        await Eventually.Holds(async () => !(await tokens.ValidateTokenAsync(token, asked)).IsValid, "the token is past its time");
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_not_believed()
    {
        var modulus = ((RsaSecurityKey)provider.Keys[0]).Rsa.ExportParameters(false).Modulus!;
        var secret = new SymmetricSecurityKey(modulus) { KeyId = "rsa" };
        (await Ask(provider.Token("admin", key: secret, algorithm: SecurityAlgorithms.HmacSha256))).ShouldBe(Unauthenticated);
        var pem = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(((RsaSecurityKey)provider.Keys[0]).Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "rsa" };
        (await Ask(provider.Token("admin", key: pem, algorithm: SecurityAlgorithms.HmacSha256))).ShouldBe(Unauthenticated);
    }

    [Fact]
    public async Task A_token_that_was_changed_is_not_believed()
    {
        var parts = provider.Token("nobody").Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("nobody", "admin");
        (await Ask($"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(payload))}.{parts[2]}")).ShouldBe(Unauthenticated);
    }

    [Fact]
    public async Task Keys_are_rotated_without_a_restart_and_a_withdrawn_one_is_no_longer_believed()
    {
        await using var rotating = await Provider.Start();
        await using var other = await SignInHost.Start(rotating);
        await other.Found();
        var known = rotating.Token("admin");
        (await Ask(other, known)).ShouldBe(Ok);
        (await Ask(other, known)).ShouldBe(Ok);
        var (next, old) = (Provider.Rsa("next"), rotating.Keys[0]);
        rotating.Keys.Insert(0, next);
        rotating.Keys.Remove(old);
        await Until(async () => await Ask(other, rotating.Token("admin", key: next)) == Ok);
        (await Ask(other, rotating.Token("admin", key: old))).ShouldBe(Unauthenticated);
        (await Ask(other, known)).ShouldBe(Unauthenticated);
    }

    [Fact]
    public async Task While_the_provider_is_away_nobody_is_told_that_the_token_is_wrong()
    {
        var gone = await Provider.Start();
        await using var left = await SignInHost.Start(gone);
        var token = gone.Token("admin");
        await gone.DisposeAsync();
        (await Ask(left, token)).ShouldBe((HttpStatusCode.ServiceUnavailable, "identity-provider-away"));
    }

    [Fact]
    public async Task A_person_who_is_not_in_the_directory_of_the_jurisdiction_may_nothing()
    {
        (await Ask(provider.Token("stranger"))).ShouldBe(Unknown);
        (await Ask(provider.Token("admin", jurisdiction: "elsewhere"))).ShouldBe(Unknown);
        (await Ask(provider.Token("admin", jurisdiction: null))).ShouldBe(Unknown);
        (await Ask(provider.Token("engine"))).ShouldBe(Unknown);
    }

    [Fact]
    public async Task Roles_come_from_the_directory_and_count_at_once()
    {
        using var admin = host.Client(provider.Token("admin"));
        (await admin.PostAsJsonAsync("/api/people", new { person = "li", unit = "cio-office", roles = new[] { "cio-office" } })).StatusCode.ShouldBe(HttpStatusCode.Created);

        var token = provider.Token("li", more: [new("roles", "administrator"), new("role", "administrator")]);
        using var li = host.Client(token);
        (await li.PostAsJsonAsync("/api/units", new { unit = "health", name = "市卫生局" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await admin.PostAsJsonAsync("/api/people/li/roles", new { roles = new[] { "administrator" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await li.PostAsJsonAsync("/api/units", new { unit = "health", name = "市卫生局" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await admin.PostAsJsonAsync("/api/people/li/removal", new { reason = "离职" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask(token)).ShouldBe(Unknown);
    }

    [Fact]
    public async Task Every_operation_asks_who_is_asking()
    {
        using var client = host.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var open = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "put" or "post" or "delete" or "patch"))
            {
                var address = System.Text.RegularExpressions.Regex.Replace(path.Name, @"\{[^}]+\}", "1", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
                using var request = new HttpRequestMessage(new(operation.Name.ToUpperInvariant()), address) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
                var answer = await client.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.Unauthorized) open.Add($"{operation.Name} {path.Name}: {(int)answer.StatusCode}");
            }
        }

        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_demos_routes_are_not_there()
    {
        using var client = host.Client(provider.Token("admin"));
        (await client.GetAsync("/demo/people")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsJsonAsync("/demo/tokens", new { person = "admin" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await condition()) TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
