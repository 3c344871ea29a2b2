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
            .As("ReadProgrammes").Does("规划", "The programmes", Permissions.NotPermitted);

        programmes.MapGet("{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadProgrammes");
                var (programme, info) = await queries.Load(actor.Jurisdiction, Programme.Kind, new ProgrammeId(id).Stream, http.AsOf(), http.RequestAborted);
                async Task<Proposal?> Find(ProposalId proposal) =>
                    (await queries.Find(actor.Jurisdiction, Proposal.Kind, proposal.Stream, http.AsOf(), http.RequestAborted))?.State;

                var projects = new List<ProgrammeProject>();
                foreach (var key in programme.Projects.Keys)
                {
                    if (await Find(new(key)) is not { } project) continue;
                    projects.Add(ProgrammeProject.Of(project, project.Appraisal.MergedInto is { } lead ? await Find(lead) : null));
                }

                http.Response.Headers.ETag = ETags.Of(info.Version);
                return TypedResults.Ok(ProgrammeProgress.Of(programme, info.Version, projects));
            })
            .As("ReadProgrammes").Does("规划及其进展", "A programme and how far it is", Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("", (Body<OpenProgramme> body, HttpContext http, Commands commands) =>
            {
                var id = new ProgrammeId(Guid.CreateVersion7().ToString("N"));
                return commands.Run(http, id.Stream, async s => OpenProgramme.Decide(body.Value, id, await s.Find(Programme.Kind, id.Stream), s.Occasion), created: $"/api/programmes/{id.Value}");
            })
            .IsCommand(StatusCodes.Status201Created)
            .As("OpenProgramme").Does("设立规划", "Opens a programme", OpenProgramme.BadPeriod, OpenProgramme.BadGoals, Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        programmes.MapPost("{id}/projects", (string id, Body<AddProject> body, HttpContext http, Commands commands) =>
                commands.Run(http, new ProgrammeId(id).Stream, async s =>
                    AddProject.Decide(body.Value, await s.Load(Programme.Kind, new ProgrammeId(id).Stream), await s.Load(Proposal.Kind, body.Value.Proposal.Stream), s.Occasion)))
            .IsCommand()
            .As("AddProject").Does("列入项目", "Puts a project under a goal", Programme.IsClosed, AddProject.GoalUnknown, AddProject.ProjectEnded, Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("{id}/removals", (string id, Body<RemoveProject> body, HttpContext http, Commands commands) =>
                commands.Run(http, new ProgrammeId(id).Stream, async s => RemoveProject.Decide(body.Value, await s.Load(Programme.Kind, new ProgrammeId(id).Stream), s.Occasion)))
            .IsCommand()
            .As("RemoveProject").Does("移出项目", "Takes a project out", Programme.IsClosed, Texts.Required, Faults.Unknown, Permissions.NotPermitted);

        programmes.MapPost("{id}/closure", (string id, Body<CloseProgramme> body, HttpContext http, Commands commands) =>
                commands.Run(http, new ProgrammeId(id).Stream, async s => CloseProgramme.Decide(body.Value, await s.Load(Programme.Kind, new ProgrammeId(id).Stream), s.Occasion)))
            .IsCommand().RequiresIfMatch()
            .As("CloseProgramme").Does("结束规划", "Closes a programme", Texts.Required, Faults.Unknown, Permissions.NotPermitted);
    }
}
