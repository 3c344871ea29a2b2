using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

/// <summary>Blind reading: who reads which sheets.</summary>
public sealed class SheetsVisibleToTests
{
    static readonly Actor Powerful = Sample.Person("all", new("cio-office"),
        Role.CioOffice, Role.CommitteeMember, Role.DistrictCio, Role.Auditor, Role.Administrator, Role.Expert, Role.DepartmentalCio, Role.UnitOfficer);

    [Fact]
    public void Before_disclosure_an_expert_reads_the_own_sheets_and_nobody_any_other_whatever_the_role()
    {
        var world = new AppraisalWorld(2).Empanelled();
        world.Do(world.Sheet(1, 1)).Do(world.Sheet(2, 1));

        world.Appraisal.SheetsVisibleTo(As(Experts[0])).Select(s => s.Expert).ShouldBe([Experts[0].Id]);
        world.Appraisal.SheetsVisibleTo(As(Experts[2])).ShouldBeEmpty();
        world.Appraisal.SheetsVisibleTo(Powerful).ShouldBeEmpty();
    }

    [Fact]
    public void After_disclosure_the_panel_and_those_who_run_or_oversee_read_all()
    {
        var appraisal = new AppraisalWorld(1).Disclosed().Appraisal;

        foreach (var reader in new[] { As(Experts[0]), Sample.Office, Sample.DistrictCio, Sample.Auditor, Sample.DepartmentalCio })
            appraisal.SheetsVisibleTo(reader).Count().ShouldBe(3, reader.Person.Value);
        foreach (var reader in new[] { As(Experts[7]), Sample.Officer, Sample.Administrator })
            appraisal.SheetsVisibleTo(reader).ShouldBeEmpty(reader.Person.Value);
    }

    [Fact]
    public void An_expert_reads_only_appraisals_assigned()
    {
        var world = new AppraisalWorld(1).Empanelled();

        world.Appraisal.MayRead(As(Experts[0])).ShouldBeTrue();
        world.Appraisal.MayRead(As(Experts[4])).ShouldBeFalse();
        world.P(1).Appraisal.Panel.ShouldBe([.. Experts.Take(3).Select(e => e.Id)]);
    }
}
