using System.Collections.Immutable;

namespace Approval.Intake;

/// <summary>What the project does to a system (建设性质).</summary>
public enum Category
{
    /// <summary>新建.</summary>
    [Words("新建", "New")]
    New,

    /// <summary>改建.</summary>
    [Words("改建", "Rebuild")]
    Rebuild,

    /// <summary>扩建.</summary>
    [Words("扩建", "Expand")]
    Expand,

    /// <summary>运维.</summary>
    [Words("运维", "Operate")]
    Operate,
}

/// <summary>What a budget line buys.</summary>
public enum BudgetKind
{
    /// <summary>软件.</summary>
    [Words("软件", "Software")]
    Software,

    /// <summary>硬件.</summary>
    [Words("硬件", "Hardware")]
    Hardware,

    /// <summary>云资源.</summary>
    [Words("云资源", "Cloud")]
    Cloud,

    /// <summary>系统集成.</summary>
    [Words("系统集成", "Integration")]
    Integration,

    /// <summary>数据.</summary>
    [Words("数据", "Data")]
    Data,

    /// <summary>安全.</summary>
    [Words("安全", "Security")]
    Security,

    /// <summary>服务.</summary>
    [Words("服务", "Services")]
    Services,

    /// <summary>首年运维.</summary>
    [Words("首年运维", "First-year operation")]
    FirstYearOperation,
}

/// <summary>One line of the budget.</summary>
/// <param name="Kind">What it buys.</param>
/// <param name="Amount">Yuan, not negative.</param>
/// <param name="Note">What it is, in the unit's words.</param>
public sealed record BudgetLine(BudgetKind Kind, Money Amount, string? Note = null);

/// <summary>What becomes of an existing system.</summary>
public enum SystemRelation
{
    /// <summary>利用.</summary>
    [Words("利用", "Reuse")]
    Reuse,

    /// <summary>替代.</summary>
    [Words("替代", "Replace")]
    Replace,

    /// <summary>停用.</summary>
    [Words("停用", "Retire")]
    Retire,
}

/// <summary>An existing system that the project reuses, replaces or retires.</summary>
/// <param name="Name">The system's name.</param>
/// <param name="Relation">What becomes of it.</param>
/// <param name="System">Its entry in the register of existing systems, if it has one.</param>
public sealed record ExistingSystemUse(string Name, SystemRelation Relation, SystemId? System = null);

/// <summary>How an information resource is shared (共享属性).</summary>
public enum Sharing
{
    /// <summary>无条件共享.</summary>
    [Words("无条件共享", "Unconditional")]
    Unconditional,

    /// <summary>有条件共享.</summary>
    [Words("有条件共享", "Conditional")]
    Conditional,

    /// <summary>不予共享: needs a legal basis.</summary>
    [Words("不予共享", "None")]
    None,
}

/// <summary>An entry of the information resource catalogue (信息资源目录).</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="Provider">The unit that provides it.</param>
/// <param name="Sharing">How it is shared.</param>
/// <param name="LegalBasis">The law that forbids sharing, where it is not shared.</param>
public sealed record ResourceEntry(string Name, string Provider, Sharing Sharing, string? LegalBasis = null);

/// <summary>Which way the data flows.</summary>
public enum InterfaceDirection
{
    /// <summary>提供: the project gives the data.</summary>
    [Words("提供", "Provide")]
    Provide,

    /// <summary>使用: the project takes the data.</summary>
    [Words("使用", "Consume")]
    Consume,
}

/// <summary>How the data passes.</summary>
public enum InterfaceMode
{
    /// <summary>服务接口.</summary>
    [Words("服务接口", "API")]
    Api,

    /// <summary>文件交换.</summary>
    [Words("文件交换", "File")]
    File,

    /// <summary>数据库交换.</summary>
    [Words("数据库交换", "Database")]
    Database,

    /// <summary>消息.</summary>
    [Words("消息", "Message")]
    Message,
}

/// <summary>How often the data passes.</summary>
public enum InterfaceFrequency
{
    /// <summary>实时.</summary>
    [Words("实时", "Real time")]
    Realtime,

    /// <summary>每小时.</summary>
    [Words("每小时", "Hourly")]
    Hourly,

    /// <summary>每日.</summary>
    [Words("每日", "Daily")]
    Daily,

    /// <summary>每周.</summary>
    [Words("每周", "Weekly")]
    Weekly,

    /// <summary>每月.</summary>
    [Words("每月", "Monthly")]
    Monthly,

    /// <summary>按需.</summary>
    [Words("按需", "On demand")]
    OnDemand,
}

/// <summary>The network that the data crosses. Only the shared government networks and the internet are allowed.</summary>
public enum Network
{
    /// <summary>政务外网.</summary>
    [Words("政务外网", "Government extranet")]
    GovernmentExtranet,

    /// <summary>政务内网.</summary>
    [Words("政务内网", "Government intranet")]
    GovernmentIntranet,

    /// <summary>互联网.</summary>
    [Words("互联网", "Internet")]
    Internet,

    /// <summary>自建专网: refused by the form check and a conflict in interface unification.</summary>
    [Words("自建专网", "Private network")]
    Private,
}

