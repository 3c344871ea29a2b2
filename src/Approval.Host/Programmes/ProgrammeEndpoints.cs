using Approval.EventStore;
using Approval.Http;

namespace Approval.Programmes;

/// <summary>The routes of programmes (规划).</summary>
public static class ProgrammeEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapProgrammes(this WebApplication app)
    {
        app.AddView(ProgrammeProgress.List);
        var programmes = app.MapGroup("/api/programmes").WithTags("programmes");

        programmes.MapGet("", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadProgrammes");
                return TypedResults.Ok(await queries.In(ProgrammeProgress.List, actor.Jurisdiction, http.AsOf()).OrderBy("first_day", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().As("ReadProgrammes").Does("规划", "The programmes", Permissions.NotPermitted);

        programmes.MapGet("{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadProgrammes");
                var (programme, info) = await queries.Load(actor.Jurisdiction, Programme.Kind, new ProgrammeId(id).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(info.Version);
                return TypedResults.Ok(ProgrammeProgress.Of(programme, info.Version, await Projects(queries, actor.Jurisdiction, programme.Projects.Keys, http.AsOf(), http.RequestAborted)));
            })
            .TakesAsOf().As("ReadProgrammes").Does("规划及其进展", "A programme and how far it is", Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("", (Body<OpenProgramme> body, HttpContext http, Commands commands) =>
            {
                var id = new ProgrammeId(Guid.CreateVersion7().ToString("N"));
                return commands.Run(http, id.Stream, async s => OpenProgramme.Decide(body.Value, id, await s.Find(Programme.Kind, id.Stream), s.Occasion),
                    s => ProgrammeProgress.Of(s.After(Programme.Kind, id.Stream)!, s.Version(id.Stream), []), $"/api/programmes/{id.Value}");
            })
            .IsCommand<ProgrammeProgress>(StatusCodes.Status201Created)
            .As("OpenProgramme").Does("设立规划", "Opens a programme", OpenProgramme.BadPeriod, OpenProgramme.BadGoals, Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        programmes.MapPost("{id}/projects", (string id, Body<AddProject> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, async (s, programme) => AddProject.Decide(body.Value, programme, await s.Load(Proposal.Kind, body.Value.Proposal.Stream), s.Occasion), body.Value.Proposal))
            .IsCommand<ProgrammeProgress>()
            .As("AddProject").Does("列入项目", "Puts a project under a goal", Programme.IsClosed, AddProject.GoalUnknown, AddProject.ProjectEnded, Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("{id}/removals", (string id, Body<RemoveProject> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, (s, programme) => Task.FromResult(RemoveProject.Decide(body.Value, programme, s.Occasion))))
            .IsCommand<ProgrammeProgress>()
            .As("RemoveProject").Does("移出项目", "Takes a project out", Programme.IsClosed, Texts.Required, Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("{id}/closure", (string id, Body<CloseProgramme> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, queries, id, (s, programme) => Task.FromResult(CloseProgramme.Decide(body.Value, programme, s.Occasion))))
            .IsCommand<ProgrammeProgress>().RequiresIfMatch()
            .As("CloseProgramme").Does("结束规划", "Closes a programme", Texts.Required, Faults.Unknown, Permissions.NotPermitted);
    }

    /// <summary>A command on a programme, answered with its progress. The projects are read beside it, as they stand.</summary>
    static Task<IResult> On(
        this Commands commands, HttpContext http, Queries queries, string id, Func<Session, Programme, Task<Decision>> decide, ProposalId? adding = null)
    {
        var stream = new ProgrammeId(id).Stream;
        IReadOnlyCollection<ProgrammeProject> projects = [];
        return commands.Run(http, stream, async s =>
        {
            var programme = await s.Load(Programme.Kind, stream);
            var decision = await decide(s, programme);
            projects = await Projects(queries, s.By.Jurisdiction, adding is { } one ? programme.Projects.Keys.Append(one.Value) : programme.Projects.Keys, null, s.Cancel);
            return decision;
        }, s => ProgrammeProgress.Of(s.After(Programme.Kind, stream)!, s.Version(stream), projects));
    }

    static async Task<IReadOnlyCollection<ProgrammeProject>> Projects(Queries queries, JurisdictionId jurisdiction, IEnumerable<string> ids, AsOf? asOf, CancellationToken cancel)
    {
        var proposals = await queries.All(jurisdiction, Proposal.Kind, ids.Select(p => new ProposalId(p).Stream), asOf, cancel);
        var leads = await queries.All(jurisdiction, Proposal.Kind, proposals.Values.Select(p => p.Appraisal.MergedInto).OfType<ProposalId>().Select(l => l.Stream), asOf, cancel);
        return
        [
            .. proposals.Values.OrderBy(p => p.Id.Value, StringComparer.Ordinal)
                .Select(p => ProgrammeProject.Of(p, p.Appraisal.MergedInto is { } lead ? leads.GetValueOrDefault(lead.Stream) : null)),
        ];
    }
}
