using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

/// <summary>Compose as the signed-in operator has it, and hands to work it. The policies are the real ones.</summary>
public abstract class ComposeContext : HubPageContext
{
    private protected static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private string _role = Roles.Sender;

    protected ComposeContext()
    {
        // bunit's stand-in allows what a test says; here the real policies decide.
        Services.RemoveAll<IAuthorizationService>();
        Policies.Add(Services.AddLogging().AddAuthorizationBuilder());
        Services.AddSingleton<ITopicScope, PublisherTopicScope>();
        Services.AddCascadingValue(_ => State);
        Services.AddScoped<AuthenticationStateProvider>(_ => new Signed(this));
    }

    /// <summary>Runs when the page has checked what it may and is about to act.</summary>
    private protected Action? OnAct { get; set; }

    private Task<AuthenticationState> State => Task.FromResult(new AuthenticationState(OperatorPrincipal.Create(new(1, "mara", _role, "", "stamp", false))));

    /// <summary>The page, once it has looked for the first time and waits for its next pulse.</summary>
    private protected async Task<IRenderedComponent<ComposePage>> OpenAsync(string role = Roles.Sender)
    {
        _role = role;
        SetRendererInfo(new("Server", true));
        var page = Render<ComposePage>();
        await Until.TrueAsync(() => Time.Waiting == 1);
        return page;
    }

    private protected static Task TypeAsync(IRenderedComponent<ComposePage> page, string field, string text) => page.Find("#" + field).InputAsync(text);

    private protected static async Task WriteAsync(IRenderedComponent<ComposePage> page, string topic, string title)
    {
        await TypeAsync(page, "topic", topic);
        await TypeAsync(page, "title", title);
    }

    private protected static async Task WriteRawAsync(IRenderedComponent<ComposePage> page, string type, string data)
    {
        await page.Find("input[value=raw]").ChangeAsync("raw");
        await TypeAsync(page, "topic", "orders");
        await TypeAsync(page, "type", type);
        await TypeAsync(page, "data", data);
    }

    private protected static IElement FireButton(IRenderedComponent<ComposePage> page) => page.Find(".firebar > .primary");

    private protected static Task FireAsync(IRenderedComponent<ComposePage> page) => FireButton(page).ClickAsync();

    /// <summary>Its figures look again.</summary>
    private protected void NextPulse() => Time.Advance(Pulse);

    private protected static string Text(IRenderedComponent<ComposePage> page, string selector) => Words(page.Find(selector));

    private sealed class Signed(ComposeContext context) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            context.OnAct?.Invoke();
            return context.State;
        }
    }

    private protected static string Words(INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
