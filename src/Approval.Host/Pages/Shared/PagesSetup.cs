using System.Text.Encodings.Web;
using System.Text.Unicode;
using Approval.EventStore;
using Approval.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.ResponseCompression;

namespace Approval.Pages;

/// <summary>Puts the pages into the host. A page lies in its stage's folder and only shows; whatever it changes goes through the API, by Frontend/act.js.</summary>
public static class PagesSetup
{
    /// <summary>The header in which a page's script hands back the antiforgery token.</summary>
    public const string AntiforgeryHeader = "X-CSRF-Token";

    const string Form = "application/x-www-form-urlencoded";

    /// <summary>Adds what the pages need.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(s => Reader.Of(s.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        services.AddAntiforgery(o =>
        {
            o.HeaderName = AntiforgeryHeader;
            o.Cookie.Name = "antiforgery";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // Chinese stays Chinese in the page
        services.AddRazorPages(o => o.RootDirectory = "/");
        services.Configure<RazorViewEngineOptions>(o => o.PageViewLocationFormats.Add("/Pages/Shared/{0}.cshtml"));
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
        });
        return services;
    }

    /// <summary>Sends the files of the pages. A browser keeps for good what is addressed by its content, and asks again about the rest.</summary>
    public static void UsePageFiles(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") || file.File.Name.StartsWith("part-", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
    });

    /// <summary>A page that cannot be shown says why as a page; who has not signed in is asked to, and comes back afterwards.</summary>
    public static void UsePages(this WebApplication app) => app.Use(async (http, next) =>
    {
        IReadOnlyList<Refusal> refusals;
        try
        {
            await next(http);
            if (http.GetEndpoint() is not null || http.Response is { StatusCode: not StatusCodes.Status404NotFound } or { HasStarted: true } || !WantsPage(http)) return;
            refusals = [Faults.Unknown.With()];
        }
        catch (ProblemException e) when (WantsPage(http) && !http.Response.HasStarted)
        {
            refusals = e.Refusals;
        }
        catch (NotFoundException) when (WantsPage(http) && !http.Response.HasStarted)
        {
            refusals = [Faults.Unknown.With()];
        }

        if (refusals[0].Kind == Faults.Unauthenticated)
        {
            http.Response.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            return;
        }

        await new ViewResult
        {
            ViewName = "/Pages/Shared/_Problem.cshtml",
            StatusCode = Faults.StatusOf(refusals[0].Kind),
            ViewData = new(new EmptyModelMetadataProvider(), new()) { Model = refusals },
        }.ExecuteResultAsync(new(http, http.GetRouteData(), new()));
    });

    /// <summary>Whether a person looks at this in a browser: a page, or an address that is nothing.</summary>
    static bool WantsPage(HttpContext http) => http.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
        : HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>Maps the pages and what they load.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapPost("/language", async (HttpContext http) =>
        {
            if (http.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true) throw new ProblemException(Faults.UnsupportedMediaType.With(Form));
            IFormCollection form;
            try
            {
                form = await http.Request.ReadFormAsync();
            }
            catch (InvalidDataException)
            {
                throw new ProblemException(Faults.BadRequest.With());
            }

            var language = form["language"] == "en" ? "en" : "zh";
            http.Response.Cookies.Append(Reader.Cookie, language, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" });
            return Results.LocalRedirect(LocalPath(form["returnUrl"]));
        }).ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>An address to return to, if it is one of ours; else the first page.</summary>
    public static string LocalPath(string? path) =>
        path is ['/', not ('/' or '\\'), ..] or "/" && !path.Any(char.IsControl) ? path : "/";
}
