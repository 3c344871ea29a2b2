namespace Approval.Demo;

/// <summary>Makes a whole proposal of the few facts that the input gives: the budget's lines, texts and dates are illustrative.</summary>
static class Content
{
    static readonly (string Kind, decimal Share)[] Split =
        [("software", 0.38m), ("hardware", 0.16m), ("cloud", 0.12m), ("integration", 0.12m), ("data", 0.08m), ("security", 0.08m), ("services", 0.04m)];

    public static Dictionary<string, object?> Of(DemoInput.Project p, DateOnly start)
    {
        var lines = Split.Select(s => (s.Kind, Amount: Math.Round(p.RequestedYuan * s.Share, 2))).ToList();
        lines.Add(("first-year-operation", p.RequestedYuan - lines.Sum(l => l.Amount)));
        var interfaces = p.Provides.Select(i => (Direction: "provide", Interface: i)).Concat(p.Consumes.Select(i => (Direction: "consume", Interface: i)));
        return new()
        {
            ["title"] = p.Title,
            ["category"] = p.Category,
            ["objective"] = p.Objective,
            ["justification"] = $"{p.Unit}现有手段难以满足“{p.Objective}”的需要，拟立项建设“{p.Title}”。",
            ["construction"] = $"围绕{p.Objective}，建设应用软件、数据资源与安全保障，部署于统一的政务云，不另建机房和网络。",
            ["budget"] = lines.Select(l => new { kind = l.Kind, amount = l.Amount }).ToArray(),
            ["total"] = p.RequestedYuan,
            ["start"] = start,
            ["finish"] = start.AddMonths(10),
            ["systems"] = Array.Empty<object>(),
            ["resources"] = p.Resources.Select(r => new
            {
                name = r.Name, provider = p.Unit, sharing = r.Sharing, legalBasis = r.Sharing == "none" ? "《中华人民共和国人民警察法》及公安机关信息保密规定" : null,
            }).ToArray(),
            ["interfaces"] = interfaces.Select((i, n) => new
            {
                line = n + 1, direction = i.Direction, data = i.Interface.Data, counterpartSystem = i.Interface.Counterpart,
                mode = i.Interface.Mode, frequency = i.Interface.Frequency, network = i.Interface.Network,
            }).ToArray(),
            ["protectionLevel"] = p.ProtectionLevel,
            ["cryptographyPlan"] = p.ProtectionLevel >= 2 ? "身份鉴别、传输与存储采用国产密码算法，按要求开展密码应用安全性评估。" : null,
            ["attachments"] = Array.Empty<object>(),
        };
    }
}
