namespace Approval.Demo;

/// <summary>Key projects ahead of the batch: consent, slot, money, and the caps that hold them back.</summary>
sealed partial class Journey
{
    async Task KeyProjects()
    {
        await OnDay(22);
        foreach (var reference in Key[..6]) await Schedule(reference);

        // The share of the fund that key projects may hold is used up.
        var seen = await api.Get(Cast.Office, Of("NB-21"));
        await api.Refused(Cast.Office, $"{Of("NB-21")}/schedule", new { slot = Slot, fund = input.Fund.Code }, "key-share-of-money", match: seen.ETag);

        await OnDay(38);
        await Appraise(["SH-03", "NB-06"], 52_000_000m);
        await OnDay(40);
        foreach (var reference in Key[6..]) await Schedule(reference);
        await OnDay(48);
        await Appraise(["NB-21", "PD-01"], 15_500_000m);
        await Appraise(["NB-03"], 3_400_000m);
        await Appraise(["NB-20"], 6_200_000m);
    }

    DateOnly Slot => new(Today.Year, Today.Month, 1);

    Task<Reply> Schedule(string reference) => api.Decide(Cast.Office, Of(reference), "schedule", new { slot = Slot, fund = input.Fund.Code });
}
