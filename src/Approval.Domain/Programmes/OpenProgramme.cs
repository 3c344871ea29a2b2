using System.Collections.Immutable;

namespace Approval.Programmes;

/// <summary>The office opens a programme.</summary>
/// <param name="Title">Its title.</param>
/// <param name="From">The first day of the plan period.</param>
/// <param name="Until">The last day.</param>
/// <param name="Goals">What it is to bring about, 1 to 50 goals.</param>
public sealed record OpenProgramme(string Title, DateOnly From, DateOnly Until, IReadOnlyList<ProgrammeGoal> Goals)
{
    /// <summary>The most goals.</summary>
    public const int MostGoals = 50;

    /// <summary>The period ends before it begins.</summary>
    public static readonly RefusalKind BadPeriod = new("programme-period-reversed", RefusalSort.Form,
        "规划期的结束日期不得早于开始日期。", "The plan period must not end before it begins.");

    /// <summary>Too few or too many goals, one twice, or a number that is no number of projects.</summary>
    public static readonly RefusalKind BadGoals = new("programme-goals-malformed", RefusalSort.Form,
        "规划须有1至{0}项目标，名称不得重复，数量为1至1000。", "A programme has one to {0} goals of different names, each for 1 to 1000 projects.");

    /// <summary>Decides.</summary>
    public static Decision Decide(OpenProgramme command, ProgrammeId id, Programme? programme, Occasion on)
    {
        if (Permissions.Check(nameof(OpenProgramme), on.By) is { } no) return no;
        if (programme is not null) return Decision.Nothing;
        List<Refusal> wrong =
        [
            .. Texts.CheckName("title", command.Title),
            .. command.Goals.SelectMany((g, i) => Texts.CheckName($"goals[{i}].name", g.Name)),
        ];
        if (command.Until < command.From) wrong.Add(BadPeriod.At("until"));
        if (command.Goals.Count is < 1 or > MostGoals || command.Goals.Any(g => g.Planned is < 1 or > 1000) || command.Goals.DistinctBy(g => g.Name).Count() < command.Goals.Count)
        {
            wrong.Add(BadGoals.At("goals", MostGoals));
        }

        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Of(id.Stream, new ProgrammeOpened(id, command.Title, command.From, command.Until, [.. command.Goals]));
    }
}
