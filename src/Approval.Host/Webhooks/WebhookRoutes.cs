using System.Security.Cryptography;
using System.Text;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Evidence;
using Approval.Http;
using Npgsql;

namespace Approval.Webhooks;

/// <summary>Asks to be told of events.</summary>
/// <param name="Url">Where to: https.</param>
/// <param name="Types">Which events, by their names, and <c>evidence-head.v1</c> for signed heads; all if there are none.</param>
public sealed record WebhookRequest(string Url, IReadOnlyList<string>? Types = null);

/// <summary>A webhook.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where to.</param>
/// <param name="Types">Which events; all if there are none.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Position">Up to where it has been told.</param>
/// <param name="Attempts">How often the next event was tried in vain.</param>
/// <param name="NextAttempt">When it is tried again.</param>
/// <param name="LastError">What went wrong last; absent while it goes well.</param>
/// <param name="Stopped">Why nothing is sent any more: the receiver said so.</param>
/// <param name="DeadLetters">How many events were given up.</param>
/// <param name="Secret">By which the receiver checks signatures; shown when the webhook is made and never again.</param>
public sealed record Webhook(
    string Id, string Url, IReadOnlyList<string> Types, DateTimeOffset Created, long Position, int Attempts, DateTimeOffset? NextAttempt, string? LastError, string? Stopped,
    long DeadLetters, string? Secret = null);

/// <summary>An event that a webhook did not take.</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Type">Its name.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="GivenUp">When it was given up.</param>
/// <param name="ReplayAsked">Whether it is about to be tried again.</param>
public sealed record DeadLetter(long Position, Guid EventId, string Type, int Attempts, string Error, DateTimeOffset GivenUp, bool ReplayAsked);

/// <summary>Webhooks are kept by the administrator and the office.</summary>
public static class WebhookRoutes
{
    const int MostPerJurisdiction = 50;

    /// <summary>The address may not be spoken to.</summary>
    public static readonly RefusalKind AddressNotAllowed = new("webhook-address-not-allowed", RefusalSort.Form,
        "地址须为 https，且位于允许访问的网络。", "The address must be https, in a network that may be reached.");

    /// <summary>There is no such event.</summary>
    public static readonly RefusalKind UnknownType = new("webhook-type-unknown", RefusalSort.Form, "没有“{0}”这一事件。", "There is no event {0}.");

    /// <summary>There are too many.</summary>
    public static readonly RefusalKind TooMany = new("too-many-webhooks", RefusalSort.Rule, "最多设置 {0} 个推送。", "There may be at most {0} webhooks.");

