using System.Security.Cryptography;

namespace NotifyDashboard.Operating;

/// <summary>A random id of this process. After a lost connection, a page that finds another id reloads.</summary>
public sealed class BootId
{
    public string Value { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);
}
