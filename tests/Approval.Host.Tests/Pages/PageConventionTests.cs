using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Pages;

public sealed class PageConventionTests
{
    [Fact]
    public void A_page_has_no_handler_but_for_reading()
    {
        var handlers = typeof(Reader).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(m => m.Name.StartsWith("On", StringComparison.Ordinal) && m.DeclaringType!.Assembly == typeof(Reader).Assembly)
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ToList();

        handlers.Count.ShouldBeGreaterThan(10);
        handlers.ShouldAllBe(h => h.Contains(".OnGet", StringComparison.Ordinal));
    }
}
