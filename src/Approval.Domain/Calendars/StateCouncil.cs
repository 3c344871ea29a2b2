using System.Collections.Immutable;

namespace Approval.Calendars;

/// <summary>The State Council's holiday arrangements (国务院办公厅关于部分节假日安排的通知), as seed for a new jurisdiction.</summary>
public static class StateCouncil
{
    /// <summary>国办发明电〔2024〕12号, 12 November 2024.</summary>
    public static readonly YearArrangement Year2025 = new(2025, "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号，2024年11月12日）",
        [
            .. Off("元旦", new(2025, 1, 1), 1),
            .. Off("春节", new(2025, 1, 28), 8),
            .. Off("清明节", new(2025, 4, 4), 3),
            .. Off("劳动节", new(2025, 5, 1), 5),
            .. Off("端午节", new(2025, 5, 31), 3),
            .. Off("国庆节、中秋节", new(2025, 10, 1), 8),
        ],
        [new(2025, 1, 26), new(2025, 2, 8), new(2025, 4, 27), new(2025, 9, 28), new(2025, 10, 11)]);

    /// <summary>The notice of 4 November 2025.</summary>
    public static readonly YearArrangement Year2026 = new(2026, "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）",
        [
            .. Off("元旦", new(2026, 1, 1), 3),
            .. Off("春节", new(2026, 2, 15), 9),
            .. Off("清明节", new(2026, 4, 4), 3),
            .. Off("劳动节", new(2026, 5, 1), 5),
            .. Off("端午节", new(2026, 6, 19), 3),
            .. Off("中秋节", new(2026, 9, 25), 3),
            .. Off("国庆节", new(2026, 10, 1), 7),
        ],
        [new(2026, 1, 4), new(2026, 2, 14), new(2026, 2, 28), new(2026, 5, 9), new(2026, 9, 20), new(2026, 10, 10)]);

    static IEnumerable<DayOff> Off(string name, DateOnly from, int days) =>
        Enumerable.Range(0, days).Select(n => new DayOff(from.AddDays(n), name));
}
