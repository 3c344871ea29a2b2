using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class DiscloseSheetsTests
{
    readonly AppraisalWorld world = new AppraisalWorld(2).Empanelled();

    Decided<Appraisal> Disclose(Actor? by = null) => world.Given.When(a => DiscloseSheets.Decide(a, world.Proposals, (by ?? Sample.Office).Acts()));

    [Fact]
    public void Sheets_outstanding_for_a_withdrawn_proposal_hold_nothing_up()
    {
        for (var e = 1; e <= 3; e++) world.Do(world.Sheet(e, 1));
        Disclose().ThenRefused("sheets-outstanding");
        world.Add(Project(2).Stream, new ProposalWithdrawn("不再需要"));

        Disclose().Then(new SheetsDisclosed()).AgainNothing();
    }

    [Fact]
    public void Nobody_but_the_office_discloses() => Disclose(Sample.Administrator).ThenRefused("not-permitted");

    [Fact]
    public void A_vacant_seat_holds_disclosure_up()
    {
        world.Do(RecuseExpert.Decide(new(Experts[2].Id, "利益关系"), world.Appraisal, Sample.Office.Acts()));

        Disclose().ThenRefused("panel-incomplete");
    }
}
