using System.Diagnostics;
using System.Diagnostics.Metrics;
using Approval.EventStore;

namespace Approval;

/// <summary>What the product tells of its own work, beside what the framework and the database driver tell: no personal data.</summary>
static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Approval";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    static readonly Counter<long> Commands = Meter.CreateCounter<long>("approval.commands", "{command}", "Commands by outcome");
    static readonly Counter<long> Refusals = Meter.CreateCounter<long>("approval.refusals", "{refusal}", "Refusals answered, by code");
    static readonly Counter<long> Events = Meter.CreateCounter<long>("approval.events", "{event}", "Events recorded");
    static readonly Histogram<double> Append = Meter.CreateHistogram<double>("approval.append.duration", "s", "From sending a command's events to their commit");
    static readonly Gauge<long> LagEvents = Meter.CreateGauge<long>("approval.view.lag", "{event}", "Events that a view has yet to apply");
    static readonly Gauge<double> LagSeconds = Meter.CreateGauge<double>("approval.view.lag.time", "s", "How long the oldest event that a view has yet to apply has been waiting");

    public static readonly Gauge<long> DeadlinesDue = Meter.CreateGauge<long>("approval.deadlines.due", "{deadline}", "Deadlines that are due and have not fired");
    public static readonly UpDownCounter<long> FeedClients = Meter.CreateUpDownCounter<long>("approval.feed.clients", "{client}", "Clients that follow the feed");
    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("approval.webhook.deliveries", "{delivery}", "Deliveries to webhooks by outcome");

    /// <summary>A request goes to a route: its span is called by that, never by the path, which may hold somebody's id.</summary>
    public static void Asked(Activity? activity, string method, string? route)
    {
        if (activity is null || route is null) return;
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.route", route);
    }

    /// <summary>A command came to its end.</summary>
    public static void Ran(Activity? activity, CommandOutcome outcome)
    {
        var name = outcome switch
        {
            CommandOutcome.Done { Recorded: 0 } => "already-so",
            CommandOutcome.Done => "recorded",
            CommandOutcome.Repeated => "repeated",
            CommandOutcome.Refused => "refused",
            CommandOutcome.VersionMoved => "version-moved",
            CommandOutcome.KeyReused => "key-reused",
            _ => "contended",
        };
        activity?.SetTag("approval.outcome", name);
        Commands.Add(1, new KeyValuePair<string, object?>("outcome", name));
        if (outcome is CommandOutcome.Done done) Events.Add(done.Recorded);
        if (outcome is not CommandOutcome.Refused refused) return;
        activity?.SetTag("approval.refusals", string.Join(',', refused.Refusals.Select(r => r.Code)));
    }

    /// <summary>A request was refused, by a command or before it came to one.</summary>
    public static void Refused(IEnumerable<Refusal> refusals)
    {
        foreach (var refusal in refusals) Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
    }

    /// <summary>A command's batch was committed.</summary>
    public static void Appended(TimeSpan time) => Append.Record(time.TotalSeconds);

    /// <summary>How far a view is behind.</summary>
    public static void Lags(string view, long events, double seconds)
    {
        LagEvents.Record(events, new KeyValuePair<string, object?>("view", view));
        LagSeconds.Record(seconds, new KeyValuePair<string, object?>("view", view));
    }
}
