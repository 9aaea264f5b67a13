using System.Security.Cryptography;

namespace NotifyDashboard.Operating;

/// <summary>Names this run of the process. A page that finds another one answering knows that its circuit is gone, and reloads.</summary>
public sealed class BootId
{
    public string Value { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);
}
