using System.Collections.Frozen;
using System.Text.Json;
using Approval.Deadlines;
using Approval.EventStore;
using Npgsql;

namespace Approval.Dashboard;

/// <summary>A proposal as far as the committee's figures need it.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Track">Its track.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Requested">What it asks for.</param>
/// <param name="Recommended">What was recommended.</param>
/// <param name="Approved">What was approved.</param>
/// <param name="AbsorbedRequested">What those it took in asked for.</param>
/// <param name="Absorbed">How many it took in.</param>
/// <param name="Entered">Since when it stands in its stage.</param>
/// <param name="Paused">Whether the unit corrects.</param>
/// <param name="Created">When it was drafted.</param>
/// <param name="EvaluationAwaited">Whether its self-evaluation is waited for.</param>
/// <param name="Due">The last day of its next deadline while it is open.</param>
/// <param name="Stays">The working days of its stays that have ended.</param>
public sealed record Standing(
    ProposalId Id, UnitId Unit, Stage Stage, Track? Track, Outcome? Outcome, Money Requested, Money? Recommended, Money? Approved, Money AbsorbedRequested, int Absorbed,
    DateTimeOffset Entered, bool Paused, DateTimeOffset Created, bool EvaluationAwaited, DateOnly? Due, IReadOnlyList<(Stage Stage, int Days)> Stays)
{
    /// <summary>Whether those who act in its stage are late.</summary>
    public bool OverdueOn(DateOnly day) => Due < day && Stage is not Stage.Draft && (Stage is not Stage.Supervision || EvaluationAwaited);

    /// <summary>The columns of <see cref="Read"/>.</summary>
    public const string Columns =
        "id, unit, stage, track, outcome, requested, recommended, approved, absorbed_requested, cardinality(absorbed), stage_entered, paused, created, policy, stay, stays, full_check_due, slot, evaluation, submitted is not null";

    /// <summary>The proposal at which a reader of <see cref="Columns"/> stands; null before its submission: a unit's draft is not the committee's business yet, and it could not open it.</summary>
    public static Standing? Read(NpgsqlDataReader r, Rules rules)
    {
        if (!r.GetBoolean(19)) return null;
        var (stage, outcome) = (Codes<Stage>.Of(r.GetString(2)), r.IsDBNull(4) ? (Outcome?)null : Codes<Outcome>.Of(r.GetString(4)));
        var evaluation = r.IsDBNull(18) ? null : JsonSerializer.Deserialize<EvaluationWindow>(r.GetFieldValue<byte[]>(18), Json.Events);
        var due = outcome is not null ? null : rules.Due(
            r.IsDBNull(13) ? null : (int)r.GetInt64(13), JsonSerializer.Deserialize<StageVisit>(r.GetFieldValue<byte[]>(14), Json.Events)!,
            r.IsDBNull(16) ? null : r.GetFieldValue<DateOnly>(16), r.IsDBNull(17) ? null : r.GetFieldValue<DateOnly>(17), evaluation);
        var stays = JsonSerializer.Deserialize<StageVisit[]>(r.GetFieldValue<byte[]>(15), Json.Events)!;
        return new(
            new(r.GetString(0)), new(string.Intern(r.GetString(1))), stage, r.IsDBNull(3) ? null : Codes<Track>.Of(r.GetString(3)), outcome,
            new(r.GetDecimal(5)), Sum(6), Sum(7), new(r.GetDecimal(8)), r.GetInt32(9), r.GetFieldValue<DateTimeOffset>(10), r.GetBoolean(11), r.GetFieldValue<DateTimeOffset>(12), evaluation is not null, due,
            [.. stays.Where(v => v.Left is not null).Select(v => (v.Stage, v.WorkingDaysUsed(DateOnly.MaxValue.AddYears(-1), rules.Calendar)))]);

        Money? Sum(int i) => r.IsDBNull(i) ? null : new Money(r.GetDecimal(i));
    }

    static class Codes<T> where T : struct, Enum
    {
        static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>().ToFrozenDictionary(v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

        public static T Of(string code) => All[code];
    }
}
