namespace Approval.Directory;

/// <summary>The administrator retires a unit. Its proposals go on; nobody is left in it, so nobody drafts for it.</summary>
/// <param name="Reason">Why.</param>
public sealed record RetireUnit(string Reason)
{
    /// <summary>People are still in the unit.</summary>
    public static readonly RefusalKind HasPeople = new("unit-has-people", RefusalSort.Rule,
        "单位尚有 {0} 名人员，请先调离。", "The unit still has {0} people: move them first.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="people">How many people are in the unit.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(RetireUnit command, Unit unit, int people, Occasion on)
    {
        if (Permissions.Check(nameof(RetireUnit), on.By) is { } no) return no;

        Refusal[] wrong = [.. Texts.Check("reason", command.Reason, Texts.Remark)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        if (unit.Retired) return Decision.Nothing;
        return people > 0 ? HasPeople.With(people) : Decision.Of(unit.Id.Stream, new UnitRetired(command.Reason));
    }
}
