using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Approval.History;

/// <summary>
/// Goes back through the history, the newest first, until enough is found. The newest rows are looked at one by one, which finds what is
/// common. What is left is asked span by span: an index says at which places it may be; where there are too many of them to be fetched singly,
/// the span is read through. Where common things never meet, that would go on for long: a search that has looked at much stops and says where to
/// go on. So it costs what a few spans cost, whatever is asked for.
/// </summary>
/// <param name="connection">An open connection, for this search alone.</param>
/// <param name="actor">Who asks.</param>
/// <param name="filter">For what.</param>
/// <param name="most">How much is looked at for a page, in places fetched singly.</param>
sealed class HistorySearch(NpgsqlConnection connection, Actor actor, HistoryFilter filter, int most = HistorySearch.MostLookedAt)
{
    /// <summary>So much is looked at for a page unless said otherwise: some ten milliseconds.</summary>
    public const int MostLookedAt = 1_200;

    /// <summary>Rows read one after another cost as much as one fetched singly.</summary>
    const int ReadForOne = 8;

    /// <summary>The newest places, looked at one by one before any index is asked: the words of the newest stretch are not in it yet.</summary>
    const int Newest = HistoryMarks.StretchLength;

    /// <summary>So many places of one span are fetched singly; where there are more, reading the span through is cheaper.</summary>
    const int FewPlaces = 300;

    /// <summary>So many subjects of one span are looked at for words; where there are more, the words are common in it.</summary>
    const int FewSubjects = 60;

    /// <summary>The spans asked about in one statement at most.</summary>
    const int MostSpans = 64;

    const string Columns = "seq, proposal, proposal_unit, proposal_title, stream, version, type, actor, unit, recorded, effective, text";

    /// <summary>What a row must meet; the words are looked for in the lower case of what it says, which is kept only where it differs.</summary>
    const string Meets = """
        h.jurisdiction = $1
        and ($2::text is null or h.actor = $2) and ($3::text is null or h.type = $3) and ($4::text is null or h.unit = $4 or h.proposal_unit = $4) and ($5::text is null or h.proposal = $5)
        and ($6::timestamptz is null or h.recorded >= $6) and ($7::timestamptz is null or h.recorded < $7) and ($8::timestamptz is null or h.recorded <= $8)
        and ($9::text is null or case when h.lowered is null then h.proposal_title like $9 or h.text like $9 else h.lowered like $9 end)
        and ($10 or h.proposal is null or (select true from approval.history s where s.jurisdiction = h.jurisdiction and s.proposal = h.proposal and s.opens limit 1))
        """;

    readonly JurisdictionId jurisdiction = actor.Jurisdiction;
    readonly IReadOnlyCollection<int> bigrams = filter.Q is { } q ? Bigrams.Of(q) : [];

    /// <summary>Where to go on: before this place nothing was looked at. Null if a search came to the beginning or found what was wanted.</summary>
    public long? Rest { get; private set; }

    bool HasValues => (filter.Actor ?? filter.Type ?? filter.Unit ?? filter.Proposal) is not null;

    bool HasTime => (filter.From ?? filter.To ?? filter.AsOf) is not null;

    /// <summary>The lines before a place.</summary>
    /// <param name="before">The place; null for the end of the record.</param>
    /// <param name="wanted">How many are wanted; null for all.</param>
    /// <param name="cancel">Gives up.</param>
    public async IAsyncEnumerable<HistoryLine> Lines(long? before, int? wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (left, looked) = (wanted ?? int.MaxValue, 0);
        if (await Ends(cancel) is not (var first, var last)) yield break;
        var end = Math.Min(before ?? long.MaxValue, last + 1);
        var everything = !HasValues && !HasTime && filter.Q is null;
        if (everything || !HasTime || filter.Q is not null)
        {
            var begin = everything ? first : Math.Max(first, HasTime ? Math.Min(end, HistoryMarks.StretchOf(last) * HistoryMarks.StretchLength) : end - Newest);
            await foreach (var line in Through(begin, end, left, cancel))
            {
                left--;
                yield return line;
            }

            end = begin;
        }

        var spans = await Spans(first, end, cancel);
        for (var (at, width) = (0, 1); left > 0 && at < spans.Count;)
        {
            var group = spans[at..Math.Min(spans.Count, at + width)];
            var places = await Places(group, cancel);
            var few = new List<long>();
            for (var i = 0; i < group.Count; i++)
            {
                if (places[i] is { } found) few.AddRange(found);
                if (few.Count > FewPlaces || (few.Count > 0 && (places[i] is null || i == group.Count - 1)))
                {
                    await foreach (var line in At(few, end, left, cancel))
                    {
                        left--;
                        yield return line;
                    }

                    looked += few.Count;
                    few.Clear();
                }

                if (places[i] is null && left > 0)
                {
                    await foreach (var line in Through(Math.Max(first, group[i] * HistoryMarks.SpanLength), Math.Min(end, (group[i] + 1) * HistoryMarks.SpanLength), left, cancel))
                    {
                        left--;
                        yield return line;
                    }

                    looked += HistoryMarks.SpanLength / ReadForOne;
                }

                if (left == 0) yield break;
                if (wanted is null || looked <= most || few.Count > 0 || at + i + 1 == spans.Count) continue;
                Rest = group[i] * HistoryMarks.SpanLength;
                yield break;
            }

            at += group.Count;
            var seen = places.Sum(p => p?.Length ?? FewPlaces);
            width = Math.Clamp(seen == 0 ? MostSpans : width * FewPlaces / seen, 1, Math.Min(MostSpans, 4 * width));
        }
    }

