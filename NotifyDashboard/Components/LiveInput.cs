using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace NotifyDashboard.Components;

/// <summary>
/// A text field (<c>input</c> or <c>textarea</c>) whose every keystroke reaches its page; further attributes go to the element. Bind it with <c>@bind-Value</c>.
/// </summary>
/// <remarks>
/// <c>@bind</c> on a plain element creates its handler again with each render. On a loaded server, a keystroke that was received but still queued
/// was seen to find its handler gone once the browser had acknowledged that render, and later input was overwritten.
/// Here the handler stays the same as long as the field exists.
/// </remarks>
public sealed class LiveInput : ComponentBase
{
    /// <summary>The longest text that is kept, in characters; longer input is cut. Pages refuse such input earlier, with a sentence of their own.</summary>
    public const int MaxLength = 300_000;

    /// <summary>The element's name: <c>input</c> or <c>textarea</c>.</summary>
    [Parameter] public string Element { get; set; } = "input";

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, Element);
        builder.AddMultipleAttributes(1, Attributes);
        builder.AddAttribute(2, "value", Value);
        builder.AddAttribute(3, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, OnInputAsync));
        builder.SetUpdatesAttributeName("value");
        builder.CloseElement();
    }

    private Task OnInputAsync(ChangeEventArgs typed)
    {
        // This field renders once the callback has started. Within a wrapper that passes the callback on, its parameter still has the earlier
        // text by then, and rendering that would overwrite what was typed.
        Value = typed.Value as string ?? "";
        if (Value.Length > MaxLength) Value = Value[..MaxLength];
        return ValueChanged.InvokeAsync(Value);
    }
}
