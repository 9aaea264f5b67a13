using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Badge;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Demo.Page;

/// <summary>The badge demo: an invented site with three badges, and the frames that they receive.</summary>
public sealed partial class DemoPage : IAsyncDisposable
{
    private const int LongestLog = 50;

    private readonly List<DemoFrame> _log = [];
    private static readonly (string Key, string Name)[] Personas = [("alice", "Alice"), ("bob", "Bob")];

    private DemoInbox[] _inboxes = [];
    private readonly EventCallback<BadgeState> _stateChanged;
    private IJSObjectReference? _module;
    private DemoInbox? _open;
    private BadgeState? _state;
    private CoalescedRefresh? _render;

    public DemoPage() =>
        _stateChanged = new(null, (Action<BadgeState>)(state => { _state = state; _render?.Signal(); }));

    /// <summary>The persona that the visitor plays (<c>?as=alice</c>); any other value means an anonymous visitor.</summary>
    [SupplyParameterFromQuery] public string? As { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private string? Persona => Personas.FirstOrDefault(persona => persona.Key == As).Key;

    private string Address => Persona is null ? "demo" : $"demo?as={Persona}";

    private string? TokenUrl => Persona is null ? null : $"api/demo/tokens?persona={Persona}";

    protected override void OnInitialized()
    {
        _render = new CoalescedRefresh(Time, () => InvokeAsync(StateHasChanged));
        _inboxes =
        [
            new("demo/people", "people", "People", "new neighbours", "Nobody new yet", Take),
            new("demo/messages", "message", "Messages", "unread messages", "No messages yet", Take),
            new(Persona is null ? "demo/bell broadcast" : $"demo/bell broadcast demo/{Persona}", "bell", "Notifications", "unread notifications", "Nothing has happened yet", Take),
        ];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Demo/Page/DemoPage.razor.js");
            await _module.InvokeVoidAsync("listen", _inboxes.SelectMany(inbox => inbox.Topics.Split(' ')), TokenUrl);
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // Normal: the visitor left the page while it was loading.
        }
    }

    private DemoInbox Bell => _inboxes[^1];

    private void CloseLists(bool open)
    {
        if (open) _open = null;
    }

    private void Toggle(DemoInbox inbox)
    {
        _open = _open == inbox ? null : inbox;
        _open?.BeginReading();
    }

    /// <summary>Adds a frame to the log, in the hub's order, newest first. Several badges may deliver the same frame; it is shown once.</summary>
    private void Take(DemoFrame? frame)
    {
        if (frame is not null && !_log.Exists(e => e.Cursor == frame.Cursor))
        {
            var place = _log.FindIndex(e => Sequence(e) < Sequence(frame));
            _log.Insert(place < 0 ? _log.Count : place, frame with { At = frame.At ?? Time.GetUtcNow() });
            if (_log.Count > LongestLog) _log.RemoveAt(LongestLog);
        }
        _render?.Signal();
    }

    private static long Sequence(DemoFrame frame) => Cursor.TryParse(frame.Cursor, out var cursor) ? cursor.Sequence : 0;

    public async ValueTask DisposeAsync()
    {
        if (_render is not null) await _render.DisposeAsync();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // Normal: the circuit has ended, and the browser has released the module itself.
        }
    }
}
