using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NotifyDashboard.Access;

/// <summary>What a one-time link is for, and for how long.</summary>
internal static class OneTimeLinkPurposes
{
    public const string Invite = "invite", Reset = "reset";

    public static TimeSpan Lifetime(string purpose) => purpose == Invite ? TimeSpan.FromDays(3) : TimeSpan.FromHours(1);
}

/// <summary>A link to be made. <paramref name="Role"/> for an invitation, <paramref name="OperatorId"/> for a reset.</summary>
internal sealed record NewOneTimeLink(string Purpose, byte[] Hash, string? Role, long? OperatorId, string CreatedBy);

/// <summary>A link as it is kept. <paramref name="OperatorName"/>: whose password it sets.</summary>
internal sealed record OneTimeLink(long Id, string Purpose, string? Role, long? OperatorId, string? OperatorName, string CreatedBy, DateTimeOffset ExpiresAt, bool IsEnded);

/// <summary>The text of a link's token: 256 random bits, shown once, kept as a hash.</summary>
internal static class OneTimeToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>How a visit with an invitation ended: the operator that was made, or a taken name, or a link that does not work any more (both null).</summary>
internal readonly record struct JoinOutcome(Operator? Joined, bool IsNameTaken);

/// <summary>Where one-time links are kept. Using one and what it does are one.</summary>
internal interface IOneTimeLinkStore
{
    /// <summary>A new reset link ends the operator's earlier ones.</summary>
    Task AddAsync(NewOneTimeLink link, AuditEntry audit);

    /// <returns>Null when there is none of that purpose.</returns>
    Task<OneTimeLink?> FindAsync(string purpose, byte[] hash, CancellationToken cancellation);

    /// <summary>Invitations that can still be used, newest first.</summary>
    Task<IReadOnlyList<OneTimeLink>> ListInvitationsAsync(CancellationToken cancellation);

    /// <summary>Takes a link back.</summary>
    Task RevokeAsync(long id, AuditEntry audit);

    Task<JoinOutcome> JoinAsync(byte[] hash, string name, string passwordHash, string? address);

    /// <summary>Sets the password, and ends the operator's sessions.</summary>
    /// <returns>Whose password was set; null when the link does not work any more.</returns>
    Task<Operator?> ResetAsync(byte[] hash, string passwordHash, string? address);
}
