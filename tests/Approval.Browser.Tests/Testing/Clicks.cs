namespace Approval.Testing;

/// <summary>What people do with the forms of a page.</summary>
internal static class Clicks
{
    /// <summary>A window of a person at an address.</summary>
    public static Task<Desk> At(this Site site, string person, string path) => site.SignIn(person, at: path);

    /// <summary>Acts, and waits until the page has been loaded anew; what was refused instead fails the test.</summary>
    public static async Task Through(this Desk desk, Func<Task> act)
    {
        await desk.Page.EvaluateAsync("() => { window.before = true; document.querySelectorAll('.act-errors').forEach(e => e.remove()); }");
        await act();
        await desk.Page.WaitForFunctionAsync("() => document.querySelector('.act-errors') || (window.before === undefined && document.readyState === 'complete' && window.htmx !== undefined)");
        (await desk.Page.Locator(".act-errors").AllInnerTextsAsync()).ShouldBeEmpty();
    }

    /// <summary>Until a form shows this refusal.</summary>
    public static Task Refused(this Desk desk, string code) => desk.Page.Locator($".act-errors li[data-code={code}]").First.WaitForAsync();
}
