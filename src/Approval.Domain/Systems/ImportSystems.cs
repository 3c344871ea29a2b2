namespace Approval.Systems;

/// <summary>The office enters a whole table of systems (摸底调查). A code in the register already is updated, so the same table twice changes nothing.</summary>
/// <param name="Entries">The entries, each code once.</param>
public sealed record ImportSystems(IReadOnlyList<RegisterSystem> Entries)
{
    /// <summary>A code stands twice in the table.</summary>
    public static readonly RefusalKind CodeRepeated = new("system-code-repeated", RefusalSort.Form, "系统编号“{0}”在文件中重复。", "The code \"{0}\" stands twice in the file.");

    /// <summary>Decides: all entries or none.</summary>
    /// <param name="command">The command.</param>
    /// <param name="register">The systems of the register that the entries name.</param>
    /// <param name="units">The units of the jurisdiction.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(ImportSystems command, IReadOnlyDictionary<SystemId, ExistingSystem> register, IReadOnlySet<UnitId> units, Occasion on)
    {
        if (Permissions.Check(nameof(ImportSystems), on.By) is { } no) return no;
        var wrong = command.Entries.SelectMany((e, i) => SystemRules.Check(e.System, e.Content, units).Select(r => r with { Field = $"entries[{i}].{r.Field}" })).ToList();
        var met = new HashSet<SystemId>();
        wrong.AddRange(command.Entries.Select((e, i) => met.Add(e.System) ? null : CodeRepeated.At($"entries[{i}].code", e.System.Value)).OfType<Refusal>());
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Join(command.Entries.Select(e => SystemRules.Enter(e.System, e.Content, register.GetValueOrDefault(e.System))));
    }
}