    /// <summary>Maps them.</summary>
    public static void MapWebhooks(this WebApplication app)
    {
        app.MapGet("/api/webhooks", async (HttpContext http, WebhookQueries webhooks) =>
                TypedResults.Ok(await webhooks.All((await http.ActorWho("ManageWebhooks")).Jurisdiction, null, http.RequestAborted)))
            .As("ManageWebhooks").Does("事件推送列表", "Lists webhooks", Permissions.NotPermitted);

        app.MapPost("/api/webhooks", async (Body<WebhookRequest> body, HttpContext http, NpgsqlDataSource database, WebhookQueries webhooks, Receivers receivers, EventTypes types, EventLog log, TimeProvider clock) =>
            {
                var actor = await http.ActorWho("ManageWebhooks");
                var asked = body.Value;
                var wrong = (asked.Types ?? []).Select((t, i) => (t, i)).Where(t => t.t != HeadDelivery.Type && !types.Knows(t.t)).Select(t => UnknownType.At($"types[{t.i}]", t.t)).ToList();
                if (asked.Url.Length > 500 || !Uri.TryCreate(asked.Url, UriKind.Absolute, out var url) || !receivers.Allows(url)) wrong.Insert(0, AddressNotAllowed.At("url"));
                if (wrong.Count > 0) throw new ProblemException(wrong);
                if ((await webhooks.All(actor.Jurisdiction, null, http.RequestAborted)).Count >= MostPerJurisdiction) throw new ProblemException(TooMany.With(MostPerJurisdiction));

                var id = IdOf(http, actor);
                await log.Begun(http.RequestAborted);
                await using var insert = database.CreateCommand(
                    """
                    insert into approval.webhooks (jurisdiction, id, url, types, secret, created, created_by, position) values ($1, $2, $3, $4, $5, $6, $7, $8)
                    on conflict (jurisdiction, id) do update set id = excluded.id returning secret
                    """);
                object[] values =
                    [actor.Jurisdiction.Value, id, asked.Url, (asked.Types ?? []).Distinct().ToArray(), Signature.NewSecret(), clock.GetUtcNow(), actor.Person.Value, log.Settled];
                foreach (var value in values) insert.Parameters.Add(new() { Value = value });
                var secret = (byte[])(await insert.ExecuteScalarAsync(http.RequestAborted))!;
                var made = await webhooks.One(actor.Jurisdiction, id, http.RequestAborted);
                if (made.Url != asked.Url || !made.Types.SequenceEqual((asked.Types ?? []).Distinct())) throw new ProblemException(Faults.KeyReused.With());
                return TypedResults.Created($"/api/webhooks/{id}", made with { Secret = Signature.Show(secret) });
            })
            .As("ManageWebhooks").Does("新建事件推送；密钥只显示这一次", "Makes a webhook; its secret is shown this once", AddressNotAllowed, UnknownType, TooMany, Faults.KeyReused, Permissions.NotPermitted);

        app.MapGet("/api/webhooks/{id}", async (string id, HttpContext http, WebhookQueries webhooks) =>
                TypedResults.Ok(await webhooks.One((await http.ActorWho("ManageWebhooks")).Jurisdiction, id, http.RequestAborted)))
            .As("ManageWebhooks").Does("读取事件推送", "Reads a webhook", Faults.Unknown, Permissions.NotPermitted);

        app.MapDelete("/api/webhooks/{id}", async (string id, HttpContext http, NpgsqlDataSource database, WebhookQueries webhooks) =>
            {
                var actor = await http.ActorWho("ManageWebhooks");
                var removed = await webhooks.One(actor.Jurisdiction, id, http.RequestAborted);
                await Run(database, "delete from approval.webhooks where jurisdiction = $1 and id = $2", http.RequestAborted, actor.Jurisdiction.Value, id);
                return TypedResults.Ok(removed);
            })
            .As("ManageWebhooks").Does("删除事件推送", "Removes a webhook", Faults.Unknown, Permissions.NotPermitted);

        app.MapGet("/api/webhooks/{id}/dead-letters", async (string id, HttpContext http, WebhookQueries webhooks) =>
            {
                var hook = await webhooks.One((await http.ActorWho("ManageWebhooks")).Jurisdiction, id, http.RequestAborted);
                return TypedResults.Ok(await webhooks.DeadLetters((await http.Actor()).Jurisdiction, hook.Id, http.Paging(), http.RequestAborted));
            })
            .TakesPage().As("ManageWebhooks").Does("未能送达的事件", "The events that could not be delivered", Faults.Unknown, Permissions.NotPermitted);

        app.MapPost("/api/webhooks/{id}/dead-letters/{position:long}/replay", async (string id, long position, HttpContext http, NpgsqlDataSource database, WebhookQueries webhooks) =>
            {
                var actor = await http.ActorWho("ManageWebhooks");
                var found = await Run(
                    database, "update approval.webhook_dead_letters set replay_asked = true where jurisdiction = $1 and webhook = $2 and position = $3", http.RequestAborted,
                    actor.Jurisdiction.Value, id, position);
                if (found == 0) throw new ProblemException(Faults.Unknown.With());
                return TypedResults.Accepted($"/api/webhooks/{id}/dead-letters", await webhooks.One(actor.Jurisdiction, id, http.RequestAborted));
            })
            .As("ManageWebhooks").Does("重新推送一个未能送达的事件", "Sends an event again that could not be delivered", Faults.Unknown, Permissions.NotPermitted);
    }

    /// <summary>The same <c>Idempotency-Key</c> of the same person names the same webhook.</summary>
    static string IdOf(HttpContext http, Actor actor) => http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Person.Value}/{key}")))[..32]
        : Guid.CreateVersion7().ToString("N");

    static async Task<int> Run(NpgsqlDataSource database, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
