using Approval.SignIn;

namespace Approval.Directory;

/// <summary>The command line of whoever runs the host: <c>jurisdiction create --code demo --name 示范区 --administrator SUBJECT [--unit CODE] [--unit-name NAME]</c>.</summary>
static class JurisdictionCommand
{
    const string Usage = "Usage: jurisdiction create --code CODE --name NAME --administrator SUBJECT [--unit CODE] [--unit-name NAME]";

    /// <summary>Founds the jurisdiction and says so.</summary>
    /// <exception cref="MisconfiguredException">The command or the jurisdiction is not in order.</exception>
    public static async Task<int> Run(WebApplication app, string[] args)
    {
        if (args is not ["create", ..]) throw new MisconfiguredException(Usage);
        var options = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        if (options["code"] is not { } code || options["name"] is not { } name || options["administrator"] is not { } administrator) throw new MisconfiguredException(Usage);

        UnitId? unit = options["unit"] is { } given ? new(given) : null;
        var refusals = await app.Services.GetRequiredService<Jurisdictions>().Found(new(new(code), name, new(administrator), unit, options["unit-name"]));
        if (refusals.Count > 0) throw new MisconfiguredException(string.Join(" ", refusals.Select(r => r.Message(chinese: false))));
        Console.WriteLine($"The jurisdiction {code} ({name}) has {administrator} as its administrator.");
        return 0;
    }
}
