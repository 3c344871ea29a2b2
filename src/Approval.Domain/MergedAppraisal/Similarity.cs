using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>
/// Finds what is similar to a proposal and says why. A score is a sum of reasons, each with what it rests on, so that a person can check it.
/// The same input gives the same answer.
/// </summary>
public static class Similarity
{
    /// <summary>From this score on a candidate is similar. Objective and interfaces alone do not reach it: a title phrase or a resource is always shared.</summary>
    public const int Threshold = 35;

    /// <summary>The most candidates that a look names.</summary>
    public const int MostCandidates = 20;

    const int TitlePoints = 45, ResourcePoints = 25, InterfacePoints = 15, ObjectivePoints = 15, PartnerPoints = -20;

    /// <summary>The share that interfaces for the same data with different counterparts count.</summary>
    const double OtherCounterpart = 0.7;

    /// <summary>A profile with its texts read, so that one comparison costs little.</summary>
    sealed record Read(SimilarityProfile Profile, ImmutableArray<string> Title, ImmutableArray<string> Objective, ImmutableArray<(string Name, string Shown)> Resources, ImmutableArray<Line> Interfaces)
    {
        public static Read Of(SimilarityProfile p) => new(
            p, SimilarityVocabulary.Phrases(p.Title), SimilarityVocabulary.Phrases(p.Objective),
            [.. p.Resources.Select(r => (SimilarityVocabulary.Name(r), r)).DistinctBy(r => r.Item1).Where(r => r.Item1.Length > 0)],
            [.. p.Interfaces.Select(i => new Line($"{i.Direction}:{SimilarityVocabulary.Name(i.Data)}", i.Data, SimilarityVocabulary.Name(i.Counterpart))).DistinctBy(i => (i.Flow, i.Counterpart))]);
    }

    sealed record Line(string Flow, string Data, string Counterpart);

    /// <summary>Those of the others that are similar, most similar first.</summary>
    public static ImmutableArray<SimilarCandidate> Find(SimilarityProfile profile, IEnumerable<SimilarityProfile> others)
    {
        var own = Read.Of(profile);
        return
        [
            .. others.Where(o => (o.Subject, o.Key) != (profile.Subject, profile.Key))
                .Select(o => Compare(own, Read.Of(o)))
                .Where(c => c.Score >= Threshold)
                .OrderByDescending(c => c.Score).ThenBy(c => c.Subject).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Take(MostCandidates),
        ];
    }

    /// <summary>The other as a candidate, whatever its score.</summary>
    public static SimilarCandidate Compare(SimilarityProfile profile, SimilarityProfile other) => Compare(Read.Of(profile), Read.Of(other));

    /// <summary>What an index must hold to find every similar candidate: whoever reaches the threshold shares at least one of these keys.</summary>
    public static ImmutableSortedSet<string> IndexKeys(SimilarityProfile profile)
    {
        var read = Read.Of(profile);
        return
        [
            .. read.Title.SelectMany(phrase => Enumerable.Range(0, Math.Max(0, phrase.Length - 1)).Select(i => $"t:{phrase.Substring(i, 2)}")),
            .. read.Resources.Select(r => $"r:{r.Name}"),
        ];
    }

    static SimilarCandidate Compare(Read a, Read b)
    {
        var reasons = new[] { Title(a, b), Resources(a, b), Interfaces(a, b), Objective(a, b), Partner(a, b) }.OfType<SimilarReason>().ToList();
        return new(b.Profile.Subject, b.Profile.Key, b.Profile.Title, b.Profile.Unit,
            Math.Clamp(reasons.Sum(r => r.Points), 0, 100), [.. reasons.OrderByDescending(r => r.Points)]);
    }

    static SimilarReason? Title(Read a, Read b)
    {
        var shared = SharedPhrases(a.Title, b.Title);
        return Reason(SimilarReasonCode.SharedTitle, shared, TitlePoints * Dice(shared, a.Title, b.Title));
    }

