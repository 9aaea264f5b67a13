using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.SignIn;

/// <summary>The common parts of the pages behind one-time links.</summary>
internal static class OneTimeLinkPage
{
    /// <returns>The link, or null and the status 410 when it no longer works.</returns>
    public static async Task<OneTimeLink?> OpenAsync(HttpContext context, IOneTimeLinkStore links, string purpose, string? token, TimeProvider time)
    {
        HideLink(context);
        var found = string.IsNullOrEmpty(token) ? null : await links.FindAsync(purpose, OneTimeToken.Hash(token), context.RequestAborted);
        if (found is { IsEnded: false } && found.ExpiresAt > time.GetUtcNow()) return found;
        context.Response.StatusCode = StatusCodes.Status410Gone;
        return null;
    }

    /// <summary>The link is a secret while it works: it must not stay in a cache, nor leave in a Referer.</summary>
    public static void HideLink(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers.Pragma = "no-cache";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
