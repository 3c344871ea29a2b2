using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Issuance;

/// <summary>Facts of issuance (批复).</summary>
public abstract record IssuanceEvent : ProposalEvent
{
    private protected IssuanceEvent() { }
}

/// <summary>The District CIO signed; the approval got its number and its document.</summary>
/// <param name="Number">The approval's number, gapless within the year: 示信批〔2026〕1号.</param>
/// <param name="Year">The number's year.</param>
/// <param name="Serial">The number within the year, from 1.</param>
/// <param name="On">The day of issue.</param>
/// <param name="Revision">The revision approved.</param>
/// <param name="Amount">The amount approved.</param>
/// <param name="Conditions">The conditions, in order.</param>
/// <param name="Promises">The resources that the unit promised to share.</param>
/// <param name="DocumentSha256">SHA-256 of the document's canonical text, lower-case hex.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("approval-issued.v1")]
public sealed record ApprovalIssued(
    string Number, int Year, int Serial, DateOnly On, int Revision, Money Amount, ImmutableArray<string> Conditions,
    ImmutableArray<string> Promises, string DocumentSha256, PolicyRef Policy) : IssuanceEvent;

/// <summary>The approval was not signed; the proposal goes back to the committee, its money stays held.</summary>
[WireName("issuance-refused.v1")]
public sealed record IssuanceRefused(string Reason, PolicyRef Policy, int? Revision = null) : IssuanceEvent;

/// <summary>Facts about the approval numbers of a jurisdiction.</summary>
public abstract record NumberEvent
{
    private protected NumberEvent() { }
}

/// <summary>A number was given to an approval.</summary>
[WireName("approval-number-given.v1")]
public sealed record ApprovalNumberGiven(int Year, int Serial, string Number, ProposalId Proposal) : NumberEvent;