    /// <summary>An objective is a sentence: half of it shared is as much as one can expect.</summary>
    static SimilarReason? Objective(Read a, Read b)
    {
        var shared = SharedPhrases(a.Objective, b.Objective);
        return Reason(SimilarReasonCode.SharedObjective, shared, ObjectivePoints * Math.Min(1, 2 * Dice(shared, a.Objective, b.Objective)));
    }

    static SimilarReason? Resources(Read a, Read b)
    {
        var shared = a.Resources.Where(r => b.Resources.Any(o => o.Name == r.Name)).Select(r => r.Shown).ToImmutableArray();
        return Reason(SimilarReasonCode.SharedResource, shared, ResourcePoints * Share(shared.Length, a.Resources.Length, b.Resources.Length));
    }

    static SimilarReason? Interfaces(Read a, Read b)
    {
        var same = a.Interfaces.Where(i => b.Interfaces.Any(o => o.Flow == i.Flow)).ToList();
        var weight = same.Sum(i => b.Interfaces.Any(o => o.Flow == i.Flow && o.Counterpart == i.Counterpart) ? 1 : OtherCounterpart);
        return Reason(SimilarReasonCode.SharedInterface, [.. same.Select(i => i.Data).Distinct()], InterfacePoints * Share(weight, a.Interfaces.Length, b.Interfaces.Length));
    }

    static SimilarReason? Partner(Read a, Read b)
    {
        string titleOfA = string.Concat(a.Title), titleOfB = string.Concat(b.Title);
        return a.Interfaces.Any(i => i.Counterpart == titleOfB) ? new(SimilarReasonCode.InterfacePartner, [b.Profile.Title], PartnerPoints)
            : b.Interfaces.Any(i => i.Counterpart == titleOfA) ? new(SimilarReasonCode.InterfacePartner, [a.Profile.Title], PartnerPoints)
            : null;
    }

    static SimilarReason? Reason(SimilarReasonCode code, ImmutableArray<string> shared, double points) =>
        (int)Math.Round(points, MidpointRounding.AwayFromZero) is > 0 and var whole ? new(code, shared, whole) : null;

    static double Share(double shared, int a, int b) => shared <= 0 ? 0 : Math.Min(1, shared / Math.Min(a, b));

    static double Dice(ImmutableArray<string> shared, ImmutableArray<string> a, ImmutableArray<string> b) =>
        shared.IsEmpty ? 0 : 2.0 * shared.Sum(s => s.Length) / (a.Sum(s => s.Length) + b.Sum(s => s.Length));

    /// <summary>The longest phrases of two characters and more that both have, none overlapping another; ties go to the first.</summary>
    static ImmutableArray<string> SharedPhrases(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        var shared = ImmutableArray.CreateBuilder<string>();
        var (left, right) = (a.ToList(), b.ToList());
        while (Longest(left, right) is { } phrase)
        {
            shared.Add(phrase);
            Cut(left, phrase);
            Cut(right, phrase);
        }

        return shared.ToImmutable();
    }

    static string? Longest(List<string> left, List<string> right)
    {
        string? best = null;
        foreach (var l in left)
            foreach (var r in right)
                for (var i = 0; i + 1 < l.Length; i++)
                    for (var j = 0; j + 1 < r.Length; j++)
                    {
                        var n = 0;
                        while (i + n < l.Length && j + n < r.Length && l[i + n] == r[j + n]) n++;
                        if (n >= 2 && n > (best?.Length ?? 0)) best = l.Substring(i, n);
                    }

        return best;
    }

    static void Cut(List<string> phrases, string phrase)
    {
        for (var n = 0; n < phrases.Count; n++)
        {
            if (phrases[n].IndexOf(phrase, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            var (before, after) = (phrases[n][..at], phrases[n][(at + phrase.Length)..]);
            phrases.RemoveAt(n);
            phrases.InsertRange(n, new[] { before, after }.Where(p => p.Length > 0));
            return;
        }
    }
}
