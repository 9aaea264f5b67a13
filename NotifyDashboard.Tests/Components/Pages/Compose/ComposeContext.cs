using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

/// <summary>Compose as the signed-in operator has it, and hands to work it. The policies are the real ones.</summary>
public abstract class ComposeContext : HubPageContext
{
    private protected static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500);

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

    /// <summary>Timers of the page itself: its refresh, and a series that waits for its next notification.</summary>
    private protected int Timers => Time.WaitingFor(TimeSpan.FromMinutes(1));

    /// <summary>Where menus open.</summary>
    private protected IRenderedComponent<MudPopoverProvider> Popovers { get; private set; } = null!;

    /// <summary>Where dialogs open.</summary>
    private protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    private Task<AuthenticationState> State => Task.FromResult(new AuthenticationState(OperatorPrincipal.Create(new(1, "mara", _role, "", false), "session")));

    /// <summary>The page, once it has counted its audience for the first time and waits for its next refresh.</summary>
    private protected async Task<IRenderedComponent<ComposePage>> OpenAsync(string role = Roles.Sender, bool isZoneKnown = true)
    {
        _role = role;
        SetRendererInfo(new("Server", true));
        if (isZoneKnown) JSInterop.SetupModule("./local-time.js").Setup<string>("zone").SetResult("Europe/Stockholm");
        Popovers = Render<MudPopoverProvider>();
        Dialogs = Render<MudDialogProvider>();
        var page = Render<ComposePage>();
        if (isZoneKnown) await Eventually.TrueAsync(() => Timers == 1);
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

    private protected static IElement FireButton(IRenderedComponent<ComposePage> page) => page.Find("button[aria-keyshortcuts^='Control+Enter']");

    private protected static string FireWords(IRenderedComponent<ComposePage> page) => Words(FireButton(page)).Replace("Ctrl ↵", "", StringComparison.Ordinal);

    private protected static IElement SeriesButton(IRenderedComponent<ComposePage> page) => page.Find(".pace button");

    private protected static IElement Button(IRenderedComponent<IComponent> place, string words) => place.FindAll("button").Single(button => Words(button) == words);

    /// <summary>What the page says to be wrong; empty: nothing.</summary>
    private protected static string Alert(IRenderedComponent<ComposePage> page) => string.Join(' ', page.FindAll("[role=alert]:not([hidden])").Select(Words)).Trim();

    /// <summary>The ids of the fields that are marked as wrong.</summary>
    private protected static IEnumerable<string?> Invalid(IRenderedComponent<ComposePage> page) => page.FindAll("[aria-invalid=true]").Select(field => field.Id);

    /// <summary>The sentences at the fields.</summary>
    private protected static IEnumerable<string> Errors(IRenderedComponent<ComposePage> page) => page.FindAll("[id$=-error]").Select(Words).Where(words => words.Length > 0);

    /// <summary>Its dialog is answered, or the page's own act ends: a click that waits for it must not be waited for.</summary>
    private protected static void Ask(IElement button) => button.Click();

    private protected static Task ChooseAsync<T>(IRenderedComponent<ComposePage> page, string label, T value) =>
        page.InvokeAsync(() => page.FindComponents<MudSelect<T>>().Single(select => (string?)select.Instance.UserAttributes.GetValueOrDefault("aria-label") == label).Instance.ValueChanged.InvokeAsync(value));

    private protected static Task FireAsync(IRenderedComponent<ComposePage> page) => FireButton(page).ClickAsync();

    /// <summary>The figures are refreshed.</summary>
    private protected void NextRefresh() => Time.Advance(RefreshInterval);

    private protected static string Text(IRenderedComponent<ComposePage> page, string selector) => Words(page.Find(selector));

    private sealed class Signed(ComposeContext context) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => context.State;
    }

    private protected static string Words(INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
