using Approval;
using Approval.Operations;

var rebuild = args is ["rebuild", ..];
var builder = WebApplication.CreateBuilder(rebuild ? [] : args);
builder.AddApproval();

var app = builder.Build();
app.MapApproval();

await app.PrepareDatabase();
if (rebuild) return await RebuildCommand.Run(app, args[1..]);
await app.RunAsync();
return 0;
