using Approval.Testing;
using static Approval.Testing.Scenario;
using static Approval.Testing.Sample;

namespace Approval.Funds;

public sealed class OpenFundTests
{
    static readonly OpenFund Command = new(Past.Fund, "信息化专项资金", 2026, new(20_000_000m), "示财〔2026〕3号");

    static Decided<Fund> When(OpenFund command, Actor by, params object[] past) =>
        Given(Fund.Kind, Past.Fund.Stream, past).WhenNew(fund => OpenFund.Decide(command, fund, by.Acts()));

    [Fact]
    public void The_office_opens_a_fund_once() =>
        When(Command, Office).Then(new FundOpened(Past.Fund, "信息化专项资金", 2026, new(20_000_000m), "示财〔2026〕3号")).AgainNothing();

    [Fact]
    public void A_code_stands_for_one_fund() =>
        When(Command with { Name = "另一笔资金" }, Office, new FundOpened(Past.Fund, "信息化专项资金", 2026, new(20_000_000m))).ThenRefused("fund-exists");

    [Fact]
    public void Every_fault_of_a_fund_is_named_with_its_field() =>
        When(new(new("Special 2026"), " ", 26, Money.Zero), Office).ThenRefused(
            ("fund-code-invalid", "fund"), ("text-required", "name"), ("fund-year-invalid", "year"), ("amount-not-positive", "ceiling"));

    [Fact]
    public void Nobody_but_the_office_opens_a_fund()
    {
        foreach (var person in new[] { Officer, DepartmentalCio, DistrictCio, Expert, Auditor, Administrator }) When(Command, person).ThenRefused("not-permitted");
    }
}