    /// <summary>The first and the last place of the jurisdiction; null if it has none.</summary>
    async Task<(long First, long Last)?> Ends(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select min(seq), max(seq) from approval.history where jurisdiction = $1", connection);
        Add(command, jurisdiction.Value, NpgsqlDbType.Text);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.IsDBNull(0) ? null : (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The spans before a place in which something may have been recorded at the time asked for, the newest first.</summary>
    async Task<List<long>> Spans(long first, long end, CancellationToken cancel)
    {
        if (end <= first) return [];
        var (oldest, newest) = (HistoryMarks.SpanOf(first), HistoryMarks.SpanOf(end - 1));
        if (!HasTime) return [.. Enumerable.Range(0, (int)(newest - oldest + 1)).Select(n => newest - n)];
        await using var command = new NpgsqlCommand(
            $"""
            select n from generate_series($2, $3, -1) as n where exists (
                select from approval.history where jurisdiction = $1 and {HistoryMarks.SpanOfSeq} = n
                and recorded >= coalesce($4, '-infinity') and recorded < coalesce($5, 'infinity') and recorded <= coalesce($6, 'infinity'))
            """, connection);
        Add(command, jurisdiction.Value, NpgsqlDbType.Text);
        Add(command, newest, NpgsqlDbType.Bigint);
        Add(command, oldest, NpgsqlDbType.Bigint);
        AddTime(command);
        return await Numbers(command, cancel);
    }

    /// <summary>For each span the places at which the rows may be; null where there are too many to fetch them singly.</summary>
    async Task<IReadOnlyList<long[]?>> Places(List<long> spans, CancellationToken cancel)
    {
        if (bigrams.Count > 0)
        {
            var subjects = await Subjects(spans, cancel);
            long[]?[] ofWords = [.. await Of(
                $"select array(select h.seq from unnest(($1::integer[])[a.from_ : a.to_]) as m cross join lateral (select seq from approval.history where marks @> array[m] limit {HistoryMarks.SpanLength}) h) "
                + "from unnest($2::integer[], $3::integer[]) with ordinality as a (from_, to_, n) order by a.n",
                [.. subjects.Select((found, i) => found?.Select(s => HistoryMarks.Subject(jurisdiction, spans[i], s)) ?? [])], int.MaxValue, cancel)];
            for (var i = 0; i < spans.Count; i++) ofWords[i] = subjects[i] is null ? null : ofWords[i];
            if (!HasValues || !ofWords.Contains(null)) return ofWords;
            var ofValues = await OfValues();
            return [.. ofWords.Select((w, i) => w ?? ofValues[i])];
        }

        if (HasValues) return await OfValues();
        if (!HasTime) return [.. spans.Select(_ => (long[]?)null)];

        await using var command = new NpgsqlCommand(
            $"""
            select array(
                select seq from approval.history where jurisdiction = $1 and {HistoryMarks.SpanOfSeq} = n
                and recorded >= coalesce($3, '-infinity') and recorded < coalesce($4, 'infinity') and recorded <= coalesce($5, 'infinity') limit {FewPlaces + 1})
            from unnest($2) with ordinality as a (n, place) order by place
            """, connection);
        Add(command, jurisdiction.Value, NpgsqlDbType.Text);
        Add(command, spans.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        AddTime(command);
        return await Lists(command, FewPlaces, cancel);

        async Task<IReadOnlyList<long[]?>> OfValues() => await Of(
            $"select array(select seq from approval.history where marks @> ($1::integer[])[a.from_ : a.to_] limit {FewPlaces + 1}) "
            + "from unnest($2::integer[], $3::integer[]) with ordinality as a (from_, to_, n) order by a.n",
            [.. spans.Select(Values)], FewPlaces, cancel);
    }

    /// <summary>The subjects that have all the words, for each span; null where there are too many.</summary>
    async Task<IReadOnlyList<string[]?>> Subjects(List<long> spans, CancellationToken cancel)
    {
        await using var command = Command(
            $"select array(select subject from approval.history_words where words @> ($1::integer[])[a.from_ : a.to_] limit {FewSubjects + 1}) "
            + "from unnest($2::integer[], $3::integer[]) with ordinality as a (from_, to_, n) order by a.n",
            [.. spans.Select(span => bigrams.Select(b => HistoryMarks.Word(jurisdiction, span, b)))]);
        var found = new List<string[]?>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) found.Add(reader.GetFieldValue<string[]>(0) is { Length: <= FewSubjects } few ? few : null);
        return found;
    }

    IEnumerable<int> Values(long span)
    {
        if (filter.Actor is { } by) yield return HistoryMarks.Actor(jurisdiction, span, by);
        if (filter.Type is { } type) yield return HistoryMarks.Type(jurisdiction, span, type);
        if (filter.Unit is { } unit) yield return HistoryMarks.Unit(jurisdiction, span, unit);
        if (filter.Proposal is { } proposal) yield return HistoryMarks.Subject(jurisdiction, span, new ProposalId(proposal).Stream.Value);
    }

    /// <summary>The rows at some places before another.</summary>
    IAsyncEnumerable<HistoryLine> At(List<long> places, long end, int most, CancellationToken cancel) =>
        Rows("h.seq = any($11) and h.seq < $12", most, cancel, (places.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint), (end, NpgsqlDbType.Bigint));

    /// <summary>The rows from a place on and before another.</summary>
    IAsyncEnumerable<HistoryLine> Through(long begin, long end, int most, CancellationToken cancel) =>
        Rows("h.seq >= $11 and h.seq < $12", most, cancel, (begin, NpgsqlDbType.Bigint), (end, NpgsqlDbType.Bigint));

    async IAsyncEnumerable<HistoryLine> Rows(string where, int most, [EnumeratorCancellation] CancellationToken cancel, params (object Value, NpgsqlDbType Type)[] bounds)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from approval.history h where {Meets} and {where} order by h.seq desc limit $13", connection);
        Add(command, jurisdiction.Value, NpgsqlDbType.Text);
        Add(command, filter.Actor, NpgsqlDbType.Text);
        Add(command, filter.Type, NpgsqlDbType.Text);
        Add(command, filter.Unit, NpgsqlDbType.Text);
        Add(command, filter.Proposal, NpgsqlDbType.Text);
        AddTime(command);
        Add(command, filter.Q is { } words ? $"%{words.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%" : null, NpgsqlDbType.Text);
        Add(command, actor.Is(Role.Auditor), NpgsqlDbType.Boolean);
        foreach (var (value, type) in bounds) Add(command, value, type);
        Add(command, (long)most, NpgsqlDbType.Bigint);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return new(
                reader.GetInt64(0), Text(1) is { } proposal ? new(proposal) : null, Text(2) is { } unit ? new(unit) : null, Text(3), reader.GetString(4), reader.GetInt64(5), reader.GetString(6),
                Text(7) is { } by ? new(by) : null, Text(8) is { } of ? new(of) : null, reader.GetFieldValue<DateTimeOffset>(9), reader.GetFieldValue<DateTimeOffset>(10), reader.GetString(11));
        }

        string? Text(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
    }

    async Task<IReadOnlyList<long[]?>> Of(string sql, IReadOnlyList<IEnumerable<int>> marks, int few, CancellationToken cancel)
    {
        await using var command = Command(sql, marks);
        return await Lists(command, few, cancel);
    }

    /// <summary>A statement over several lists of marks: all marks in a row, and where each list begins and ends.</summary>
    NpgsqlCommand Command(string sql, IReadOnlyList<IEnumerable<int>> marks)
    {
        var (all, from, to) = (new List<int>(), new List<int>(), new List<int>());
        foreach (var list in marks)
        {
            from.Add(all.Count + 1);
            all.AddRange(list);
            to.Add(all.Count);
        }

        var command = new NpgsqlCommand(sql, connection);
        foreach (var numbers in (List<int>[])[all, from, to]) Add(command, numbers.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);
        return command;
    }

    void AddTime(NpgsqlCommand command)
    {
        foreach (var at in (DateTimeOffset?[])[filter.From, filter.To, filter.AsOf]) Add(command, at?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    static async Task<IReadOnlyList<long[]?>> Lists(NpgsqlCommand command, int few, CancellationToken cancel)
    {
        var found = new List<long[]?>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) found.Add(reader.GetFieldValue<long[]>(0) is var places && places.Length <= few ? places : null);
        return found;
    }

    static async Task<List<long>> Numbers(NpgsqlCommand command, CancellationToken cancel)
    {
        var found = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) found.Add(reader.GetInt64(0));
        return found;
    }
}
