using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>A person declares own ties, or the administrator records somebody's: the units and people whose proposals the person must not judge. The own unit needs no declaration.</summary>
/// <param name="Units">The codes of the units.</param>
/// <param name="People">The ids of the people.</param>
public sealed record DeclareTies(ImmutableSortedSet<string> Units, ImmutableSortedSet<string> People)
{
    /// <summary>How many ties may be declared.</summary>
    public const int Most = 200;

    /// <summary>Only the administrator takes back a tie.</summary>
    public static readonly RefusalKind TakenBack = new("tie-taken-back", RefusalSort.Rule,
        "本人不得撤回已申报的利益关系。", "Nobody takes back a tie they declared.");

    /// <summary>The tie names no unit or person.</summary>
    public static readonly RefusalKind Invalid = new("tie-invalid", RefusalSort.Form,
        "“{0}”不是有效的单位代码或人员标识。", "\"{0}\" is not a unit's code or a person's id.");

    /// <summary>Too many ties.</summary>
    public static readonly RefusalKind TooMany = new("ties-too-many", RefusalSort.Form, "最多申报 {0} 项。", "At most {0} ties can be declared.");

    /// <summary>Decides.</summary>
    public static Decision Decide(DeclareTies command, Person person, Occasion on)
    {
        if (Permissions.Check(nameof(DeclareTies), on.By) is { } no) return no;
        var forOneself = person.Id == on.By.Person;
        if (!forOneself && !on.By.Is(Role.Administrator)) return Permissions.NotPermitted.With();

        Refusal[] wrong =
        [
            .. command.Units.Where(u => !DirectoryRules.IsCode(u)).Select(u => Invalid.At("units", u)),
            .. command.People.Where(p => !DirectoryRules.IsSubject(p)).Select(p => Invalid.At("people", p)),
            .. command.Units.Count + command.People.Count > Most ? new[] { TooMany.With(Most) } : [],
        ];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        if (person.Removed) return DirectoryRules.PersonRemoved.With();
        if (forOneself && !(command.Units.IsSupersetOf(person.Ties.Units) && command.People.IsSupersetOf(person.Ties.People))) return TakenBack.With();
        return command.Units.SetEquals(person.Ties.Units) && command.People.SetEquals(person.Ties.People)
            ? Decision.Nothing
            : Decision.Of(person.Id.Stream, new TiesDeclared(new(command.Units, command.People)));
    }
}
