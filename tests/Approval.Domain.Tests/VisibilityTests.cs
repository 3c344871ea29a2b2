using Approval.MergedAppraisal;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval;

/// <summary>Who may see a proposal.</summary>
public sealed class VisibilityTests
{
    static readonly Actor[] Everybody = [Officer, OtherOfficer, DepartmentalCio, OtherCio, Office, DistrictCio, Expert, Auditor, Administrator];

    static IEnumerable<string> Seeing(params object[] past) =>
        Everybody.Where(a => Visibility.Sees(a, Proposal.Kind.Fold(Scenario.Flat(past), Monday)!)).Select(a => a.Person.Value);

    [Fact]
    public void A_draft_is_the_own_units_and_the_auditors() => Seeing(Past.Drafted).ShouldBe(["officer", "departmental-cio", "auditor"]);

    [Fact]
    public void Once_submitted_the_office_the_committee_and_the_District_CIO_see_it_too() =>
        Seeing(Past.Submitted).ShouldBe(["officer", "departmental-cio", "other-cio", "office", "district-cio", "auditor"]);

    [Fact]
    public void A_departmental_CIO_who_is_no_member_sees_the_own_unit_only() =>
        Visibility.Sees(Person("cio", Police, Role.DepartmentalCio), Proposal.Kind.Fold(Past.Submitted, Monday)!).ShouldBeFalse();

    [Fact]
    public void Experts_see_what_is_assigned_to_them() =>
        Seeing(Past.Shortlisted, new PanelSeated(Past.Appraisal, [Expert.Person])).ShouldContain("expert");

    [Fact]
    public void Who_has_a_seat_sees_the_proposal() =>
        Seeing(Past.EndorsementOpen, new Signing.SignerAdded(Past.Round, Signing.Seat.OfUnit(Police, Role.DepartmentalCio), "涉及")).ShouldBe(["officer", "departmental-cio", "other-cio", "auditor"]);

    [Fact]
    public void An_administrator_sees_none() => Seeing(Past.Approved).ShouldNotContain("administrator");
}
