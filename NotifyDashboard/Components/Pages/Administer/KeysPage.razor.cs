using Microsoft.AspNetCore.Components;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>The API keys: which applications may publish and read, and on which topics.</summary>
public sealed partial class KeysPage
{
    private const int MaxPatterns = 100;

    private IReadOnlyList<ApiKeySummary>? _keys;
    private readonly HashSet<string> _actions = [Actions.Publish];
    private string _name = "", _topics = "*", _textName = "";
    private string? _text, _nameError, _actionsError, _topicsError;
    private bool _failed;

    [Inject] private IApiKeyStore Store { get; set; } = null!;

    [Inject] private ApiKeys Keys { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    // A topic to which the key may publish, so that the line works unchanged.
    private string Line => CurlLine.First(Navigation.BaseUri, _text ?? "", Example);

    private string Example => _topics.Split('\n')[0].Trim() is var first && first is "*" or "" ? Topic.Broadcast : first.Replace("*", "1", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _keys = await Store.ListAsync(Gone);
            _failed = false;
        }
        catch (StoreUnavailableException)
        {
            _failed = true;
        }
    }

    private void Toggle(string action)
    {
        if (!_actions.Remove(action)) _actions.Add(action);
    }

    private async Task CreateAsync()
    {
        _nameError = OperatorName.FindError(_name, out var name);
        _actionsError = _actions.Count == 0 ? "Choose at least one." : null;
        string[] patterns = [.. _topics.Split('\n').Select(t => t.Trim()).Where(t => t.Length > 0).Distinct()];
        _topicsError = patterns.Length == 0 ? "Give at least one; * is every topic."
            : patterns.Length > MaxPatterns ? $"At most {MaxPatterns} fit."
            : patterns.FirstOrDefault(p => !TopicPattern.TryParse(p, out _)) is { } wrong ? $"“{wrong}” is no pattern: * stands only at its end, :name fills a whole segment."
            : null;
        if ((_nameError ?? _actionsError ?? _topicsError) is not null) return;
        await ActAsync(async actor =>
        {
            _text = await Keys.CreateAsync(actor, name, [.. Actions.All.Where(_actions.Contains)], patterns);
            (_textName, _name) = (name, "");
            return null;
        });
        await LoadAsync();
    }

    private async Task RevokeAsync(ApiKeySummary key)
    {
        var use = key.LastUsedAt is null ? "It was never used." : "It is in use: see when it was last used.";
        if (!await Dialogs.AskAsync($"Revoke “{key.Name}”?", $"Every call with it is refused at once, for good. {use}", "Revoke it")) return;
        await ActAsync(async actor =>
        {
            await Keys.RevokeAsync(actor, key.Id, key.Name);
            return $"“{key.Name}” is revoked.";
        });
        await LoadAsync();
    }
}
