using System.Collections.Frozen;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary><c>GET /sse-stream</c>: open to anonymous callers. HEAD gets the headers and no stream. Without a credential, a stream contains public notifications only.</summary>
internal static class StreamEndpoint
{
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    private static readonly IDictionary<object, object?> NoItems = FrozenDictionary<object, object?>.Empty;

    public static IEndpointConventionBuilder MapStream(this IEndpointRouteBuilder routes) =>
        // The request-timeout middleware would end every stream, though not under a debugger.
        routes.MapGet("/sse-stream", OpenAsync).AllowAnonymous().RequireCors(Policies.AllowedOrigins).DisableRequestTimeout();

    /// <summary>
    /// The outermost middleware: runs a stream that the endpoint opened, after all other middleware has returned. For hours, only this middleware
    /// waits, without the services and the request state of the others: a sixth of the memory of a stream (docs/performance.md).
    /// </summary>
    public static void UseStreams(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
            if (context.Features.Get<OpenedStream>() is not { } stream) return;
            await ReleaseAsync(context);
            await stream.RunAsync();
        }
        finally
        {
            if (context.Features.Get<OpenedStream>() is { } stream) await stream.CloseAsync();
        }
    });

    /// <summary>Releases what belongs to the request and not to the stream: services, query, items, and the principal of an anonymous caller.</summary>
    private static async ValueTask ReleaseAsync(HttpContext context)
    {
        if (context.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable services) await services.DisposeAsync();
        context.Request.Query = QueryCollection.Empty;
        context.Items = NoItems;
        if (!IsAuthenticated(context)) context.User = Anonymous;
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> OpenAsync(
        HttpContext context, StreamWriters writers, StreamLimits limits, IRecipients recipients, IOptions<StreamOptions> options)
    {
        var recipient = recipients.Of(context.User);
        // BadCredentialsGuard has already rejected invalid credentials.
        var isAnonymous = StreamRequest.IsAnonymous(context, recipient);
        if (isAnonymous && !options.Value.AllowAnonymous) return NotSignedIn(context, "This hub gives no stream without a credential.");
        if (!StreamRequest.TryRead(context.Request, recipient, out var request, out var invalid)) return invalid!;
        if (isAnonymous && request.IsEarliest && !options.Value.AllowAnonymousEarliest)
            return NotSignedIn(context, "This hub replays everything only to those with a credential; leave earliest out to begin with what comes now.");
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var patterns = isAnonymous ? request.Filter.Patterns.Count : 0;
        if (limits.Refuse(context, address, patterns) is { } tooMany) return tooMany;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            limits.Release(address, patterns);
            Prepare(context);
            return TypedResults.Empty;
        }
        var stream = new OpenedStream(context, new StreamConnection(context, request.Filter, request.Form, writers, recipient), limits, address, patterns);
        context.Features.Set(stream);
        try
        {
            await stream.FindStartAsync(request);
            Prepare(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser disconnected before the stream began: there is nothing to send.
        }
        return TypedResults.Empty;
    }

    private static bool IsAuthenticated(HttpContext context) => context.User.Identity?.IsAuthenticated == true;

    private static ProblemHttpResult NotSignedIn(HttpContext context, string sentence)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Because(StatusCodes.Status401Unauthorized, Problems.Unauthorized, "Not signed in", sentence);
    }

    private static void Prepare(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // Otherwise nginx would buffer the frames.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Kestrel's minimum data rate would close slow streams; here Streams:WriteTimeout decides. This includes HTTP/1.0, the default of nginx. For HTTP/2 the rate cannot be set here.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && !HttpProtocol.IsHttp2(context.Request.Protocol)) rate.MinDataRate = null;
    }
}
