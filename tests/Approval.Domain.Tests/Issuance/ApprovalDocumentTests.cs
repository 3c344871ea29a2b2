using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Issuance;

public sealed class ApprovalDocumentTests
{
    const string Number = "示信批〔2026〕1号";
    static readonly DateOnly Day = new(2026, 3, 9);

    static ApprovalDocument Document => ApprovalDocument.Of(Scenario.Given(Past.Approved).State, Number, Day);

    [Fact]
    public void The_canonical_text_says_each_fact_on_a_line() =>
        Document.CanonicalText.ShouldBe($"""
            approval-document 1
            number: 示信批〔2026〕1号
            issued-on: 2026-03-09
            meeting-on: 2026-03-02
            proposal: {Sample.Id.Value}
            unit: health
            title: 区域卫生信息平台
            category: New
            revision: 1
            construction: 建设数据中心与共享平台,接入十二家医院。
            requested-yuan: 5000000.00
            recommended-yuan: 4500000.00
            approved-yuan: 4500000.00
            shares: 电子健康档案
            policy: 1 {new string('a', 64)}

            """);

    [Fact]
    public void Each_difference_makes_another_hash()
    {
        var document = Document;
        string[] hashes =
        [
            document.Sha256, (document with { Approved = new(4_500_000.01m) }).Sha256, (document with { Number = "示信批〔2026〕2号" }).Sha256,
            (document with { Conditions = ["条件"] }).Sha256, (document with { Construction = "a\nb" }).Sha256, (document with { Construction = "a\\nb" }).Sha256,
        ];
        hashes.Distinct().Count().ShouldBe(hashes.Length);
        hashes.ShouldAllBe(h => h.Length == 64);
    }

    [Fact]
    public void The_document_of_an_earlier_approval_is_made_again_from_the_history_whatever_happened_since()
    {
        var issued = new ApprovalIssued(Number, 2026, 1, Day, 1, new(4_500_000m), [], ["电子健康档案"], Document.Sha256, Policy.Ref);
        object[] history = [.. Past.Approved, issued, new ProposalRevised(2, Content with { Title = "另一名称" }, [ContentPart.Title])];
        ApprovalDocument.From(history, Number)!.Sha256.ShouldBe(issued.DocumentSha256);
        ApprovalDocument.From(history, "示信批〔2026〕9号").ShouldBeNull();
    }
}
