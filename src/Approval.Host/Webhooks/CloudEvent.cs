using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Evidence;

namespace Approval.Webhooks;

/// <summary>An event as CloudEvents 1.0 in JSON. <c>sequence</c> is its place in the order of all events; sealed content is left out.</summary>
public static class CloudEvent
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/cloudevents+json";

    sealed record Form(
        string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, string Sequence, string Datacontenttype, JsonElement? Data);

    /// <summary>The bytes sent; the same each time.</summary>
    public static byte[] Of(StoredEvent e) => JsonSerializer.SerializeToUtf8Bytes(
        new Form(
            "1.0", e.Id.ToString(), $"/jurisdictions/{Uri.EscapeDataString(e.Jurisdiction.Value)}", e.WireName, e.Stream.Value, e.At, e.Position.ToString(), "application/json",
            e.IsSealed ? null : JsonElement.Parse(e.Data)),
        Json.Events);

    /// <summary>A signed head; <c>sequence</c> is its size, and <c>data</c> the head as it is exported and verified against.</summary>
    public static byte[] Of(SignedHead head) => JsonSerializer.SerializeToUtf8Bytes(
        new Form(
            "1.0", IdOf(head), $"/jurisdictions/{Uri.EscapeDataString(head.Jurisdiction)}", HeadDelivery.Type, "evidence", head.At, head.Size.ToString(), "application/json",
            JsonSerializer.SerializeToElement(head, Json.Events)),
        Json.Events);

    /// <summary>The id of a head's message.</summary>
    public static string IdOf(SignedHead head) => $"head-{head.Jurisdiction}-{head.Size}";
}
