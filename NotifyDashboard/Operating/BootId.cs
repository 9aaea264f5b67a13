using System.Security.Cryptography;

namespace NotifyDashboard.Operating;

/// <summary>Names this process: a page that meets another one after a lost connection loads itself anew.</summary>
public sealed class BootId
{
    public string Value { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);
}
