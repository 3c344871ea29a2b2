using Approval;
using Approval.Directory;
using Approval.Evidence;
using Approval.Operations;
using Approval.SignIn;

try
{
    var isCommand = args is ["jurisdiction" or "rebuild" or "verify" or "proof", ..];
    var builder = WebApplication.CreateBuilder(isCommand ? [] : args);
    if (isCommand) builder.Configuration.LetNobodyIn();
    builder.AddApproval();

    await using var app = builder.Build();
    app.MapApproval();

    await app.PrepareDatabase();
    switch (args)
    {
        case ["jurisdiction", .. var rest]: return await JurisdictionCommand.Run(app, rest);
        case ["rebuild", .. var names]: return await RebuildCommand.Run(app, names);
        case ["verify", .. var rest]: return await VerifyCommand.Run(app, rest);
        case ["proof", .. var rest]: return await ProofCommand.Run(app, rest);
    }

    try
    {
        await app.RunAsync();
    }
    catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
    {
        // Told to stop before it had started.
    }

    return 0;
}
catch (MisconfiguredException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
