using Approval.Access;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;

namespace Approval.Evidence;

/// <summary>How a jurisdiction's evidence stands.</summary>
/// <param name="Hash">The hash function; null before the first seal.</param>
/// <param name="Sealed">How many events are sealed.</param>
/// <param name="Key">The public key with which this host signs, in hexadecimal; null without one.</param>
/// <param name="Heads">The newest heads.</param>
/// <param name="Verification">The newest verification by this host.</param>
/// <param name="Receivers">The outside places to which heads are sent.</param>
public sealed record EvidenceStatus(
    string? Hash, long Sealed, string? Key, IReadOnlyList<SignedHead> Heads, VerificationStatus? Verification, IReadOnlyList<HeadReceiver> Receivers);

/// <summary>A verification, running or ended.</summary>
/// <param name="Started">When it began.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Share">The share done, 0 to 1.</param>
/// <param name="Result">What it found; null while it runs.</param>
/// <param name="Error">Why it broke off, if it did.</param>
public sealed record VerificationStatus(DateTimeOffset Started, PersonId By, double Share, VerificationResult? Result, string? Error);

/// <summary>What to verify against.</summary>
/// <param name="Heads">Heads kept elsewhere.</param>
public sealed record VerificationRequest(IReadOnlyList<SignedHead>? Heads = null);

/// <summary>The operators' way to the evidence, and the proof of one proposal.</summary>
public static class EvidenceRoutes
{
    /// <summary>The services.</summary>
    public static void AddEvidence(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton<SigningKey>().AddSingleton<Logs>().AddSingleton<Proofs>().AddSingleton<Verifications>()
        .AddHostedService<Sealing>().AddHostedService<HeadDelivery>();

    /// <summary>The routes.</summary>
    public static void MapEvidence(this WebApplication app)
    {
        app.MapGet("/api/operations/evidence", async (HttpContext http, Logs logs, Verifications verifications) =>
            {
                var actor = await http.ActorWho("ReadEvidence");
                return TypedResults.Ok(await logs.Status(actor.Jurisdiction, verifications.Of(actor.Jurisdiction), http.RequestAborted));
            })
            .As("ReadEvidence").Does("防篡改证据的状况：封存数、签名树头、校验结果", "How the evidence stands: seals, signed heads, the newest verification");

        app.MapGet("/api/operations/evidence/heads/{size}", async (long size, HttpContext http, Logs logs) =>
            {
                var actor = await http.ActorWho("ReadEvidence");
                return TypedResults.Ok(await logs.Head(actor.Jurisdiction.Value, size, http.RequestAborted) ?? throw new ProblemException(Faults.Unknown.With()));
            })
            .As("ReadEvidence").Does("导出签名树头，供外部保存", "A signed head, to be kept elsewhere", Faults.Unknown);

        app.MapPost("/api/operations/evidence/heads", async (HttpContext http, Logs logs) =>
            {
                var actor = await http.ActorWho("ReadVerification");
                return TypedResults.Ok(await logs.Sign(actor.Jurisdiction.Value, http.RequestAborted) ?? throw new ProblemException(Proofs.Unsigned.With()));
            })
            .As("ReadVerification").Does("立即签署树头", "Signs a head now", Proofs.Unsigned);

        app.MapPost("/api/operations/evidence/verification", async (HttpContext http, Body<VerificationRequest> body, Verifications verifications) =>
            {
                var actor = await http.ActorWho("ReadVerification");
                return TypedResults.Accepted("/api/operations/evidence", verifications.Start(actor, body.Value.Heads ?? []));
            })
            .As("ReadVerification").Does("校验全部记录，可附外部保存的树头", "Verifies the whole record, also against heads kept elsewhere");

        app.MapGet("/api/proposals/{id}/proof", async (string id, HttpContext http, Queries queries, Proofs proofs) =>
            {
                var actor = await http.ActorWho("ReadProof");
                var seen = await queries.Visible(http, id);
                var (proof, refused) = await proofs.Of(actor.Jurisdiction, seen.Info.Stream, http.RequestAborted);
                if (refused is not null) throw new ProblemException(refused.With());
                return TypedResults.File(proof!.Write(), "application/json", $"{id}.proof.json");
            })
            .As("ReadProof").IsRecorded(ReadingKind.Proof).Does("项目的可独立校验的证明文件", "A file that proves the proposal's events by itself", Proofs.Pending, Proofs.Unsigned)
            .Produces<StreamProof>();
    }
}

/// <summary>The verifications of this host: one at a time for each jurisdiction.</summary>
public sealed partial class Verifications(Databases databases, TimeProvider clock, ILogger<Verifications> log)
{
    readonly Lock gate = new();
    readonly Dictionary<JurisdictionId, Running> newest = [];

    sealed class Running(DateTimeOffset started, PersonId by, Verification work)
    {
        public Verification Work => work;

        public VerificationResult? Result { get; set; }

        public string? Error { get; set; }

        public bool Ended => Result is not null || Error is not null;

        public VerificationStatus Status => new(started, by, Result is not null ? 1 : Math.Round(work.Share, 4), Result, Error);
    }

    /// <summary>Starts one, unless one runs.</summary>
    public VerificationStatus Start(Actor actor, IReadOnlyList<SignedHead> outside)
    {
        lock (gate)
        {
            if (newest.TryGetValue(actor.Jurisdiction, out var one) && !one.Ended) return one.Status;
            newest[actor.Jurisdiction] = one = new(clock.GetUtcNow(), actor.Person, new(databases.Runners, actor.Jurisdiction.Value, outside));
            _ = Task.Run(() => Finish(one));
            return one.Status;
        }
    }

    /// <summary>The newest one of a jurisdiction.</summary>
    public VerificationStatus? Of(JurisdictionId jurisdiction)
    {
        lock (gate) return newest.GetValueOrDefault(jurisdiction)?.Status;
    }

    async Task Finish(Running one)
    {
        try
        {
            one.Result = await one.Work.Run(default);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            BrokeOff(log, e);
            one.Error = e.GetType().Name;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A verification of the record broke off")]
    static partial void BrokeOff(ILogger log, Exception exception);
}