/// <summary>An interface declared by a proposal (接口申报).</summary>
/// <param name="Line">The line's number within the proposal, counted from 1 and kept when other lines change.</param>
/// <param name="Direction">Given or taken.</param>
/// <param name="Data">The data, named as in the resource catalogue where it stands there.</param>
/// <param name="CounterpartSystem">The system at the other end.</param>
/// <param name="CounterpartUnit">The unit that owns the other end, if known.</param>
/// <param name="Mode">How the data passes.</param>
/// <param name="Frequency">How often.</param>
/// <param name="Network">Over which network.</param>
public sealed record InterfaceDeclaration(
    int Line, InterfaceDirection Direction, string Data, string CounterpartSystem, string? CounterpartUnit,
    InterfaceMode Mode, InterfaceFrequency Frequency, Network Network);

/// <summary>A file attached; its bytes are stored outside the event under their hash.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hex.</param>
public sealed record Attachment(string Name, string MediaType, long Length, string Sha256);

/// <summary>The parts of a proposal that a signature may depend on.</summary>
public enum ContentPart
{
    /// <summary>Title and category.</summary>
    [Words("名称与性质", "Title and category")]
    Title,

    /// <summary>Objective.</summary>
    [Words("建设目标", "Objective")]
    Objective,

    /// <summary>Justification.</summary>
    [Words("建设必要性", "Justification")]
    Justification,

    /// <summary>Content of construction.</summary>
    [Words("建设内容", "Content of construction")]
    Construction,

    /// <summary>Budget lines and total.</summary>
    [Words("投资概算", "Budget")]
    Budget,

    /// <summary>Planned start and finish.</summary>
    [Words("建设周期", "Schedule")]
    Schedule,

    /// <summary>Existing systems.</summary>
    [Words("现有系统", "Existing systems")]
    Systems,

    /// <summary>Information resources.</summary>
    [Words("信息资源", "Information resources")]
    Resources,

    /// <summary>Interfaces.</summary>
    [Words("系统接口", "Interfaces")]
    Interfaces,

    /// <summary>Protection level and cryptography plan.</summary>
    [Words("安全保护", "Protection")]
    Protection,

    /// <summary>Attachments.</summary>
    [Words("附件", "Attachments")]
    Attachments,
}

/// <summary>What a proposal says: one revision's content. A draft may lack anything but its title; the form check asks for the rest.</summary>
public sealed record ProposalContent
{
    /// <summary>The project's title, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>New, rebuild, expand or operate.</summary>
    public Category Category { get; init; }

    /// <summary>What it is for.</summary>
    public string Objective { get; init; } = "";

    /// <summary>Why it is needed.</summary>
    public string Justification { get; init; } = "";

    /// <summary>What is built.</summary>
    public string Construction { get; init; } = "";

    /// <summary>The budget lines; they sum to <see cref="Total"/>.</summary>
    public ImmutableArray<BudgetLine> Budget { get; init; } = [];

    /// <summary>The total asked for, in yuan.</summary>
    public Money Total { get; init; }

    /// <summary>Planned start.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Planned finish.</summary>
    public DateOnly? Finish { get; init; }

    /// <summary>Existing systems reused, replaced or retired.</summary>
    public ImmutableArray<ExistingSystemUse> Systems { get; init; } = [];

    /// <summary>Information resources.</summary>
    public ImmutableArray<ResourceEntry> Resources { get; init; } = [];

    /// <summary>Interfaces.</summary>
    public ImmutableArray<InterfaceDeclaration> Interfaces { get; init; } = [];

    /// <summary>Security protection level (等级保护), 1 to 4; 0 while not yet said.</summary>
    public int ProtectionLevel { get; init; }

    /// <summary>Cryptography plan (密码应用方案); needed from level 2 on.</summary>
    public string? CryptographyPlan { get; init; }

    /// <summary>Attachments.</summary>
    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    /// <summary>The parts in which two contents differ.</summary>
    public static ImmutableSortedSet<ContentPart> Differences(ProposalContent a, ProposalContent b)
    {
        var parts = ImmutableSortedSet.CreateBuilder<ContentPart>();
        void Check(ContentPart part, bool same) { if (!same) parts.Add(part); }
        Check(ContentPart.Title, a.Title == b.Title && a.Category == b.Category);
        Check(ContentPart.Objective, a.Objective == b.Objective);
        Check(ContentPart.Justification, a.Justification == b.Justification);
        Check(ContentPart.Construction, a.Construction == b.Construction);
        Check(ContentPart.Budget, a.Total == b.Total && a.Budget.SequenceEqual(b.Budget));
        Check(ContentPart.Schedule, a.Start == b.Start && a.Finish == b.Finish);
        Check(ContentPart.Systems, a.Systems.SequenceEqual(b.Systems));
        Check(ContentPart.Resources, a.Resources.SequenceEqual(b.Resources));
        Check(ContentPart.Interfaces, a.Interfaces.SequenceEqual(b.Interfaces));
        Check(ContentPart.Protection, a.ProtectionLevel == b.ProtectionLevel && a.CryptographyPlan == b.CryptographyPlan);
        Check(ContentPart.Attachments, a.Attachments.SequenceEqual(b.Attachments));
        return parts.ToImmutable();
    }
}
