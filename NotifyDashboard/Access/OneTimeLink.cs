using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NotifyDashboard.Access;

/// <summary>The purposes of one-time links, with their lifetimes.</summary>
internal static class OneTimeLinkPurposes
{
    public const string Invite = "invite", Reset = "reset";

    public static TimeSpan Lifetime(string purpose) => purpose == Invite ? TimeSpan.FromDays(3) : TimeSpan.FromHours(1);
}

/// <summary>A link to be stored. An invitation has a <paramref name="Role"/>, a password reset an <paramref name="OperatorId"/>.</summary>
internal sealed record NewOneTimeLink(string Purpose, byte[] Hash, string? Role, long? OperatorId, string CreatedBy);

/// <summary>A stored link. <paramref name="OperatorName"/> is the operator whose password a reset sets.</summary>
internal sealed record OneTimeLink(long Id, string Purpose, string? Role, long? OperatorId, string? OperatorName, string CreatedBy, DateTimeOffset ExpiresAt, bool IsEnded);

/// <summary>The token of a link: 256 random bits, shown once and stored as a SHA-256 hash.</summary>
internal static class OneTimeToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>The outcome of an invitation. <paramref name="Joined"/> is the new operator; null when the name is taken, or else when the link is no longer valid.</summary>
internal readonly record struct JoinOutcome(Operator? Joined, bool IsNameTaken);

/// <summary>The store of one-time links. Using a link and its effect are one transaction.</summary>
internal interface IOneTimeLinkStore
{
    /// <summary>A new reset link ends the operator's earlier ones.</summary>
    Task AddAsync(NewOneTimeLink link, AuditEntry audit);

    /// <returns>Null when there is no such link with this purpose.</returns>
    Task<OneTimeLink?> FindAsync(string purpose, byte[] hash, CancellationToken cancellation);

    /// <summary>Invitations that are still valid, newest first.</summary>
    Task<IReadOnlyList<OneTimeLink>> ListInvitationsAsync(CancellationToken cancellation);

    Task RevokeAsync(long id, AuditEntry audit);

    /// <summary>Adds the invited operator. The link stays valid when the name is taken.</summary>
    Task<JoinOutcome> JoinAsync(byte[] hash, string name, string passwordHash, string? address);

    /// <summary>Sets the password, and ends the operator's sessions.</summary>
    /// <returns>The operator whose password was set; null when the link is no longer valid.</returns>
    Task<Operator?> ResetAsync(byte[] hash, string passwordHash, string? address);
}
