using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Approval.Pages;

/// <summary><c>&lt;sum of="@money" /&gt;</c>: a sum in local form, with the exact yuan on hover.</summary>
[HtmlTargetElement("sum", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MoneyTagHelper(Reader reader) : TagHelper
{
    /// <summary>The sum.</summary>
    public Money? Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "num");
        if (Of is not null) output.Attributes.SetAttribute("title", reader.Exact(Of));
        output.Content.SetContent(reader.Sum(Of));
    }
}
