namespace Approval.Funds;

/// <summary>The office opens a fund under a code of its own (<c>special-2026</c>), so that the same money is never opened twice.</summary>
/// <param name="Fund">The code: 1 to 40 small letters, digits and hyphens.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">Its budget year.</param>
/// <param name="Ceiling">The most that it may hold, above zero.</param>
/// <param name="Basis">The document that grants the money, if there is one yet.</param>
public sealed record OpenFund(FundId Fund, string Name, int Year, Money Ceiling, string? Basis = null)
{
    /// <summary>The code is not 1 to 40 small letters, digits and hyphens.</summary>
    public static readonly RefusalKind BadCode = new("fund-code-invalid", RefusalSort.Form,
        "资金编号须为 1 至 40 位小写字母、数字或连字符。", "A fund's code is 1 to 40 small letters, digits and hyphens.");

    /// <summary>The year is not one of 2000 to 2100.</summary>
    public static readonly RefusalKind BadYear = new("fund-year-invalid", RefusalSort.Form,
        "资金年度须在 2000 至 2100 之间。", "A fund's year lies between 2000 and 2100.");

    /// <summary>There is another fund under this code.</summary>
    public static readonly RefusalKind Exists = new("fund-exists", RefusalSort.Rule,
        "编号为“{0}”的资金已存在。", "There is already a fund with the code \"{0}\".");

    /// <summary>Decides.</summary>
    public static Decision Decide(OpenFund command, Fund? fund, Occasion on)
    {
        if (Permissions.Check(nameof(OpenFund), on.By) is { } no) return no;
        var opened = new FundOpened(command.Fund, command.Name, command.Year, command.Ceiling, command.Basis);
        if (fund is not null)
        {
            return new FundOpened(fund.Id, fund.Name, fund.Year, fund.Ceiling, fund.Basis) == opened ? Decision.Nothing : Exists.With(command.Fund.Value);
        }

        List<Refusal> refusals = [];
        if (command.Fund.Value is not { Length: >= 1 and <= 40 } code || code.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')) refusals.Add(BadCode.At("fund"));
        refusals.AddRange(Texts.CheckName("name", command.Name));
        refusals.AddRange(Texts.Check("basis", command.Basis, Texts.Name, required: false));
        if (command.Year is < 2000 or > 2100) refusals.Add(BadYear.At("year"));
        if (command.Ceiling <= Money.Zero) refusals.Add(FundRules.NotPositive.At("ceiling"));
        return refusals.Count > 0 ? Decision.Refuse(refusals) : Decision.Of(command.Fund.Stream, opened);
    }
}
