namespace Approval.Demo;

/// <summary>Every interface arranged against the catalogue, conflicts found and settled, the gate.</summary>
sealed partial class Journey
{
    static readonly string[] First = ["SH-03", "NB-21", "NB-03", "NB-20", "NB-14", "SH-02", "NB-13", "NB-02", "NB-05", "NB-18"];


    async Task FirstUnification()
    {
        await OnDay(84);

        // The gate is shut while a line is open.
        var seen = await api.Get(Cast.Office, Of("NB-02"));
        await api.Refused(Cast.Office, $"{Of("NB-02")}/unification", null, "interface-open", match: seen.ETag);
        foreach (var reference in First) await Arrange(reference);
        await OnDay(88);
        foreach (var reference in First) await Unify(reference);
    }

    async Task Arrange(string reference)
    {
        var lines = (await api.Get(Cast.Office, $"{Of(reference)}/interfaces")).Body["lines"]!.AsArray();
        var items = lines.Where(l => l!["arrangement"] is null).Select(l =>
        {
            var declared = l!["declared"]!;
            var reusable = l["reusable"]!.AsArray().FirstOrDefault();
            var provides = declared["direction"]!.GetValue<string>() == "provide";
            var kind = reusable is not null ? "reuse" : provides ? "publish-new" : "via-exchange-platform";
            return new
            {
                line = declared["line"]!.GetValue<int>(), kind, @interface = kind == "reuse" ? reusable!["id"]!.GetValue<string>() : null,
                declaredBy = l["declaredBy"]!.GetValue<string>(), reason = (string?)null,
            };
        }).ToArray();
        if (items.Length > 0) await api.Post(Cast.Office, $"{Of(reference)}/arrangements", new { items });
    }

    async Task Unify(string reference)
    {
        foreach (var conflict in (await api.Get(Cast.Office, $"{Of(reference)}/interfaces")).Body["conflicts"]!.AsArray().Where(c => c!["open"]!.GetValue<bool>()))
        {
            await api.Decide(Cast.Office, Of(reference), "conflict-settlement", new
            {
                conflict = conflict!["key"]!.GetValue<string>(), resolution = "以牵头单位的数据为准，经共享交换平台统一提供，其余方按需接入。",
            });
        }

        await api.Decide(Cast.Office, Of(reference), "unification");
    }
}
