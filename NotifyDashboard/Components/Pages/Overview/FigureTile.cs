using System.Globalization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>A figure of now.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Sparks">Its course over the range.</param>
/// <param name="IsShown">The chart shows it.</param>
public sealed record FigureTile(string Metric, string Title, string Figure, string? Unit, string Foot, IReadOnlyList<double?> Sparks, bool IsShown)
{
    internal static IReadOnlyList<FigureTile> Of(OverviewModel model)
    {
        var (now, samples, words) = (model.Now, model.Samples, model.Range.Words);
        var (refused, failed) = samples is null ? (0, 0) : (samples.Sum(sample => sample.Refused), samples.Sum(sample => sample.Failed));
        return
        [
            Tile(OverviewMetric.Connections, Number(now.Open.Streams), null, Audience(now.Open)),
            Tile(OverviewMetric.Events, Rate(now.Published), "a second", samples is null ? "" : $"{Number(samples.Sum(sample => sample.Published))} in the {words}"),
            Tile(OverviewMetric.Deliveries, Rate(now.Delivered), "a second", samples is null ? "" : $"{Number(samples.Sum(sample => sample.Delivered))} in the {words}"),
            Tile(OverviewMetric.Unread, model.Unread is { } unread ? Number(unread.Unread) + (unread.IsExact ? "" : "+") : "–", null, now.Open.People == 0 ? "No inbox is connected" : "Of the people connected"),
            Tile(OverviewMetric.Errors, samples is null ? "–" : Number(refused + failed), null, (refused, failed) switch
            {
                _ when samples is null => "",
                (0, 0) => $"None in the {words}",
                (_, 0) => "Publishes refused",
                (0, _) => "Not stored",
                _ => $"{Number(refused)} refused, {Number(failed)} not stored",
            }),
        ];

        FigureTile Tile(OverviewMetric metric, string figure, string? unit, string foot) =>
            new(metric.Name, metric.Title, figure, unit, foot, samples?.Sparks(metric) ?? [], metric == model.Metric);
    }

    private static string Audience(Reach open) => open switch
    {
        { Streams: 0 } => "Nobody is connected",
        { People: 0 } => open.Tabs == 1 ? "In 1 tab" : $"In {Number(open.Tabs)} tabs",
        _ => $"{(open.People == 1 ? "1 person" : $"{Number(open.People)} people")}{(open.Unnamed > 0 ? $", {Number(open.Unnamed)} without a name" : "")}; {(open.Tabs == 1 ? "1 tab" : $"{Number(open.Tabs)} tabs")}",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture);
}
