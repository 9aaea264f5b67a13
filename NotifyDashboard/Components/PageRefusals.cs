using Microsoft.AspNetCore.Diagnostics;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components;

/// <summary>Answers a browser's request for a page with an error page when the address is unknown or the role forbids it. Programs keep their bare answers.</summary>
internal static class PageRefusals
{
    /// <summary>Before the access middleware: the page in the place of another is rendered for the same person.</summary>
    public static void UsePageRefusals(this WebApplication app)
    {
        // Not within UseWhen: a branch does not know the application's routes, and would find no page.
        app.UseStatusCodePagesWithReExecute("/refused/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!AsksForPage(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next(context);
        });
    }

    // A browser names text/html for what it shows in its window, and for nothing else.
    private static bool AsksForPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && OperatorCookie.IsPage(request.Path.WithSingleSlashes())
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/html");
}
