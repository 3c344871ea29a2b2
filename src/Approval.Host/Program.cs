using Approval;
using Approval.Directory;
using Approval.Operations;
using Approval.SignIn;

try
{
    var (jurisdiction, rebuild) = (args is ["jurisdiction", ..], args is ["rebuild", ..]);
    var builder = WebApplication.CreateBuilder(jurisdiction || rebuild ? [] : args);
    builder.AddApproval();

    await using var app = builder.Build();
    app.MapApproval();

    await app.PrepareDatabase();
    if (jurisdiction) return await JurisdictionCommand.Run(app, args[1..]);
    if (rebuild) return await RebuildCommand.Run(app, args[1..]);
    await app.RunAsync();
    return 0;
}
catch (MisconfiguredException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
