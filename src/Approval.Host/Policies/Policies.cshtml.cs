using Approval.Calendars;
using Approval.Http;
using Approval.Pages;

namespace Approval.Policies;

/// <summary>All versions of the approval policy, and what differs between any two of them.</summary>
public sealed class PoliciesModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>The versions.</summary>
    public PolicyBook Book { get; private set; } = PolicyBook.Empty;

    /// <summary>The version in force.</summary>
    public Policy? InForce { get; private set; }

    /// <summary>The versions compared.</summary>
    public (Policy From, Policy To)? Compared { get; private set; }

    /// <summary>What differs between them.</summary>
    public IReadOnlyList<PolicyDifference> Differences { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadPolicies");
        Book = await queries.Policies(Me.Jurisdiction, cancel: Cancel);
        InForce = Book.InForce(WorkingCalendar.WeekendsOnly.DateOf(clock.GetUtcNow()));
        if (Book.Versions.IsEmpty) return;
        var to = Version("to") ?? Book.Versions[^1];
        var from = Version("from") ?? Book.Of(Math.Max(1, to.Ref.Version - 1))!;
        (Compared, Differences) = ((from, to), PolicyForm.Compare(from.Content, to.Content));
    }

    Policy? Version(string name) => HttpContext.Number(name, 1, int.MaxValue) is not { } version ? null
        : Book.Of(version) ?? throw new ProblemException(PolicyBook.UnknownVersion.At(name, version));
}
