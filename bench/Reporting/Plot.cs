using System.Globalization;
using System.Text;

namespace NotifyDashboard.Bench.Reporting;

/// <summary>The medians of one server, by the values of the axis.</summary>
internal sealed record Series(string Server, IReadOnlyList<(string At, double Value)> Points);

/// <summary>Draws the plotted metrics of a bench as one SVG, a panel each: bars, or lines where the bench was run at several values.</summary>
internal static class Plot
{
    private const int Width = 640, Left = 84, Right = 170, Top = 44, Height = 200, BarHeight = 22, Gap = 10;

    private static readonly Dictionary<string, string> Colors = new()
    {
        ["hub"] = "#c92a2a",
        ["nchan"] = "#1c7ed6",
        ["better-sse"] = "#2f9e44",
        ["naive"] = "#e8890c",
        ["raw"] = "#868e96",
    };

    public static string Draw(Benches.Bench bench, string axis, Func<Metric, IEnumerable<Series>> series)
    {
        var (body, y) = (new StringBuilder(), 0);
        foreach (var metric in bench.Metrics.Where(m => m.Plotted))
        {
            Series[] all = [.. series(metric)];
            Text(body, 16, y + 24, $"{bench.Name}: {metric.Title}", "font-weight=\"600\" font-size=\"14\"");
            y += all.Any(s => s.Points.Count > 1) ? Lines(body, y + Top, all, axis) : Bars(body, y + Top, all);
            y += Top;
        }
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y}" viewBox="0 0 {Width} {y}" font-family="system-ui, sans-serif" font-size="12" fill="#212529">
            <rect width="{Width}" height="{y}" fill="#fff"/>
            {body}</svg>

            """);
    }

    // Both give the height that they took.
    private static int Bars(StringBuilder body, int top, Series[] all)
    {
        var most = Math.Max(all.Max(s => s.Points[0].Value), double.Epsilon);
        for (var i = 0; i < all.Length; i++)
        {
            var (y, value) = (top + (i * (BarHeight + Gap)), all[i].Points[0].Value);
            var width = Math.Max(0, value) / most * (Width - Left - Right);
            Text(body, Left - 8, y + 15, all[i].Server, "text-anchor=\"end\"");
            body.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y}\" width=\"{width:0.#}\" height=\"{BarHeight}\" rx=\"2\" fill=\"{Color(all[i])}\"/>");
            Text(body, Left + width + 6, y + 15, Figure.Of(value));
        }
        return (all.Length * (BarHeight + Gap)) + Gap;
    }

    private static int Lines(StringBuilder body, int top, Series[] all, string axis)
    {
        double[] at = [.. all.SelectMany(s => s.Points).Select(p => At(p.At)).Distinct().Order()];
        var most = RoundUp(all.SelectMany(s => s.Points).Max(p => p.Value) / 4) * 4;
        // Values that span more than a decade or so are a decade apart.
        var scale = at[0] > 0 && at[^1] / at[0] > 20 ? (Func<double, double>)Math.Log10 : x => x;
        double X(double value) => Left + ((scale(value) - scale(at[0])) / (scale(at[^1]) - scale(at[0])) * (Width - Left - Right));
        double Y(double value) => top + Height - (value / most * Height);

        for (var i = 0; i <= 4; i++)
        {
            body.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(most * i / 4):0.#}\" y2=\"{Y(most * i / 4):0.#}\" stroke=\"#dee2e6\"/>");
            Text(body, Left - 8, Y(most * i / 4) + 4, Figure.Of(most * i / 4), "text-anchor=\"end\"");
        }
        foreach (var value in at) Text(body, X(value), top + Height + 18, value.ToString("N0", CultureInfo.InvariantCulture), "text-anchor=\"middle\"");
        Text(body, (Left + Width - Right) / 2.0, top + Height + 36, axis, "text-anchor=\"middle\" fill=\"#495057\"");
        for (var i = 0; i < all.Length; i++)
        {
            var points = all[i].Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(At(p.At)):0.#},{Y(p.Value):0.#}")).ToArray();
            body.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{Color(all[i])}\" stroke-width=\"2\"/>");
            foreach (var point in points) body.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{point.Split(',')[0]}\" cy=\"{point.Split(',')[1]}\" r=\"3\" fill=\"{Color(all[i])}\"/>");
            body.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{Width - Right + 20}\" y=\"{top + (i * 20)}\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{Color(all[i])}\"/>");
            Text(body, Width - Right + 38, top + (i * 20) + 10, all[i].Server);
        }
        return Height + 50;
    }

    // To a figure that reads well on an axis.
    private static double RoundUp(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Array.Find([1, 2, 2.5, 5, 10], step => step * power >= value) * power;
    }

    private static double At(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static string Color(Series series) => Colors.GetValueOrDefault(series.Server, "#495057");

    private static void Text(StringBuilder body, double x, double y, string text, string attributes = "") =>
        body.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" {attributes}>{System.Security.SecurityElement.Escape(text)}</text>");
}
