using Approval.EventStore;
using Approval.Http;
using Approval.Intake;

namespace Approval.MergedAppraisal;

/// <summary>What a draft says so far, to look for similar ones while writing.</summary>
/// <param name="Title">The title.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Resources">The names of its information resources.</param>
/// <param name="Interfaces">Its interfaces.</param>
public sealed record SimilarRequest(
    string Title, string? Objective = null, IReadOnlyList<string>? Resources = null, IReadOnlyList<SimilarityInterface>? Interfaces = null);

/// <summary>Records a look by a person.</summary>
/// <param name="Findings">What the person found.</param>
/// <param name="Similar">The ids of similar proposals and systems.</param>
public sealed record LookForSimilarRequest(string Findings, IReadOnlyList<string>? Similar = null);

/// <summary>A reason in words.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Shared">What both have.</param>
/// <param name="Points">What it adds to the score.</param>
/// <param name="Chinese">The reason in Chinese.</param>
/// <param name="English">The reason in English.</param>
public sealed record SimilarReasonAnswer(SimilarReasonCode Code, IReadOnlyList<string> Shared, int Points, string Chinese, string English);

/// <summary>A similar proposal or system.</summary>
public sealed record SimilarAnswer(SimilarSubject Subject, string Key, string Title, UnitId Unit, int Score, IReadOnlyList<SimilarReasonAnswer> Reasons)
{
    /// <summary>The candidate with its reasons in words.</summary>
    public static SimilarAnswer Of(SimilarCandidate c) => new(
        c.Subject, c.Key, c.Title, c.Unit, c.Score, [.. c.Reasons.Select(r => new SimilarReasonAnswer(r.Code, r.Shared, r.Points, r.Text(true), r.Text(false)))]);
}

/// <summary>What is similar, most similar first.</summary>
/// <param name="Items">The candidates.</param>
/// <param name="AwaitsLookByHand">Whether the engine's own look failed on submission or revision, so that a person must look.</param>
public sealed record SimilarList(IReadOnlyList<SimilarAnswer> Items, bool AwaitsLookByHand);

/// <summary>The routes of the look for similar proposals and systems.</summary>
static class SimilarityEndpoints
{
    const int MostEntries = 200;

    public static void MapSimilarity(this WebApplication app)
    {
        app.AddView(SimilarityIndex.Proposals);
        app.AddView(SimilarityIndex.Systems);

        app.MapGet("/api/proposals/{id}/similar", async (string id, HttpContext http, Queries queries, SimilarityIndex index) =>
            {
                var actor = await http.Actor();
                var asOf = http.AsOf();
                var p = (await queries.Load(actor.Jurisdiction, Proposal.Kind, new ProposalId(id).Stream, asOf, http.RequestAborted)).State;
                if (!Visibility.Sees(actor, p)) throw new NotFoundException(p.Id.Stream);
                var found = asOf is null ? await index.Find(actor.Jurisdiction, SimilarityProfile.Of(p.Id, p.Unit, p.Content), http.RequestAborted) : p.Appraisal.Similar;
                return TypedResults.Ok(new SimilarList([.. found.Select(SimilarAnswer.Of)], p.Appraisal.AwaitsLookByHand));
            })
            .TakesAsOf().As("ReadProposals").Does("类似项目与系统", "What is similar to a proposal, and why; as of an instant, what the engine had found by then", Permissions.NotPermitted, Faults.Unknown);

        app.MapPost("/api/proposals/similar", async (Body<SimilarRequest> body, HttpContext http, SimilarityIndex index) =>
            {
                var actor = await http.Actor();
                if (Permissions.Check("SeekSimilar", actor) is { } no) throw new ProblemException(no);
                var b = body.Value;
                if (Wrong(b).FirstOrDefault() is { } wrong) throw new ProblemException(wrong);
                var profile = new SimilarityProfile(SimilarSubject.Proposal, "", b.Title, actor.Unit, b.Objective ?? "", [.. b.Resources ?? []], [.. b.Interfaces ?? []]);
                return TypedResults.Ok(new SimilarList([.. (await index.Find(actor.Jurisdiction, profile, http.RequestAborted)).Select(SimilarAnswer.Of)], false));
            })
            .As("SeekSimilar").Does("拟稿时查找类似项目", "What is similar to a draft while it is written", Permissions.NotPermitted, Texts.Required, Texts.TooLong, Texts.ControlCharacters, AppraisalRefusals.TooMany);

        app.MapPost("/api/proposals/{id}/similarity-look", (string id, Body<LookForSimilarRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => LookForSimilar.Decide(new(body.Value.Findings, [.. body.Value.Similar ?? []]), p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("LookForSimilar").Does("人工查找类似项目", "Records that a person looked for similar ones where the engine could not",
                Permissions.NotPermitted, Permissions.WrongStage, Faults.Unknown, Texts.Required, Texts.TooLong, Texts.ControlCharacters, AppraisalRefusals.TooMany);
    }

    static IEnumerable<Refusal> Wrong(SimilarRequest b) =>
    [
        .. Texts.CheckName("title", b.Title),
        .. Texts.Check("objective", b.Objective, Texts.Remark, required: false),
        .. (b.Resources?.Count ?? 0) > MostEntries ? [AppraisalRefusals.TooMany.At("resources", MostEntries)] : Enumerable.Empty<Refusal>(),
        .. (b.Interfaces?.Count ?? 0) > MostEntries ? [AppraisalRefusals.TooMany.At("interfaces", MostEntries)] : Enumerable.Empty<Refusal>(),
        .. (b.Resources ?? []).SelectMany((r, i) => Texts.CheckName($"resources[{i}]", r)),
        .. (b.Interfaces ?? []).SelectMany((x, i) => Texts.CheckName($"interfaces[{i}].data", x.Data).Concat(Texts.CheckName($"interfaces[{i}].counterpart", x.Counterpart, required: false))),
    ];
}
