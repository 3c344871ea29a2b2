using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.ResponseCompression;

namespace Approval.Pages;

/// <summary>Puts the pages into the host. A page lies in its stage's folder and only shows; whatever it changes goes through the API, by Frontend/act.js.</summary>
public static class PagesSetup
{
    /// <summary>The header in which a page's script hands back the antiforgery token.</summary>
    public const string AntiforgeryHeader = "X-CSRF-Token";

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

    /// <summary>Maps the pages and what they load.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapPost("/language", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var form = await http.Request.ReadFormAsync();
            var language = form["language"] == "en" ? "en" : "zh";
            http.Response.Cookies.Append(Reader.Cookie, language, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" });
            return Results.LocalRedirect(LocalPath(form["returnUrl"]));
        }).ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>An address to return to, if it is one of ours; else the first page.</summary>
    public static string LocalPath(string? path) =>
        path is ['/', not ('/' or '\\'), ..] or "/" && !path.Any(char.IsControl) ? path : "/";
}
