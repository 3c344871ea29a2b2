using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.MergedAppraisal;

/// <summary>What a candidate for similarity is.</summary>
public enum SimilarSubject
{
    /// <summary>申报项目.</summary>
    [Words("申报项目", "proposal")]
    Proposal,

    /// <summary>已建系统.</summary>
    [Words("已建系统", "existing system")]
    System,
}

/// <summary>An interface as similarity sees it.</summary>
/// <param name="Direction">Given or taken.</param>
/// <param name="Data">The data.</param>
/// <param name="Counterpart">The system at the other end.</param>
public sealed record SimilarityInterface(InterfaceDirection Direction, string Data, string Counterpart);

/// <summary>What similarity compares: a proposal's revision, or an existing system of the register.</summary>
/// <param name="Subject">Proposal or existing system.</param>
/// <param name="Key">Its id.</param>
/// <param name="Title">The title, or the system's name.</param>
/// <param name="Unit">The unit that proposes or owns it.</param>
/// <param name="Objective">What it is for; empty if unknown.</param>
/// <param name="Resources">The names of its information resources.</param>
/// <param name="Interfaces">Its interfaces.</param>
public sealed record SimilarityProfile(
    SimilarSubject Subject, string Key, string Title, UnitId Unit, string Objective,
    ImmutableArray<string> Resources, ImmutableArray<SimilarityInterface> Interfaces)
{
    /// <summary>The profile of a proposal's content.</summary>
    public static SimilarityProfile Of(ProposalId proposal, UnitId unit, ProposalContent content) => new(
        SimilarSubject.Proposal, proposal.Value, content.Title, unit, content.Objective,
        [.. content.Resources.Select(r => r.Name)],
        [.. content.Interfaces.Select(i => new SimilarityInterface(i.Direction, i.Data, i.CounterpartSystem))]);
}

/// <summary>Why two are similar.</summary>
public enum SimilarReasonCode
{
    /// <summary>标题相近.</summary>
    [Words("标题相近", "shared title phrases")]
    SharedTitle,

    /// <summary>信息资源相同.</summary>
    [Words("信息资源相同", "shared information resources")]
    SharedResource,

    /// <summary>接口相同.</summary>
    [Words("接口数据相同", "interfaces for the same data")]
    SharedInterface,

    /// <summary>目标相近.</summary>
    [Words("建设目标相近", "shared objective phrases")]
    SharedObjective,

    /// <summary>互为接口对端: one names the other as the far end of an interface, so the two complete rather than repeat each other.</summary>
    [Words("互为接口对端", "interface partners")]
    InterfacePartner,
}

/// <summary>One reason with what it rests on.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Shared">The phrases, resources or data that both have.</param>
/// <param name="Points">What it adds to the score; negative where it speaks against similarity.</param>
public sealed record SimilarReason(SimilarReasonCode Code, ImmutableArray<string> Shared, int Points)
{
    /// <summary>The reason as a sentence.</summary>
    public string Text(bool chinese) =>
        $"{Words.Of(Code, chinese)}{(chinese ? "：" : ": ")}{string.Join(chinese ? "、" : ", ", Shared)}";
}

/// <summary>A proposal or system similar to the one looked at, and why.</summary>
/// <param name="Subject">Proposal or existing system.</param>
/// <param name="Key">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Score">The sum of the reasons' points, at most 100.</param>
/// <param name="Reasons">Why, strongest first.</param>
public sealed record SimilarCandidate(
    SimilarSubject Subject, string Key, string Title, UnitId Unit, int Score, ImmutableArray<SimilarReason> Reasons);
