using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>The words by which titles and objectives are read: those that say nothing, those that mean the same, and places.</summary>
public static class SimilarityVocabulary
{
    /// <summary>Words found in nearly every title of the field; they separate phrases and never make two titles similar.</summary>
    const string Generic = """
        市 全市 本市 市级 全区 本区 区级 新区 的 与 和 及 等
        信息 信息化 信息库 系统 平台 工程 项目 管理 建设 服务 中心 体系 应用 综合 公共 统一 基础 多 各 各部门 部门 单位
        数据 数据库 库 资源 网络 数字 智慧 智能 电子 电子政务 政务 政府 业务 一期 二期 三期 扩容 改造 升级 新建
        采集 交换 共享 面向 支撑 提供 形成 实现 汇聚 归集
        """;

    /// <summary>Provinces, municipalities, provincial capitals and the cities specially designated in the state plan.</summary>
    const string Places = """
        北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海
        内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁
        海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 大连 青岛 宁波 厦门 深圳
        """;

    /// <summary>Words that contain a generic one and do say something.</summary>
    const string Kept = "市民 市场 城市 网上";

    /// <summary>One line for each meaning; its first word stands for all of them.</summary>
    const string Synonyms = """
        社保 社会保障 社会保险
        政务云 数据中心 云平台 云计算中心 云计算平台
        政务大厅 行政服务中心 政务服务中心 办事大厅
        监控 视频监控
        应急 突发事件
        """;

    static readonly FrozenDictionary<string, string> Table = Read();
    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Table.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly int Longest = Table.Keys.Max(w => w.Length);

    /// <summary>The phrases of a text: synonyms made one, generic words and punctuation taken out. A text of generic words alone is one phrase as it stands.</summary>
    public static ImmutableArray<string> Phrases(string text)
    {
        var plain = Plain(text);
        var phrases = ImmutableArray.CreateBuilder<string>();
        var phrase = new System.Text.StringBuilder();
        void End() { if (phrase.Length > 0) phrases.Add(phrase.ToString()); phrase.Clear(); }
        for (var i = 0; i < plain.Length;)
        {
            var (word, length) = WordAt(plain, i);
            if (word is { Length: > 0 }) phrase.Append(word);
            else if (word is null && plain[i] != ' ') phrase.Append(plain[i]);
            else End();
            i += length;
        }

        End();
        if (phrases.Count == 0 && plain.Replace(" ", "") is { Length: > 0 } whole) phrases.Add(whole);
        return phrases.ToImmutable();
    }

    /// <summary>The text as one phrase, for names that are equal or not: resources, data, systems.</summary>
    public static string Name(string text) => string.Concat(Phrases(text));

    static (string? Word, int Length) WordAt(string text, int at)
    {
        for (var length = Math.Min(Longest, text.Length - at); length > 0; length--)
            if (Lookup.TryGetValue(text.AsSpan(at, length), out var word)) return (word, length);
        return (null, 1);
    }

    /// <summary>Full-width forms made half-width, capitals, a space for everything that is neither letter nor digit.</summary>
    static string Plain(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : from[i];
            to[i] = char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ';
        }
    });

    static FrozenDictionary<string, string> Read()
    {
        var table = new Dictionary<string, string>();
        foreach (var word in Split(Generic).Concat(Split(Places))) table[word] = "";
        foreach (var word in Split(Kept)) table[word] = word;
        foreach (var line in Synonyms.Split('\n'))
        {
            var words = Split(line);
            foreach (var word in words) table[word] = words[0];
        }

        return table.ToFrozenDictionary();
    }

    static string[] Split(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
