using System.Text.Json;
using Approval.EventStore;
using Approval.SignIn;

namespace Approval.Evidence;

/// <summary>
/// <c>Approval.Host verify [--jurisdiction CODE] [--head FILE]</c>: whether the record is as it was sealed. The exit code is 0 if it is, 2 if it is broken.
/// </summary>
static class VerifyCommand
{
    const int Width = 40;

    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs the command.</summary>
    /// <exception cref="MisconfiguredException">The file is no head.</exception>
    public static async Task<int> Run(WebApplication app, string[] args)
    {
        var options = new ConfigurationBuilder().AddCommandLine(args).Build();
        var verification = new Verification(app.Services.GetRequiredService<Databases>().Runners, options["jurisdiction"], Heads(options["head"]));
        var running = verification.Run(default);
        while (await Task.WhenAny(running, Task.Delay(Refresh)) != running) Show(verification.Share);
        var result = await running;
        Show(1);
        Console.WriteLine();
        foreach (var log in result.Logs) Console.WriteLine($"{log.Jurisdiction}: {log.Size:#,0} events as sealed, root {log.Root}");
        foreach (var broken in result.Broken) Console.WriteLine($"{broken.Jurisdiction}: {Words.Of(broken.What, chinese: false)}. {broken.Explanation}");
        Console.WriteLine(
            $"{result.Events:#,0} events and {result.Heads} heads in {result.Seconds:0.0} s ({result.Events / Math.Max(result.Seconds, 0.001):#,0} per second); {result.NotYetSealed:#,0} wait for their seal.");
        return result.Broken.Count == 0 ? 0 : 2;
    }

    /// <summary>The heads in a file: one, or a list of them.</summary>
    static List<SignedHead> Heads(string? file)
    {
        if (file is null) return [];
        try
        {
            var json = File.ReadAllText(file).Trim();
            return json.StartsWith('[') ? JsonSerializer.Deserialize<List<SignedHead>>(json, JsonSerializerOptions.Web)! : [JsonSerializer.Deserialize<SignedHead>(json, JsonSerializerOptions.Web)!];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new MisconfiguredException($"{file} is no readable head: {e.Message}");
        }
    }

    static void Show(double share)
    {
        if (Console.IsOutputRedirected) return;
        var full = (int)(share * Width);
        Console.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {share,4:P0}");
    }
}
