using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary><c>GET /api/notifications/export</c>: everything that matches, newest first, as a file. It is written page by page, and neither held in memory nor limited in length.</summary>
internal static class HistoryExport
{
    private const int PageSize = 200;

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> WriteAsync(
        HttpContext context, INotificationLog log, ITopicScope scope, TimeProvider time, IOptions<JsonOptions> json, [AsParameters] HistoryParameters asked, string? format, CancellationToken cancellation)
    {
        var (query, errors) = asked.ToQuery(scope.Of(context.User), context.User.CallerId());
        if (format is not ("csv" or "ndjson")) errors.Add(new("format", "format_unknown", "format is csv or ndjson."));
        if (errors.Count > 0) return Problems.Invalid(errors);
        query = query with { Limit = PageSize };
        // Before anything is sent, so that a failure still has a status.
        var page = await ReadAsync(log, query, cancellation);
        var response = context.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
        var name = $"notifications-{time.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}.{format}";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        response.Headers.CacheControl = "no-store";
        try
        {
            await using var csv = format == "csv" ? NotificationCsv.Open(response.Body) : null;
            while (true)
            {
                foreach (var view in page.Notifications.Select(NotificationView.Of))
                {
                    if (csv is not null) await NotificationCsv.WriteAsync(csv, view, cancellation);
                    else await WriteLineAsync(response.Body, view, json.Value.SerializerOptions, cancellation);
                }
                if (csv is not null) await csv.FlushAsync(cancellation);
                await response.Body.FlushAsync(cancellation);
                if (page.Next is not { } next) return TypedResults.Empty;
                page = await ReadAsync(log, query with { Before = next }, cancellation);
            }
        }
        catch (StoreUnavailableException) when (response.HasStarted)
        {
            // The file would look complete: with a broken connection, every client reports a failed download.
            context.Abort();
            return TypedResults.Empty;
        }
    }

    // A file that lacks what is not indexed yet would look complete.
    private static async Task<HistorySlice> ReadAsync(INotificationLog log, HistoryQuery query, CancellationToken cancellation) =>
        await log.ReadHistoryAsync(query, cancellation) is { IsIncomplete: false } page ? page : throw new SearchUnavailableException();

    private static async Task WriteLineAsync(Stream body, NotificationView view, JsonSerializerOptions options, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(body, view, options, cancellation);
        await body.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
