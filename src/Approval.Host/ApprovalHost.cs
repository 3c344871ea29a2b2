using Approval.Access;
using Approval.BatchReview;
using Approval.Calendars;
using Approval.Committee;
using Approval.Dashboard;
using Approval.Directory;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Evidence;
using Approval.Feed;
using Approval.Funds;
using Approval.History;
using Approval.Http;
using Approval.Inbox;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Issuance;
using Approval.MergedAppraisal;
using Approval.Operations;
using Approval.Pages;
using Approval.Policies;
using Approval.Programmes;
using Approval.Scheduling;
using Approval.Scorecards;
using Approval.SignIn;
using Approval.Signing;
using Approval.Supervision;
using Approval.Systems;
using Approval.Webhooks;
using Npgsql;

namespace Approval;

/// <summary>Puts the host together: services, then the way every request goes.</summary>
public static class ApprovalHost
{
    /// <summary>The services that every stage stands on.</summary>
    public static WebApplicationBuilder AddApproval(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("Approval")
            ?? throw new MisconfiguredException("ConnectionStrings:Approval names no database.");
        if (!Databases.CanRead(connection)) throw new MisconfiguredException("ConnectionStrings:Approval is no Npgsql connection string such as Host=…;Database=…;Username=…;Password=….");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services
            .AddSingleton(Open(connection))
            .AddSingleton(s => s.GetRequiredService<Databases>().Host)
            .AddSingleton(EventTypes.In(typeof(StreamId).Assembly))
            .AddSingleton(TimeProvider.System)
            .AddSingleton<Store>()
            .AddSingleton<Wakeup>()
            .AddHostedService(s => s.GetRequiredService<Wakeup>())
            .AddSingleton<Views>()
            .AddSingleton<Commits>()
            .AddSingleton<CommandRunner>()
            .AddSingleton<ForgottenKeys>()
            .AddHostedService(s => s.GetRequiredService<ForgottenKeys>())
            .AddSingleton<Commands>()
            .AddSingleton<Queries>()
            .AddSingleton<Pace>()
            .AddSingleton<SimilarityIndex>()
            .AddSingleton<Attachments>()
            .AddSingleton<Readings>()
            .AddSingleton<Conflicts>()
            .AddSingleton<Jurisdictions>()
            .AddSingleton<People>()
            .AddSingleton<Overdue>()
            .AddSingleton<KeptDeclarants>()
            .AddSingleton<Standings>()
            .AddSingleton<KeptWaits>()
            .AddSingleton<InboxQueries>()
            .AddSingleton<TimelineQueries>()
            .AddSingleton<HistoryQueries>()
            .AddSingleton<DashboardQueries>()
            .AddHostedService<FirstFigures>()
            .AddSingleton<FundMovements>()
            .AddSingleton<ScorecardQueries>();
        builder.AddSignIn();
        builder.Services.ConfigureHttpJsonOptions(json => Json.ForAnswers(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddDocument();
        builder.AddRunners();
        builder.AddEvidence();
        builder.Services.AddPages();
        return builder;
    }

    static Databases Open(string connection)
    {
        try
        {
            return new(connection);
        }
        catch (ArgumentException)
        {
            throw new MisconfiguredException("ConnectionStrings:Approval must be a connection string of Npgsql, such as Host=…;Database=…;Username=….");
        }
    }

    /// <summary>The table of contents: one line per stage, in the order of a proposal's path.</summary>
    public static void MapApproval(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseSecureCookies();
        app.UseResponseCompression();
        app.UsePageFiles();
        app.UseFoundation();
        app.UsePages();
        app.UseNames();
        app.UseSignIn();
        app.MapFoundation();
        app.MapIntake();
        app.MapSigning();
        app.MapScheduling();
        app.MapBatches();
        app.MapMergedAppraisal();
        app.MapFunds();
        app.MapInterfaceUnification();
        app.MapCommittee();
        app.MapIssuance();
        app.MapSupervision();
        app.MapSystems();
        app.MapProgrammes();
        app.MapScorecards();
        app.MapInbox();
        app.MapDashboard();
        app.MapOperations();
        app.MapReadings();
        app.MapConflicts();
        app.MapEvidence();
        app.MapHistory();
        app.MapPolicies();
        app.MapCalendar();
        app.MapDirectory();
        app.MapDemo();
        app.MapSignIn();
        app.MapFeed();
        app.MapWebhooks();
        app.MapPages();
    }

    /// <summary>Applies the schema and makes the tables of the views.</summary>
    /// <exception cref="MisconfiguredException">The database cannot be reached, or does not let itself be prepared.</exception>
    public static async Task PrepareDatabase(this WebApplication app)
    {
        var databases = app.Services.GetRequiredService<Databases>();
        try
        {
            await Migrator.Run(databases.Owner, async () =>
            {
                await app.Services.GetRequiredService<Views>().Prepare(databases.Owner, app.Services.GetRequiredService<EventTypes>());
                await app.Services.GetRequiredService<AsyncViews>().Prepare(databases.Owner);
            });
        }
        catch (NpgsqlException e)
        {
            throw new MisconfiguredException($"The database cannot be used: {(e as PostgresException)?.MessageText ?? (e.InnerException ?? e).Message}");
        }
    }
}
