using Approval.Directory;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class DraftProposalTests
{
    static readonly Unit Unit = new() { Id = Health, Name = "市卫生局" };

    static Decided<Proposal> Draft(ProposalContent content, Actor? by = null, Unit? unit = null, params object[] past) =>
        Given(past).WhenNew(p => DraftProposal.Decide(new(content), Id, p, unit ?? Unit, NoFiles, (by ?? Officer).Acts()));

    [Fact]
    public void A_unit_officer_drafts_a_proposal_of_the_own_unit_as_revision_one() =>
        Draft(Content).Then(new ProposalDrafted(Id, Health, Content)).AgainNothing().WithState(p => p.Revision.ShouldBe(1));

    [Fact]
    public void A_draft_needs_only_a_title()
    {
        var bare = new ProposalContent { Title = "区域卫生信息平台" };
        Draft(bare).Then(new ProposalDrafted(Id, Health, bare));
        Draft(new() { Title = " " }).ThenRefused(("text-required", "content.title"));
    }

    [Fact]
    public void Only_unit_officers_of_that_unit_draft()
    {
        Draft(Content, OtherOfficer).ThenRefused("not-permitted");
        Draft(Content, DepartmentalCio).ThenRefused("not-permitted");
        Draft(Content, Office).ThenRefused("not-permitted");
        Draft(Content, Administrator).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_retired_unit_drafts_nothing_new() => Draft(Content, unit: Unit with { Retired = true }).ThenRefused("unit-retired");
}
