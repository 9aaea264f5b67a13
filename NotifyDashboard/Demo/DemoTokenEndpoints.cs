using Microsoft.AspNetCore.Http.HttpResults;

namespace NotifyDashboard.Demo;

/// <summary><c>POST /api/demo/tokens</c>: creates a token of one of the demo's personas, for anonymous callers.</summary>
internal static class DemoTokenEndpoints
{
    public const string Path = "/api/demo/tokens";

    private static readonly string[] Personas = ["alice", "bob"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, Create).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimit(1_024));

    // The persona may also be in the query, so that the URL alone works as a badge's token-url.
    private static Results<Ok<DemoToken>, ProblemHttpResult> Create(HttpContext context, DemoAsk? ask, string? persona, DemoTokens tokens)
    {
        persona ??= ask?.Persona;
        if (!Personas.Contains(persona)) return Problems.Invalid([new("persona", "persona_unknown", $"persona is one of {string.Join(", ", Personas)}.")]);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DemoToken(tokens.Create(persona!)));
    }

    internal sealed record DemoAsk(string? Persona);

    internal sealed record DemoToken(string Token);
}
