using System.Text.Json;
using Approval.Directory;
using Approval.EventStore;
using Approval.Intake;
using Approval.Pages;

namespace Approval.Signing;

/// <summary>The signing rounds of a proposal as a page shows them.</summary>
/// <param name="P">The proposal.</param>
/// <param name="Version">Its version.</param>
/// <param name="Names">What people and units are called.</param>
/// <param name="Moves">What the reader may do in each open round now.</param>
public sealed record ShownRounds(Proposal P, long Version, Names Names, IReadOnlyDictionary<RoundId, IReadOnlyList<Deed>> Moves);

/// <summary>What a reader may do in a signing round now. The commands themselves are asked, with a placeholder for what the person would write: the page knows no rule of its own.</summary>
public static class RoundMoves
{
    const string Something = "…";

    /// <summary>The moves in a round, signing first.</summary>
    /// <param name="p">The proposal.</param>
    /// <param name="round">One of its rounds.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="on">Who reads, and when.</param>
    /// <param name="today">The day in the jurisdiction.</param>
    /// <param name="people">The people of the jurisdiction.</param>
    /// <param name="names">What people and units are called.</param>
    public static IEnumerable<Deed> Of(
        Proposal p, SigningRound round, IReadOnlyCollection<PersonId> authors, Occasion on, DateOnly today, IReadOnlyList<ListedPerson> people, Names names)
    {
        var (id, at) = (round.Id, $"/api/proposals/{p.Id.Value}/rounds/{round.Id.Value}");
        var (zh, en) = (Words.Of(round.Purpose, true), Words.Of(round.Purpose, false));
        var revision = new Field("revision", "", "", FieldKind.Given, Value: JsonSerializer.Serialize(p.Revision));

        if (Does(SignFor.Decide(new(id, p.Revision, null), p, authors, on)))
            yield return round.Purpose == SigningPurpose.Issuance
                ? new("Sign", $"签发批复（第 {p.Revision} 稿）", $"Sign and issue (revision {p.Revision})", $"/api/proposals/{p.Id.Value}/approval", [revision, Opinion])
                : new("Sign", $"{zh}：同意（第 {p.Revision} 稿）", $"Sign for ({en}, revision {p.Revision})", $"{at}/signature", [revision, Opinion]);
        foreach (var asked in round.Opinions.Where(o => Does(GiveOpinion.Decide(new(id, o.Number, Something), p, on))))
            yield return new("GiveOpinion", $"反馈意见：{asked.Question}", $"Give the opinion: {asked.Question}", $"{at}/opinions/{asked.Number}/answer", [new("text", "意见", "Opinion")]);
        if (Does(SignAgainst.Decide(new(id, p.Revision, Something), p, authors, on)))
            yield return new("Sign", $"{zh}：不同意", $"Sign against ({en})", $"{at}/objection", [revision, Reason], Grave: true);
        if (Does(ReturnRound.Decide(new(id, ReturnTo.Asker, Something, []), p, on)))
            yield return new("ReturnRound", "退回", "Return", $"{at}/return",
                [new("to", "退回给", "To", FieldKind.Choice, Choices: [("asker", "发起人", "who asked"), ("intake", "申报单位补正", "the unit, for correction")]), Reason, Items], Grave: true);

        if (Does(TakeBackSignature.Decide(new(id, Something), p, on)))
            yield return new("TakeBackSignature", "拿回我的签署", "Take my signature back", $"{at}/retraction", [Reason]);
        if (Whom(a => HandOverSeat.Decide(new(id, a.Person, Something), p, a, on)) is { Count: > 0 } heirs)
            yield return new("HandOverSeat", "转办", "Hand over", $"{at}/handover", [new("to", "转给", "To", FieldKind.Choice, Choices: heirs), Reason]);
        if (Whom(a => AskOpinion.Decide(new(id, a.Person, Something), p, a, on)) is { Count: > 0 } advisers)
            yield return new("AskOpinion", "征求意见", "Ask for an opinion", $"{at}/opinions", [new("of", "向谁征求", "Of", FieldKind.Choice, Choices: advisers), new("question", "问题", "Question")]);
        if (Seats(p, round, on, people, names) is { Count: > 0 } seats)
            yield return new("AddSigner", "加签", "Add a signer", $"{at}/signers", [new("seat", "签署人", "Signer", FieldKind.Value, Choices: seats), Reason]);
        foreach (var seat in round.Seats.Where(s => Does(RemoveSigner.Decide(new(id, s.Key, Something), p, on))))
            yield return new("RemoveSigner", $"减签：{Who(seat, names, true)}", $"Remove: {Who(seat, names, false)}", $"{at}/signers/{Uri.EscapeDataString(seat.Key)}/removal", [Reason], Grave: true);
        if (Does(UrgeSigners.Decide(new(id, null), p, today, on)))
            yield return new("UrgeSigners", "催办", "Urge", $"{at}/urging", [new("note", "说明（可不填）", "Note (may stay empty)", Optional: true)]);
        if (Whom(a => CopyRound.Decide(new(id, a.Person), p, a, on)) is { Count: > 0 } readers)
            yield return new("CopyRound", "抄送", "Copy to", $"{at}/copies", [new("to", "抄送给", "To", FieldKind.Choice, Choices: readers)]);

        IReadOnlyList<(string, string, string)> Whom(Func<Actor, Decision> decide) =>
            [.. people.Select(person => (Person: person, As: Acting(person, on))).Where(x => Does(decide(x.As))).Select(x => (x.Person.Id.Value, Called(x.Person, names), Called(x.Person, names)))];
    }

    /// <summary>Who sits in a seat, in words.</summary>
    public static string Who(Seat seat, Names names, bool chinese) => seat.Person is { } person
        ? names.Of(person)
        : string.Join(' ', new[] { seat.Unit is { } unit ? names.Of(unit) : null, seat.Role is { } role ? Words.Of(role, chinese) : null }.OfType<string>());

    /// <summary>The seats that may be added: a person's, or one that anybody of a unit may take.</summary>
    static IReadOnlyList<(string, string, string)> Seats(Proposal p, SigningRound round, Occasion on, IReadOnlyList<ListedPerson> people, Names names)
    {
        var persons = people.Select(x => (Seat: new Seat(x.Id.Value, x.Unit, Person: x.Id), Called: Called(x, names), As: (Actor?)Acting(x, on)));
        var units = people.Where(x => Permissions.MaySign(Acting(x, on))).Select(x => x.Unit).Distinct()
            .Select(u => (Seat: Seat.OfUnit(u), Called: names.Of(u), As: (Actor?)null));
        return
        [
            .. persons.Concat(units).Where(x => Does(AddSigner.Decide(new(round.Id, x.Seat, Something), p, x.As, on)))
                .Select(x => (JsonSerializer.Serialize(x.Seat, Json.Events), x.Called, x.Called)),
        ];
    }

    static bool Does(Decision decision) => decision is { Refused: false, Facts.Count: > 0 };

    static Actor Acting(ListedPerson person, Occasion on) => new(person.Id, on.By.Jurisdiction, person.Unit, [.. person.Roles]);

    static string Called(ListedPerson person, Names names) => $"{person.Name ?? person.Id.Value} · {names.Of(person.Unit)}";

    static readonly Field Reason = new("reason", "理由", "Reason");
    static readonly Field Opinion = new("opinion", "意见（可不填）", "Opinion (may stay empty)", Optional: true);
    static readonly Field Items = new("items", "需补正的事项（每行一项，可不填）", "What to correct, one thing a line (may stay empty)", FieldKind.Lines, Optional: true);
}
