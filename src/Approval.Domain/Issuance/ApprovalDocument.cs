using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Issuance;

/// <summary>What an approval (批复) says: made from the proposal as it stood when the approval was issued, so that it can be made again at any time.</summary>
/// <param name="Number">The approval's number.</param>
/// <param name="IssuedOn">The day of issue.</param>
/// <param name="HeldOn">The day of the meeting that approved.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Unit">The unit that builds.</param>
/// <param name="Title">The project's title.</param>
/// <param name="Category">New, rebuild, expand or operate.</param>
/// <param name="Revision">The revision approved.</param>
/// <param name="Construction">What is built.</param>
/// <param name="Requested">What the unit asked for.</param>
/// <param name="Recommended">What the experts recommended; null where no panel did.</param>
/// <param name="Approved">The amount approved.</param>
/// <param name="Conditions">The conditions, in order.</param>
/// <param name="Promises">The resources that the unit promised to share.</param>
/// <param name="Absorbed">The titles of the proposals merged into it.</param>
/// <param name="Policy">The policy that judged.</param>
public sealed record ApprovalDocument(
    string Number, DateOnly IssuedOn, DateOnly HeldOn, ProposalId Proposal, UnitId Unit, string Title, Category Category, int Revision, string Construction,
    Money Requested, Money? Recommended, Money Approved, ImmutableArray<string> Conditions, ImmutableArray<string> Promises, ImmutableArray<string> Absorbed, PolicyRef Policy)
{
    /// <summary>The document of a proposal that stands in issuance, or stood there just before this number was given.</summary>
    public static ApprovalDocument Of(Proposal p, string number, DateOnly on) => new(
        number, on, p.Committee.ApprovedOn!.Value, p.Id, p.Unit, p.Content.Title, p.Content.Category, p.Revision, p.Content.Construction,
        p.Content.Total, p.Appraisal.Recommended, p.Committee.Approved!.Value, p.Committee.Conditions,
        [.. p.Content.Resources.Where(r => r.Sharing != Sharing.None).Select(r => r.Name).Distinct()],
        [.. p.Appraisal.Absorbed.Select(a => a.Title)], p.Policy!.Value);

    /// <summary>The document of an approval issued earlier, from the proposal's history; null if the history holds no such approval.</summary>
    public static ApprovalDocument? From(IReadOnlyCollection<object> history, string number)
    {
        var before = history.TakeWhile(e => e is not ApprovalIssued issued || issued.Number != number).ToList();
        return history.Skip(before.Count).FirstOrDefault() is ApprovalIssued found
            ? Of(global::Approval.Proposal.Kind.Fold(before)!, number, found.On)
            : null;
    }

    /// <summary>The text over which the approval's hash is taken: one line per fact, in this order, line breaks written as <c>\n</c>.</summary>
    public string CanonicalText
    {
        get
        {
            var text = new StringBuilder("approval-document 1\n");
            void Line(string name, object? value) =>
                text.Append(name).Append(": ").Append(value?.ToString()?.Replace("\\", "\\\\").Replace("\r", "").Replace("\n", "\\n")).Append('\n');
            Line("number", Number);
            Line("issued-on", IssuedOn.ToString("yyyy-MM-dd"));
            Line("meeting-on", HeldOn.ToString("yyyy-MM-dd"));
            Line("proposal", Proposal.Value);
            Line("unit", Unit.Value);
            Line("title", Title);
            Line("category", Category);
            Line("revision", Revision);
            Line("construction", Construction);
            Line("requested-yuan", Requested);
            Line("recommended-yuan", Recommended);
            Line("approved-yuan", Approved);
            foreach (var condition in Conditions) Line("condition", condition);
            foreach (var promise in Promises) Line("shares", promise);
            foreach (var absorbed in Absorbed) Line("absorbed", absorbed);
            Line("policy", $"{Policy.Version} {Policy.Hash}");
            return text.ToString();
        }
    }

    /// <summary>SHA-256 of <see cref="CanonicalText"/> in UTF-8, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText)));
}
