using Microsoft.AspNetCore.Authorization;
using NotifyDashboard.Access.Tokens;

namespace NotifyDashboard.Access;

/// <summary>Names of the authorization policies and the CORS policies.</summary>
public static class Policies
{
    /// <summary>A key with publish, or an operator who is sender or admin.</summary>
    public const string Publish = nameof(Publish);

    /// <summary>A key with manage, or an operator who is sender or admin.</summary>
    public const string Manage = nameof(Manage);

    /// <summary>A key with read, or any operator.</summary>
    public const string ReadHistory = nameof(ReadHistory);

    /// <summary>A signed-in operator, whatever the role. Never a key.</summary>
    public const string Operator = nameof(Operator);

    /// <summary>A signed-in operator who is sender or admin. Never a key.</summary>
    public const string Sender = nameof(Sender);

    /// <summary>A signed-in operator who is admin. Never a key.</summary>
    public const string Admin = nameof(Admin);

    /// <summary>A recipient, authenticated by a token or a ticket. Never an operator or a key.</summary>
    public const string Recipient = nameof(Recipient);

    /// <summary>CORS, for /api and /sse-stream: the origins of <see cref="AccessOptions.AllowedOrigins"/>, without cookies.</summary>
    public const string AllowedOrigins = nameof(AllowedOrigins);

    /// <summary>CORS, for public files such as the modules under /shared: readable by any site.</summary>
    public const string AnyOrigin = nameof(AnyOrigin);

    internal static void Add(AuthorizationBuilder authorization) => authorization
        .AddPolicy(Publish, Requires(publisher => publisher.May(Actions.Publish)))
        .AddPolicy(Manage, Requires(publisher => publisher.May(Actions.Manage)))
        .AddPolicy(ReadHistory, Requires(publisher => publisher.May(Actions.Read)))
        .AddPolicy(Operator, Requires(publisher => publisher.Kind == PublisherKind.Operator))
        .AddPolicy(Sender, Requires(publisher => publisher.Kind == PublisherKind.Operator && publisher.May(Actions.Publish)))
        .AddPolicy(Recipient, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.Identity is RecipientIdentity))
        .AddPolicy(Admin, policy => policy.RequireAssertion(context => Publisher.From(context.User) is { Kind: PublisherKind.Operator } && context.User.IsInRole(Roles.Admin)));

    private static Action<AuthorizationPolicyBuilder> Requires(Func<Publisher, bool> may) =>
        policy => policy.RequireAuthenticatedUser().RequireAssertion(context => Publisher.From(context.User) is { } publisher && may(publisher));
}
