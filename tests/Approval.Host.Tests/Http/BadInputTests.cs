using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Http;

/// <summary>Whatever a caller sends gets the right status, a stable code and the field; nothing is stored.</summary>
public sealed class BadInputTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    private readonly HttpClient client = host.ClientFor(Someone);

    [Theory]
    [InlineData("{", "malformed-json", null)]
    [InlineData("", "malformed-json", null)]
    [InlineData("[]", "wrong-type", null)]
    [InlineData("null", "wrong-type", null)]
    [InlineData("""{"title":"a","kind":"call","cost":1,"colour":"red"}""", "unknown-field", "colour")]
    [InlineData("""{"title":"a","Title":"a","kind":"call","cost":1}""", "unknown-field", "Title")]
    [InlineData("""{"title":"a","title":"b","kind":"call","cost":1}""", "duplicate-field", "title")]
    [InlineData("""{"kind":"call","cost":1}""", "required-field", "title")]
    [InlineData("""{"title":null,"kind":"call","cost":1}""", "required-field", "title")]
    [InlineData("""{"title":7,"kind":"call","cost":1}""", "wrong-type", "title")]
    [InlineData("""{"title":"a","kind":"letter","cost":1}""", "wrong-type", "kind")]
    [InlineData("""{"title":"a","kind":1,"cost":1}""", "wrong-type", "kind")]
    [InlineData("""{"title":"a","kind":"Call","cost":1}""", "wrong-type", "kind")]
    [InlineData("""{"title":"a","kind":"call","cost":-1}""", "invalid-amount", "cost")]
    [InlineData("""{"title":"a","kind":"call","cost":1.005}""", "invalid-amount", "cost")]
    [InlineData("""{"title":"a","kind":"call","cost":1e400}""", "invalid-amount", "cost")]
    [InlineData("""{"title":"a","kind":"call","cost":10000000000000}""", "invalid-amount", "cost")]
    [InlineData("""{"title":"a","kind":"call","cost":"1"}""", "invalid-amount", "cost")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"due":"2026-02-30"}""", "wrong-type", "due")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"due":"2026-02-28T00:00:00Z"}""", "wrong-type", "due")]
    [InlineData("""{"title":"a\u0000b","kind":"call","cost":1}""", "control-character", "title")]
    [InlineData("""{"title":"a\u001bb","kind":"call","cost":1}""", "control-character", "title")]
    [InlineData("""{"title":"a\u007fb","kind":"call","cost":1}""", "control-character", "title")]
    [InlineData("""{"title":"a\u009fb","kind":"call","cost":1}""", "control-character", "title")]
    [InlineData("""{"title":"a\ud800b","kind":"call","cost":1}""", "control-character", "title")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"parts":{}}""", "wrong-type", "parts")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"parts":[{"name":"b","weight":1},{"name":"c"}]}""", "required-field", "parts[1].weight")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"parts":[{"name":"b","weight":3000000000}]}""", "out-of-range", "parts[0].weight")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"parts":[{"name":"b","weight":1.5}]}""", "out-of-range", "parts[0].weight")]
    [InlineData("""{"title":"a","kind":"call","cost":1,"parts":[null]}""", "required-field", "parts[0]")]
    public async Task A_body_that_is_wrong_names_the_field(string body, string code, string? field)
    {
        using var answer = await Post("/api/notes/bad", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
        var problem = await Problem(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        (problem.GetProperty("errors")[0].TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
        await NothingIsStored();
    }

    [Fact]
    public async Task All_failures_are_reported_at_once()
    {
        using var answer = await Post("/api/notes/bad", """{"kind":"letter","cost":-1,"colour":1}""");

        var problem = await Problem(answer);
        problem.GetProperty("code").GetString().ShouldBe("several");
        problem.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("field").GetString(), e.GetProperty("code").GetString())).ShouldBe(
            [("kind", "wrong-type"), ("cost", "invalid-amount"), ("colour", "unknown-field"), ("title", "required-field")]);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        using var answer = await Post("/api/notes/bad", new string('[', 40) + new string(']', 40));

        await Refused(answer, HttpStatusCode.BadRequest, "too-deep");
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xff, 0xfe, .. "\",\"kind\":\"call\",\"cost\":1}"u8]);
        content.Headers.ContentType = new("application/json");
        using var answer = await client.PostAsync("/api/notes/bad", content);

        await Refused(answer, HttpStatusCode.BadRequest, "control-character");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_one_mebibyte_is_refused(bool lengthIsSaid)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"title":"{{new string('a', 1 << 20)}}","kind":"call","cost":1}"""));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/notes/bad") { Content = content };
        request.Headers.TransferEncodingChunked = !lengthIsSaid;
        using var answer = await client.SendAsync(request);

        await Refused(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var answer = await client.PostAsync("/api/notes/bad", new StringContent("title=a", new MediaTypeHeaderValue("application/x-www-form-urlencoded")));

        await Refused(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("/api/notes/none")]
    [InlineData("/api/nothing")]
    [InlineData("/nothing")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/api/notes/a%20b")]
    [InlineData("/api/notes/%ff")]
    [InlineData("/api/notes/'%3B--")]
    [InlineData("/api/notes/01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task An_id_that_does_not_exist_or_cannot_is_unknown(string address)
    {
        using var answer = await client.GetAsync(address);

        await Refused(answer, HttpStatusCode.NotFound, "unknown");
    }

    [Fact]
    public async Task Another_jurisdiction_sees_nothing()
    {
        using var made = await Post("/api/notes/ours", """{"title":"a","kind":"call","cost":1}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var stranger = host.ClientFor(Someone with { Jurisdiction = new("other") });

        using var answer = await stranger.GetAsync("/api/notes/ours");
        await Refused(answer, HttpStatusCode.NotFound, "unknown");
        JsonDocument.Parse(await stranger.GetStringAsync("/api/notes")).RootElement.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("cursor=%21", "cursor")]
    [InlineData("cursor=WzFd", "cursor")]
    [InlineData("cursor=e30", "cursor")]
    [InlineData("kind=letter", "kind")]
    [InlineData("kind=Call", "kind")]
    [InlineData("asOf=2026-03-01", "asOf")]
    [InlineData("asOf=2026-13-01T00:00:00Z", "asOf")]
    [InlineData("asOf=2026-03-01T00:00:00Z&asOfBy=guess", "asOfBy")]
    public async Task A_query_parameter_that_cannot_be_read_is_named(string query, string parameter)
    {
        using var answer = await client.GetAsync($"/api/notes?{query}");

        var problem = await Refused(answer, HttpStatusCode.BadRequest, "invalid-parameter");
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(parameter);
    }

    [Theory]
    [InlineData("/api/history")]
    [InlineData("/api/proposals")]
    [InlineData("/api/funds")]
    public async Task A_cursor_of_another_list_is_refused(string list)
    {
        foreach (var values in new[] { "[\"a\"]", "[{}]", "[[]]", "[null]", "[1.5]", "[1e400]", "null", "{}", "[\"\\ud800\",\"a\"]", "[\"\\u0000\",\"a\"]" })
        {
            using var answer = await client.GetAsync($"{list}?cursor={Convert.ToBase64String(Encoding.UTF8.GetBytes(values)).Replace('+', '-').Replace('/', '_').TrimEnd('=')}");
            await Refused(answer, HttpStatusCode.BadRequest, "invalid-parameter");
        }
    }

    [Theory]
    [InlineData("/api/notes?knid=call", "knid")]
    [InlineData("/api/notes/none?limit=1", "limit")]
    [InlineData("/api/proposals?stages=draft", "stages")]
    [InlineData("/health/live?x", "x")]
    public async Task A_query_parameter_that_the_operation_does_not_take_is_refused(string address, string parameter)
    {
        using var answer = await client.GetAsync(address);

        var problem = await Refused(answer, HttpStatusCode.BadRequest, "unknown-parameter");
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(parameter);
    }

    [Theory]
    [InlineData("asOf=yesterday")]
    [InlineData("asOf=2026-02-30T00:00:00Z")]
    [InlineData("asOf=2026-03-01T00:00:00Z&asOfBy=guess")]
    public async Task An_instant_that_cannot_be_read_is_refused(string query)
    {
        using var answer = await client.GetAsync($"/api/notes/none?{query}");

        await Refused(answer, HttpStatusCode.BadRequest, "invalid-parameter");
    }

    [Theory]
    [InlineData("If-Match", "1")]
    [InlineData("If-Match", "\"one\"")]
    [InlineData("If-Match", "W/\"1\"")]
    [InlineData("If-Match", "\"-1\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    [InlineData("Idempotency-Key", "")]
    [InlineData("Idempotency-Key", "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_header_that_cannot_be_read_is_named(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/notes/bad") { Content = new StringContent("""{"title":"a","kind":"call","cost":1}""", new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        using var answer = await client.SendAsync(request);

        var problem = await Refused(answer, HttpStatusCode.BadRequest, "invalid-header");
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(header);
    }

    [Theory]
    [InlineData("/api/notes/a%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/api/notes?cursor=a%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/api/notes?kind=%0d%0a%0d%0a<script>")]
    [InlineData("/sign-in?returnUrl=/%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/proposals/a%0d%0aSet-Cookie:%20x=1")]
    public async Task A_line_break_in_an_address_makes_no_header(string address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        browser.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        using var answer = await browser.GetAsync(address);

        ((int)answer.StatusCode).ShouldBeLessThan(500);
        answer.Headers.ToString().ShouldNotContain("x=1");
        answer.Content.Headers.ToString().ShouldNotContain("x=1");
    }

    [Theory]
    [InlineData("/api/../../../etc/passwd")]
    [InlineData("/lib/..%2f..%2fappsettings.json")]
    [InlineData("/lib/%2e%2e/%2e%2e/Approval.Host.dll")]
    [InlineData("/api/notes/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/notes/%2e%2e%5c%2e%2e%5cwindows")]
    public async Task A_path_leads_out_of_nothing(string address)
    {
        var answer = await Raw(address);

        answer.ShouldStartWith("HTTP/1.1 404");
        answer.ShouldNotContain("root:");
    }

    /// <summary>The server below the host takes it for no HTTP and answers by itself, without a body.</summary>
    [Theory]
    [InlineData("/api/notes/a%00b")]
    [InlineData("/proposals/%00")]
    [InlineData("/lib/%00")]
    public async Task A_zero_byte_in_a_path_is_no_request(string address) => (await Raw(address)).ShouldStartWith("HTTP/1.1 400");

    /// <summary>The answer to an address sent as it is written.</summary>
    private async Task<string> Raw(string address)
    {
        using var asked = new System.Net.Sockets.TcpClient();
        await asked.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = asked.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: approval\r\nConnection: close\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_refused()
    {
        using var answer = await client.DeleteAsync("/api/notes/a1");

        await Refused(answer, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task Nobody_signed_in_is_refused()
    {
        using var anonymous = host.Anonymous();
        using var answer = await anonymous.GetAsync("/api/notes");

        await Refused(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Messages_are_Chinese_unless_English_is_asked_for()
    {
        using var english = host.ClientFor(Someone);
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB, zh;q=0.5");

        (await Problem(await client.GetAsync("/api/notes/none"))).GetProperty("detail").GetString().ShouldBe("未找到，或您无权查看。");
        (await Problem(await english.GetAsync("/api/notes/none"))).GetProperty("detail").GetString().ShouldBe("There is no such thing, or you may not see it.");
    }

    private async Task<HttpResponseMessage> Post(string address, string body) =>
        await client.PostAsync(address, new StringContent(body, new MediaTypeHeaderValue("application/json")));

    private static async Task<JsonElement> Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        var problem = await Problem(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task NothingIsStored()
    {
        await using var count = host.Database.DataSource.CreateCommand("select count(*) from public.mt_streams where id = 'note-bad'");
        (await count.ExecuteScalarAsync()).ShouldBe(0L);
    }
}
