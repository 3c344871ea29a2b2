using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Approval.Testing;

namespace Approval.SignIn;

/// <summary>Sessions of the pages: how one begins, what its cookie is worth, and where its keys lie.</summary>
public sealed partial class SessionTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    private static readonly string[] Client = ["--Authentication:ClientId", "approval", "--Authentication:ClientSecret", Provider.ClientSecret];

    [Fact]
    public async Task A_person_signs_in_at_the_provider_and_every_cookie_on_the_way_is_closed_to_scripts_other_sites_and_the_open_net()
    {
        await using var host = await SignInHost.Start(fixture.Provider, Client);
        await host.Found();
        using var browser = Browser(host);

        var asked = await browser.GetAsync("/sign-in/provider?returnUrl=/proposals");
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var agreed = await browser.GetAsync(asked.Headers.Location);
        var back = await Ask(browser, HttpMethod.Get, agreed.Headers.Location!.PathAndQuery, Kept(asked));
        (back.StatusCode, back.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Redirect, "/proposals"));

        var page = await Ask(browser, HttpMethod.Get, "/operations", Kept(back));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var language = await browser.PostAsync("/language", new FormUrlEncodedContent([new("language", "en")]));
        foreach (var cookie in new[] { asked, back, page, language }.SelectMany(a => a.Headers.TryGetValues("Set-Cookie", out var set) ? set : []))
        {
            cookie.ShouldContain("; secure", Case.Insensitive);
            cookie.ShouldContain("; httponly", Case.Insensitive);
            cookie.ShouldContain("; samesite=lax", Case.Insensitive);
        }

        (await Ask(browser, HttpMethod.Get, "/api/people/me", Kept(back))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_that_belongs_to_no_question_of_this_browser_signs_nobody_in()
    {
        await using var host = await SignInHost.Start(fixture.Provider, Client);
        using var browser = Browser(host);
        var asked = await browser.GetAsync("/sign-in/provider");
        var stolen = (await browser.GetAsync(asked.Headers.Location)).Headers.Location!.PathAndQuery;

        foreach (var address in new[] { stolen, "/sign-in/return", "/sign-in/return?code=x&state=y", "/sign-in/return?error=access_denied" })
        {
            var answer = await browser.GetAsync(address);
            (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Redirect, "/sign-in?problem=broken"), address);
            (answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(c => c.StartsWith("approval=", StringComparison.Ordinal))).ShouldBeFalse(address);
        }
    }

    [Fact]
    public async Task Where_no_browser_sign_in_is_configured_there_is_none()
    {
        using var browser = Browser(fixture.Host);
        (await browser.GetAsync("/sign-in/provider")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whatever_is_no_form_changes_no_language()
    {
        using var browser = Browser(fixture.Host);
        (await browser.PostAsJsonAsync("/language", new { language = "en" })).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var endless = new StringContent(string.Join('&', Enumerable.Repeat("a=b", 5000)), Encoding.ASCII, "application/x-www-form-urlencoded");
        (await browser.PostAsync("/language", endless)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var elsewhere = await browser.PostAsync("/language", new FormUrlEncodedContent([new("returnUrl", "//elsewhere.example")]));
        elsewhere.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task No_operation_changes_anything_by_the_cookie_alone()
    {
        await using var host = await SignInHost.Start();
        await host.Found();
        using var browser = Browser(host);
        var cookie = Kept(await browser.PostAsJsonAsync("/demo/session", new { person = "admin" }));
        var document = await browser.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var (taken, asked) = (new List<string>(), 0);
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "put" or "post" or "delete" or "patch"))
            {
                var answer = await Ask(browser, HttpMethod.Parse(operation.Name), Place().Replace(path.Name, "1"), cookie);
                asked++;
                if (answer.StatusCode != HttpStatusCode.Forbidden) taken.Add($"{operation.Name} {path.Name}: {(int)answer.StatusCode}");
            }
        }

        taken.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Every_form_that_posts_by_itself_carries_the_token()
    {
        var forms = System.IO.Directory.EnumerateFiles(Path.Combine(Conventions.Repository.Root, "src", "Approval.Host"), "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(f => PostForm().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Form: m.Value))).ToList();

        forms.Count.ShouldBeGreaterThan(1);
        forms.Where(f => !f.Form.Contains("@Html.AntiForgeryToken()", StringComparison.Ordinal) && f.File != "SignIn.cshtml").ShouldBeEmpty(); // who signs in has no session yet
    }

    [Fact]
    public async Task With_a_certificate_the_keys_of_sessions_lie_encrypted_in_the_database_and_all_hosts_read_them()
    {
        var file = Path.Combine(Path.GetTempPath(), $"approval-certificate-{Guid.CreateVersion7():n}.pem");
        using (var key = RSA.Create(2048))
        using (var certificate = new CertificateRequest("CN=approval", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1)))
            await File.WriteAllTextAsync(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        try
        {
            await using var first = await SignInHost.Start(null, "--Authentication:KeysCertificate", file);
            await first.Found();
            await using var second = await SignInHost.Beside(first, null, "--Authentication:KeysCertificate", file);
            using var browser = Browser(first);
            var cookie = Kept(await browser.PostAsJsonAsync("/demo/session", new { person = "admin" }));
            using var elsewhere = Browser(second);

            (await Ask(elsewhere, HttpMethod.Get, "/api/people/me", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);
            var stored = (await first.Database.Text("select string_agg(xml, '') from approval.data_protection_keys"))!;
            stored.ShouldContain("<encryptedSecret");
            stored.ShouldNotContain("<masterKey");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static HttpClient Browser(SignInHost host) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };

    private static string Kept(HttpResponseMessage answer) => string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    private static async Task<HttpResponseMessage> Ask(HttpClient browser, HttpMethod method, string address, string cookie)
    {
        using var request = new HttpRequestMessage(method, address) { Content = method == HttpMethod.Get ? null : JsonContent.Create(new { }) };
        request.Headers.Add("Cookie", cookie);
        return await browser.SendAsync(request);
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PostForm();
}
