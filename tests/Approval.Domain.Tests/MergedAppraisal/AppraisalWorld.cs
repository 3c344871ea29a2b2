using System.Collections.Immutable;
using Approval.BatchReview;
using Approval.Directory;
using Approval.Funds;
using Approval.Intake;
using Approval.Scheduling;
using Approval.Testing;

namespace Approval.MergedAppraisal;

/// <summary>Shortlisted proposals of different units, the funds that hold their money, and an appraisal over them; every step is a command.</summary>
sealed class AppraisalWorld
{
    public static readonly AppraisalId Id = new("a1");
    public static readonly FundId Special = new("special");
    public static readonly FundId Other = new("other");
    public static readonly ImmutableArray<Person> Experts =
        [.. Enumerable.Range(1, 9).Select(n => new Person { Id = new($"expert-{n}"), Unit = new("university"), Roles = [Role.Expert] })];

    /// <summary>Nobody of the proposing units is tied to an expert.</summary>
    public static readonly ImmutableArray<PersonId> Proposers = [new("officer-1"), new("officer-2"), new("officer-3")];

    readonly Dictionary<StreamId, List<object>> streams = [];
    readonly Dictionary<StreamId, (object? State, int Folded)> states = []; // as far as somebody asked

    public AppraisalWorld(int proposals = 3, Func<int, FundId>? fundOf = null, decimal ceiling = 100_000_000m)
    {
        Add(Special.Stream, new FundOpened(Special, "信息化专项资金", 2026, new(ceiling)));
        Add(Other.Stream, new FundOpened(Other, "其他资金", 2026, new(ceiling)));
        for (var n = 1; n <= proposals; n++)
        {
            var fund = fundOf?.Invoke(n) ?? Special;
            var content = ContentOf(n);
            Add(Project(n).Stream,
                new ProposalDrafted(Project(n), Unit(n), content), new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1),
                new ProposalAccepted(1, Sample.Policy.Ref), new ProposalClassified(Track.General, "一般项目", null, Sample.Policy.Ref),
                new BatchJoined(Past.Batch), new JointPreReviewConcluded(Past.Batch, 1, Supported: true, Sample.Policy.Ref),
                new ProposalShortlisted(Past.Batch, n, fund, Reservation(n), content.Total, Sample.Policy.Ref));
            Add(fund.Stream, new MoneyReserved(Reservation(n), Project(n), Track.General, content.Total));
        }
    }

    public static ProposalId Project(int n) => new($"p{n}");
    public static UnitId Unit(int n) => new($"unit-{n}");
    public static ReservationId Reservation(int n) => new($"r{n}");
    public static Money Requested(int n) => new(n * 1_000_000m);

    static ProposalContent ContentOf(int n) => Sample.Content with
    {
        Title = $"项目{n}",
        Total = Requested(n),
        Budget = [new(BudgetKind.Software, Requested(n))],
        Interfaces = [Sample.Content.Interfaces[0] with { Data = $"数据{n}" }],
    };

    public Appraisal Appraisal => State(Appraisal.Kind, Id.Stream);
    public IReadOnlyList<Proposal> Proposals => [.. streams.Keys.Where(s => s.Kind == "proposal").Select(s => State(Approval.Proposal.Kind, s))];
    public IReadOnlyList<Fund> Funds => [Fund(Special), Fund(Other)];
    public Fund Fund(FundId id) => State(Approval.Funds.Fund.Kind, id.Stream);
    public Proposal P(int n) => State(Approval.Proposal.Kind, Project(n).Stream);

    T State<T>(StreamKind<T> kind, StreamId stream) where T : class
    {
        var (events, (state, folded)) = (streams.GetValueOrDefault(stream, []), states.GetValueOrDefault(stream));
        for (; folded < events.Count; folded++) state = kind.Evolve((T?)state, events[folded], default);
        states[stream] = (state, folded);
        return (T)state!;
    }

    public object[] Of(StreamId stream) => streams.TryGetValue(stream, out var events) ? [.. events] : [];

    public AppraisalWorld Add(StreamId stream, params object[] events)
    {
        if (!streams.TryGetValue(stream, out var list)) streams[stream] = list = [];
        list.AddRange(events);
        return this;
    }

    /// <summary>Records a decision that must not be refused.</summary>
    public AppraisalWorld Do(Decision decision)
    {
        decision.Refusals.Select(r => r.Code).ShouldBeEmpty();
        foreach (var (stream, @event) in decision.Facts) Add(stream, @event);
        return this;
    }

    /// <summary>The appraisal with all that happened so far.</summary>
    public Scenario<Appraisal> Given => Scenario.Given(Appraisal.Kind, Id.Stream, Of(Id.Stream));

    public AppraisalWorld Opened() => Do(Open([.. Proposals.Select(p => p.Id)]));

    public Decision Open(ImmutableArray<ProposalId> proposals, Actor? by = null) =>
        OpenAppraisal.Decide(new(Id, proposals), null, Proposals, [Sample.Policy], (by ?? Sample.Office).Acts());

    public AppraisalWorld Empanelled(int experts = 3) => Opened().Do(Appoint(Appraisal, experts));

    public static Decision Appoint(Appraisal appraisal, int experts) =>
        AppointPanel.Decide(new([.. Experts.Take(experts).Select(e => e.Id)]), appraisal, Experts, Proposers, Sample.Office.Acts());

    public static Actor As(Person expert) => expert.In(Sample.Jurisdiction);

    public static ImmutableSortedDictionary<string, int> Scores(int each) =>
        AppraisalCriteria.Current.ToImmutableSortedDictionary(c => c.Key, _ => each);

    public Decision Sheet(int expert, int proposal, int score = 80, Appraisal? appraisal = null, string opinion = "可行") => SubmitScoreSheet.Decide(
        new(Project(proposal), Scores(score), opinion, Requested(proposal)), appraisal ?? Appraisal, Proposals, Experts[expert - 1], Proposers, As(Experts[expert - 1]).Acts());

    public AppraisalWorld Disclosed(int experts = 3)
    {
        Empanelled(experts);
        for (var e = 1; e <= experts; e++)
            foreach (var n in Enumerable.Range(1, Proposals.Count)) Do(Sheet(e, n));
        Appraisal.Disclosed.ShouldBeTrue();
        return this;
    }

    public static Conclusion Recommend(int n, decimal yuan, params string[] changes) => new(
        Project(n), changes.Length > 0 ? ConclusionKind.RecommendedWithChanges : ConclusionKind.Recommended, new(yuan), [.. changes], null, "论证通过");

    public static Conclusion Refuse(int n) => new(Project(n), ConclusionKind.NotRecommended, null, [], null, "必要性不足");

    public static Conclusion Into(int n, int lead) => new(Project(n), ConclusionKind.MergedInto, null, [], Project(lead), "内容重复");

    public Decision Conclude(params Conclusion[] conclusions) =>
        ConcludeAppraisal.Decide(new([.. conclusions]), Appraisal, Proposals, Funds, Sample.Office.Acts());

    public Decision Undo(int lead, Actor? by = null) => UndoMerge.Decide(
        new(Project(lead), "分期建设"), Appraisal, Proposals, Funds,
        Proposals.ToDictionary(p => p.Id, p => new ReservationId($"{p.Id.Value}-again-{Of(p.Id.Stream).Length}")), (by ?? Sample.Office).Acts());
}
