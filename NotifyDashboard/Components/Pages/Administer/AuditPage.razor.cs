using System.Globalization;
using Microsoft.AspNetCore.Components;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>The audit log with its filters, which are part of the address.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;

    private List<AuditRow>? _rows;
    private bool _more, _failed;
    private string _what = "", _who = "";
    private DateTime? _from, _until;

    [SupplyParameterFromQuery] private string? What { get; set; }

    [SupplyParameterFromQuery] private string? Who { get; set; }

    /// <summary>A day, such as <c>2026-01-31</c>, in UTC.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }

    /// <inheritdoc cref="From"/>
    [SupplyParameterFromQuery] private string? Until { get; set; }

    [Inject] private IAuditLog Audit { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private bool IsFiltered => _what.Length > 0 || _who.Length > 0 || _from is not null || _until is not null;

    private string FilterWords => $"Asked for: {string.Join(", ", new[] { _what.Length > 0 ? AuditActions.Words.GetValueOrDefault(_what, _what) : null, _who.Length > 0 ? $"“{_who}”" : null, _from is { } from ? $"from {Text(from)}" : null, _until is { } until ? $"until {Text(until)}" : null }.Where(w => w is not null))}.";

    protected override Task OnParametersSetAsync()
    {
        (_what, _who, _from, _until) = (What ?? "", Who ?? "", Day(From), Day(Until));
        return LoadAsync();
    }

    private void Apply() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["what"] = Given(_what),
        ["who"] = Given(_who.Trim()),
        ["from"] = _from is { } from ? Text(from) : null,
        ["until"] = _until is { } until ? Text(until) : null,
    }));

    private void Clear()
    {
        (_what, _who, _from, _until) = ("", "", null, null);
        Apply();
    }

    private async Task LoadAsync()
    {
        if (await ReadAsync(null) is not { } rows) return;
        _rows = [.. rows.Take(PageSize)];
        _more = rows.Count > PageSize;
    }

    private async Task LoadOlderAsync()
    {
        if (_rows is not [.., var last] || await ReadAsync(last.Id) is not { } older) return;
        _rows.AddRange(older.Take(PageSize));
        _more = older.Count > PageSize;
    }

    private async Task<IReadOnlyList<AuditRow>?> ReadAsync(long? before)
    {
        IReadOnlyList<AuditRow>? rows = null;
        await ActAsync(async _ =>
        {
            rows = await Audit.ReadAsync(new(Given(_what), Given(_who.Trim()), Start(_from), Start(_until?.AddDays(1)), before, PageSize + 1), Gone);
            return null;
        });
        _failed = rows is null;
        return rows;
    }

    private static DateTimeOffset? Start(DateTime? day) => day is { } given ? new DateTimeOffset(given.Date, TimeSpan.Zero) : null;

    private static DateTime? Day(string? text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999 ? day : null;

    private static string Text(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
