using Approval;

var builder = WebApplication.CreateBuilder(args);
builder.AddApproval();

var app = builder.Build();
app.MapApproval();

await app.PrepareDatabase();
await app.RunAsync();
