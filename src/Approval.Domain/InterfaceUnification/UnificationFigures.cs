namespace Approval.InterfaceUnification;

/// <summary>What unification came to: the interfaces before and after.</summary>
/// <param name="Declared">The interface lines declared by the projects that have left unification.</param>
/// <param name="Conflicts">The conflicts found on them, each counted once however many projects it joins.</param>
/// <param name="AfterUnification">The interfaces that remain, each counted once however many projects share it.</param>
public sealed record UnificationFigures(int Declared, int Conflicts, int AfterUnification)
{
    /// <summary>Counts over the projects unified.</summary>
    public static UnificationFigures Of(IEnumerable<InterfacesUnified> unified)
    {
        var all = unified.ToArray();
        return new(
            all.Sum(u => u.Lines),
            all.SelectMany(u => u.Conflicts).Select(c => c.Key).Distinct().Count(),
            all.SelectMany(u => u.Interfaces).Distinct().Count());
    }
}
