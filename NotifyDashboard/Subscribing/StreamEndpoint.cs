using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;

namespace NotifyDashboard.Subscribing;

/// <summary><c>GET /sse-stream</c>: anyone may call it; without a token it carries public notifications only.</summary>
internal static class StreamEndpoint
{
    public static IEndpointConventionBuilder MapStream(this IEndpointRouteBuilder routes) =>
        // The request-timeout middleware would end every stream, though not under a debugger.
        routes.MapGet("/sse-stream", StreamAsync).AllowAnonymous().RequireCors(Policies.AllowedOrigins).DisableRequestTimeout();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(
        HttpContext context, StreamWriters writers, StreamLimits limits, IOptions<StreamOptions> options, IHostApplicationLifetime lifetime)
    {
        if (Refusal(context, options.Value) is { } refused) return refused;
        if (!StreamRequest.TryRead(context.Request, out var request, out var invalid)) return invalid!;
        if (request.IsEarliest && !options.Value.AllowAnonymousEarliest && !IsAuthenticated(context))
            return NotSignedIn(context, "This hub replays everything only to those with a credential; leave earliest out to begin with what comes now.");
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (limits.Enter(address) is { } status)
        {
            context.Response.Headers.RetryAfter = "10";
            return status == StatusCodes.Status429TooManyRequests
                ? Problems.Because(status, Problems.TooMany, "Too many streams", $"This address has {options.Value.MaxStreamsPerAddress} streams open already; close one, or share one between tabs.")
                : Problems.Because(status, Problems.Unavailable, "The hub is full", $"All {options.Value.MaxStreams} streams are taken; try again in 10 seconds.");
        }
        try
        {
            return await RunAsync(context, request, writers, lifetime);
        }
        finally
        {
            limits.Leave(address);
        }
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> RunAsync(HttpContext context, StreamRequest request, StreamWriters writers, IHostApplicationLifetime lifetime)
    {
        var connection = new StreamConnection(context, request.Filter, request.Form, writers);
        try
        {
            // Registered first, then the start is found: nothing published in between is missed.
            var head = await writers.Hub.AddAsync(connection.Subscriber);
            var resume = await writers.FindStartAsync(request, head, context.RequestAborted);
            Prepare(context);
            using var gone = context.RequestAborted.UnsafeRegister(static c => ((StreamConnection)c!).Close(), connection);
            // Without this an open stream would hold the shutdown for 30 seconds.
            using var stopping = lifetime.ApplicationStopping.UnsafeRegister(static c => ((StreamConnection)c!).Stop(), connection);
            connection.Start(resume);
            await connection.Ended;
            return TypedResults.Empty;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser left before the stream began: nothing to do and nobody to tell.
            return TypedResults.Empty;
        }
        finally
        {
            writers.Remove(connection);
            await writers.Hub.RemoveAsync(connection.Subscriber);
        }
    }

    private static ProblemHttpResult? Refusal(HttpContext context, StreamOptions options)
    {
        // A bad Authorization header never comes here. Tickets are not given out yet, so none is good, and a bad one is never taken for none.
        var bad = context.Request.Query.ContainsKey("ticket");
        if (!bad && (options.AllowAnonymous || IsAuthenticated(context))) return null;
        return NotSignedIn(context, bad
            ? "This ticket is not valid; leave it out for public notifications."
            : "This hub gives no stream without a credential.");
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
        // nginx would collect the frames otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Kestrel's own minimum would cut a slow reader; Streams:WriteTimeout decides here. Over HTTP/1.0 too, as nginx asks by default. HTTP/2 has no such feature to set.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && !HttpProtocol.IsHttp2(context.Request.Protocol)) rate.MinDataRate = null;
    }
}
