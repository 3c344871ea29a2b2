using Approval.Access;
using Approval.EventStore;
using Approval.Http;
using Approval.Http.Tables;
using Approval.Operations;

namespace Approval.History;

/// <summary>How it came about: the timeline of one proposal, and the office's query over everything.</summary>
public static class HistoryRoutes
{
    /// <summary>Adds the view and the routes. The history over everything is for the office and those above, without drafts never submitted, which only the auditor sees.</summary>
    public static void MapHistory(this WebApplication app)
    {
        app.AddView(HistoryView.Instance);

        app.MapGet("/api/proposals/{id}/history", async (string id, HttpContext http, TimelineQueries timelines) =>
                TypedResults.Ok(await timelines.Of(http, id, Problems.SpeaksChinese(http))))
            .TakesAsOf().As("ReadProposals").Does(
                "项目的历史：何人、何时、由何改为何、依据哪一版办法",
                "A proposal's timeline: who, when recorded and effective, what changed from what to what, under which policy", Faults.Unknown);

        app.MapGet("/api/history", async (HttpContext http, HistoryQueries history) =>
            {
                var actor = await http.ActorWho("ReadHistory");
                return TypedResults.Ok(await history.Page(actor, HistoryFilter.Of(http), http.Paging(), http.RequestAborted));
            })
            .TakesFilter().TakesPage().As("ReadHistory").Does(
                "查询历史：actor、type、unit、proposal、from、to、q，新的在前；一页可少于所求条数，有 next 即尚未查完",
                "The history, newest first, by actor, type, unit, proposal, from, to (of recording) and q (words of two characters and more); a page may hold fewer than asked for while next says that there is more to look through", Permissions.NotPermitted, Faults.BeingBuilt);

        app.MapGet("/api/history/export", async (HttpContext http, HistoryQueries history) =>
            {
                var actor = await http.ActorWho("ReadHistory");
                var format = http.Code<TableFormat>("format") ?? TableFormat.Csv;
                return await history.Export(actor, HistoryFilter.Of(http), format, Problems.SpeaksChinese(http), http.RequestAborted);
            })
            .Produces<byte[]>(StatusCodes.Status200OK, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .TakesFilter().Takes<TableFormat>("format").As("ReadHistory").IsRecorded(ReadingKind.Export).Does("导出历史（format=csv|xlsx），筛选同查询", "The history as CSV or XLSX (format=), with the filters of the query", Permissions.NotPermitted, Faults.BeingBuilt);
    }

    static RouteHandlerBuilder TakesFilter(this RouteHandlerBuilder route) =>
        route.Takes<string>("actor", "type", "unit", "proposal", "q").Takes<DateTimeOffset>("from", "to", "asOf");
}
