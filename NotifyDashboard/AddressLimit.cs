using System.Collections.Concurrent;
using System.Net;

namespace NotifyDashboard;

/// <summary>Which limit an <see cref="AddressLimit"/> has reached: the total, or that of one address.</summary>
internal enum LimitReached { InAll, OfAddress }

/// <summary>Limits an amount, such as open connections or buffered bytes, in total and per address.</summary>
/// <param name="max">Maximum in total; negative: no limit.</param>
/// <param name="maxPerAddress">Maximum per address; negative: no limit.</param>
internal sealed class AddressLimit(int max, int maxPerAddress)
{
    private readonly ConcurrentDictionary<string, int> _byAddress = new();
    private int _count;

    /// <summary>Creates a limit from two settings: 0 derives the value, -1 means no limit.</summary>
    /// <param name="derive">Returns the total when <paramref name="max"/> is 0. A <paramref name="maxPerAddress"/> of 0 becomes half of the total.</param>
    public static AddressLimit Of(int max, int maxPerAddress, Func<int> derive)
    {
        if (max == 0) max = derive();
        return new(max, maxPerAddress != 0 ? maxPerAddress : max < 0 ? -1 : Math.Max(1, max / 2));
    }

    public int Max => max;

    public int MaxPerAddress => maxPerAddress;

    /// <summary>The value and the setting of the limit that was reached.</summary>
    /// <param name="setting">The setting for the total; the setting per address has the same name with the suffix <c>PerAddress</c>.</param>
    public (bool IsOfAddress, int Max, string Setting) Describe(LimitReached reached, string setting) =>
        reached == LimitReached.OfAddress ? (true, maxPerAddress, setting + "PerAddress") : (false, max, setting);

    /// <summary>The total now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="address">Null: counts only towards the total.</param>
    /// <param name="amount">How much to add: one connection, or a number of bytes.</param>
    /// <returns>Null when the amount was added; the caller must then call <see cref="Release"/>.</returns>
    public LimitReached? Enter(IPAddress? address, int amount = 1)
    {
        if (Interlocked.Add(ref _count, amount) > max && max >= 0)
        {
            Interlocked.Add(ref _count, -amount);
            return LimitReached.InAll;
        }
        if (address is null || maxPerAddress < 0 || _byAddress.AddOrUpdate(AddressKey.Of(address), static (_, added) => added, static (_, count, added) => count + added, amount) <= maxPerAddress) return null;
        Release(address, amount);
        return LimitReached.OfAddress;
    }

    /// <param name="address">The address given to <see cref="Enter"/>.</param>
    /// <param name="amount">The amount given to <see cref="Enter"/>.</param>
    public void Release(IPAddress? address, int amount = 1)
    {
        Interlocked.Add(ref _count, -amount);
        if (address is null || maxPerAddress < 0) return;
        var key = AddressKey.Of(address);
        if (_byAddress.AddOrUpdate(key, static (_, _) => 0, static (_, count, left) => count - left, amount) == 0) _byAddress.TryRemove(new KeyValuePair<string, int>(key, 0));
    }
}
