using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Approval.Intake;

namespace Approval.MergedAppraisal;

/// <summary>Similarity over thirty-five real titles of which the groups worth merging are known.</summary>
public sealed class SimilarityTests
{
    sealed record SampleInterface(string Data, string Counterpart);
    sealed record SampleProject(string Ref, string Title, string Unit, string Objective, string[] Resources, SampleInterface[] Provides, SampleInterface[] Consumes);
    sealed record SampleFile(string[][] LikelyMerges, SampleProject[] Projects);

    static readonly SampleFile Sample = JsonSerializer.Deserialize<SampleFile>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "MergedAppraisal", "similarity-sample.json")), JsonSerializerOptions.Web)!;

    static readonly ImmutableArray<SimilarityProfile> Profiles = [.. Sample.Projects.Select(p => new SimilarityProfile(
        SimilarSubject.Proposal, p.Ref, p.Title, new(p.Unit), p.Objective, [.. p.Resources],
        [.. p.Provides.Select(i => new SimilarityInterface(InterfaceDirection.Provide, i.Data, i.Counterpart)),
         .. p.Consumes.Select(i => new SimilarityInterface(InterfaceDirection.Consume, i.Data, i.Counterpart))]))];

    static readonly HashSet<(string, string)> Worth =
        [.. Sample.LikelyMerges.SelectMany(g => g.SelectMany(a => g.Where(b => b != a).Select(b => (a, b))))];

    static SimilarityProfile Of(string key) => Profiles.Single(p => p.Key == key);

    static SimilarityProfile Project(string key, string title, string objective = "", string[]? resources = null, params SimilarityInterface[] interfaces) =>
        new(SimilarSubject.Proposal, key, title, new("u"), objective, [.. resources ?? []], [.. interfaces]);

    [Fact]
    public void Every_group_worth_merging_is_found_from_each_of_its_members_among_the_first()
    {
        foreach (var (a, b) in Worth)
            Similarity.Find(Of(a), Profiles).Take(3).Select(c => c.Key).ShouldContain(b, $"{Of(a).Title} – {Of(b).Title}");
    }

    [Fact]
    public void Precision_and_recall_over_all_pairs_are_one()
    {
        var found = Profiles.SelectMany(p => Similarity.Find(p, Profiles).Select(c => (p.Key, c.Key))).ToHashSet();
        var right = found.Count(Worth.Contains);

        ((double)right / Worth.Count).ShouldBe(1.0, "recall");
        ((double)right / found.Count).ShouldBe(1.0, "precision: " + string.Join(", ", found.Except(Worth)));
    }

    [Fact]
    public void The_nearest_unrelated_pair_stays_below_the_threshold_by_a_margin()
    {
        var unrelated = Profiles.SelectMany(a => Profiles.Where(b => b.Key != a.Key && !Worth.Contains((a.Key, b.Key))).Select(b => (a, b, Similarity.Compare(a, b).Score)))
            .MaxBy(x => x.Score);

        unrelated.Score.ShouldBeLessThanOrEqualTo(Similarity.Threshold - 3, $"{unrelated.a.Title} – {unrelated.b.Title}");
    }

    [Fact]
    public void A_candidate_says_why_in_both_languages()
    {
        var candidate = Similarity.Find(Of("NB-09"), Profiles).Single();

        candidate.Title.ShouldBe("信用联合奖惩应用");
        candidate.Reasons.Select(r => r.Code).ShouldBe([SimilarReasonCode.SharedResource, SimilarReasonCode.SharedTitle, SimilarReasonCode.SharedInterface, SimilarReasonCode.SharedObjective], ignoreOrder: true);
        candidate.Score.ShouldBe(candidate.Reasons.Sum(r => r.Points));
        var resource = candidate.Reasons.Single(r => r.Code == SimilarReasonCode.SharedResource);
        resource.Text(chinese: true).ShouldBe("信息资源相同：企业信用信息");
        resource.Text(chinese: false).ShouldBe("shared information resources: 企业信用信息");
    }

    [Fact]
    public void Similarity_is_mutual_and_the_same_each_time()
    {
        foreach (var a in Profiles)
            foreach (var b in Profiles)
            {
                Similarity.Compare(a, b).Score.ShouldBe(Similarity.Compare(b, a).Score, $"{a.Title} – {b.Title}");
                Similarity.Compare(a, b).Reasons.Select(r => r.Text(true)).ShouldBe(Similarity.Compare(a, b).Reasons.Select(r => r.Text(true)));
            }
    }

    [Theory]
    [InlineData("市信息管理系统平台工程项目", "市交通信息管理系统平台")]
    [InlineData("宁波公共服务平台", "宁波电子口岸")]
    [InlineData("市民卡工程", "市交通系统")]
    public void Generic_words_and_places_do_not_make_titles_similar(string a, string b) =>
        Similarity.Compare(Project("a", a), Project("b", b)).Reasons.ShouldBeEmpty();

    [Fact]
    public void A_title_of_generic_words_alone_is_still_similar_to_itself() =>
        Similarity.Compare(Project("a", "市电子政务网络平台"), Project("b", "市电子政务网络平台")).Score.ShouldBeGreaterThanOrEqualTo(Similarity.Threshold);

    [Fact]
    public void Words_of_one_meaning_are_the_same() =>
        Similarity.Compare(Project("a", "社会保障信息系统"), Project("b", "社会保险管理平台")).Reasons.Single().Shared.ShouldBe(["社保"]);

    [Fact]
    public void Full_width_and_case_make_no_difference() =>
        Similarity.Compare(Project("a", "ＯＡ办公"), Project("b", "oa办公")).Reasons.Single().Shared.ShouldBe(["OA办公"]);

    [Fact]
    public void Giving_data_and_taking_it_are_not_the_same_interface()
    {
        var gives = Project("a", "甲", interfaces: new SimilarityInterface(InterfaceDirection.Provide, "实时路况", "丙"));
        var takes = Project("b", "乙", interfaces: new SimilarityInterface(InterfaceDirection.Consume, "实时路况", "丙"));

        Similarity.Compare(gives, takes).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void Partners_of_an_interface_complete_each_other_and_count_less()
    {
        var card = Project("a", "社会保障卡系统", interfaces: new SimilarityInterface(InterfaceDirection.Consume, "参保信息", "社会保障信息系统"));
        var register = Project("b", "社会保障信息系统");

        Similarity.Compare(card, register).Reasons.ShouldContain(r => r.Code == SimilarReasonCode.InterfacePartner && r.Points < 0);
        Similarity.Compare(card, register).Score.ShouldBeLessThan(Similarity.Threshold);
    }

    [Fact]
    public void An_existing_system_is_a_candidate_like_a_proposal()
    {
        var system = new SimilarityProfile(SimilarSubject.System, "s1", "信用信息平台", new("u"), "", ["企业信用信息"], []);

        Similarity.Find(Of("NB-09"), [system]).Single().ShouldSatisfyAllConditions(c => c.Subject.ShouldBe(SimilarSubject.System), c => c.Key.ShouldBe("s1"));
    }

    [Fact]
    public void Whoever_is_similar_shares_a_key_of_the_index()
    {
        var random = new Random(20260302);
        var several = Profiles.AddRange(Enumerable.Range(0, 400).Select(n => Mixed(random, n)));
        foreach (var a in several.Take(60))
            foreach (var b in several.Where(b => b.Key != a.Key && Similarity.Compare(a, b).Score >= Similarity.Threshold))
                Similarity.IndexKeys(a).Overlaps(Similarity.IndexKeys(b)).ShouldBeTrue($"{a.Title} – {b.Title}");
    }

    [Fact]
    public void Ten_thousand_profiles_are_scored_within_seconds_even_without_an_index()
    {
        var random = new Random(7);
        var many = Enumerable.Range(0, 10_000).Select(n => Mixed(random, n)).ToList();
        var watch = Stopwatch.StartNew();

        Similarity.Find(Of("NB-14"), many).Length.ShouldBeLessThanOrEqualTo(Similarity.MostCandidates);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    /// <summary>A made-up project of parts of real ones.</summary>
    static SimilarityProfile Mixed(Random random, int n)
    {
        SimilarityProfile Any() => Profiles[random.Next(Profiles.Length)];
        var (one, other) = (Any(), Any());
        return Any() with
        {
            Key = $"mixed-{n}",
            Title = one.Title[..random.Next(1, one.Title.Length)] + other.Title[random.Next(other.Title.Length)..],
            Resources = Any().Resources,
            Interfaces = Any().Interfaces,
        };
    }
}
