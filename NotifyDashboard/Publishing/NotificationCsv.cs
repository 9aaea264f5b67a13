using System.Text.Json;
using CsvHelper;

namespace NotifyDashboard.Publishing;

/// <summary>Notifications as CSV (RFC 4180) for spreadsheets: a text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
internal static class NotificationCsv
{
    private static readonly (string Name, Func<NotificationView, string?> Value)[] Columns =
    [
        ("id", view => view.Id), ("publishedAt", view => view.PublishedAt), ("publishedBy", view => view.PublishedBy), ("type", view => view.Type),
        ("topics", view => string.Join(' ', view.Topics)), ("private", view => view.Private ? "true" : "false"), ("severity", view => view.Severity), ("title", view => view.Title), ("body", view => view.Body),
        ("url", view => view.Url), ("icon", view => view.Icon), ("tags", view => string.Join(", ", view.Tags)),
        ("actions", view => view.Actions.Count == 0 ? null : JsonSerializer.Serialize(view.Actions, JsonSerializerOptions.Web)), ("data", view => view.Data?.ToJsonString()),
        ("externalId", view => view.ExternalId), ("collapseKey", view => view.CollapseKey), ("expiresAt", view => view.ExpiresAt), ("updatedAt", view => view.UpdatedAt),
        ("endedAt", view => view.Retracted?.At), ("endedBy", view => view.Retracted?.By), ("endedReason", view => view.Retracted?.Reason),
    ];

    // Excel takes a file without the mark for one in the system's own encoding, and where its separator is a semicolon, one inside a text without quotes would begin a cell.
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, Quoting = CsvQuoting.Always, WriteByteOrderMark = true };

    /// <summary>A writer with the names of the columns.</summary>
    public static CsvWriter Open(Stream stream)
    {
        var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteHeader([.. Columns.Select(column => column.Name)]);
        return csv;
    }

    public static ValueTask WriteAsync(CsvWriter csv, NotificationView view, CancellationToken cancellation) =>
        csv.WriteRecordAsync([.. Columns.Select(column => column.Value(view) ?? "")], cancellation);
}
