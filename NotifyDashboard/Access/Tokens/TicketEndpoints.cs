using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary><c>POST /api/stream-tickets</c>: creates a ticket with which the recipient opens a stream.</summary>
internal static class TicketEndpoints
{
    public static void MapTickets(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/stream-tickets", Create).RequireAuthorization(Policies.Recipient).RequireCors(Policies.AllowedOrigins).DisableAntiforgery();

    private static Results<Created<TicketView>, ProblemHttpResult> Create(HttpContext context, ClaimsPrincipal user, IRecipients recipients, StreamTickets tickets)
    {
        var recipient = recipients.Of(user)!;
        context.Response.Headers.CacheControl = "no-store";
        if (tickets.Create(recipient) is { } ticket) return TypedResults.Created((string?)null, new TicketView(ticket.Text, ticket.Until, recipient.Handle));
        context.Response.Headers.RetryAfter = "30";
        return Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many tickets",
            $"More than {StreamTickets.PerRecipient} tickets of this recipient, or too many of all, were not used yet. Use one, or try again in 30 seconds.");
    }

    internal sealed record TicketView(string Ticket, DateTimeOffset ExpiresAt, string Recipient);
}
