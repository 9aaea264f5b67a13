using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Reads the header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): a repeated request with the same key is executed once.</summary>
internal static class IdempotencyHeader
{
    /// <param name="idempotency">The caller's key and the hash of the body; null without the header.</param>
    /// <returns>The problem of an invalid key; else null.</returns>
    public static ProblemHttpResult? Read(HttpContext context, byte[] bodyHash, out Idempotency? idempotency)
    {
        idempotency = null;
        var given = context.Request.Headers["Idempotency-Key"];
        if (given.Count == 0) return null;
        var key = given.Count == 1 ? given[0] ?? "" : "";
        if (key.Length is 0 or > Idempotency.MaxKey || key.Any(c => c is < '!' or > '~'))
            return Problems.Invalid([new("Idempotency-Key", "idempotency_key_invalid", $"Idempotency-Key is sent once and has 1 to {Idempotency.MaxKey} visible ASCII characters without spaces.")]);
        idempotency = new Idempotency(context.User.CallerId(), key, bodyHash);
        return null;
    }
}
