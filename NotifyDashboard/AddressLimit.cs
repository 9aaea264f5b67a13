using System.Collections.Concurrent;
using System.Net;

namespace NotifyDashboard;

/// <summary>Why an <see cref="AddressLimit"/> lets no more in.</summary>
internal enum LimitReached { InAll, OfAddress }

/// <summary>Counts what is open or held, in all and of each address.</summary>
/// <param name="max">Most in all; negative: no limit.</param>
/// <param name="maxPerAddress">Most of one address; negative: no limit.</param>
internal sealed class AddressLimit(int max, int maxPerAddress)
{
    private readonly ConcurrentDictionary<string, int> _byAddress = new();
    private int _count;

    /// <summary>Creates a limit from two settings: 0 is derived, -1 no limit.</summary>
    /// <param name="derive">The most in all where it is not set; of one address it is half of that.</param>
    public static AddressLimit Of(int max, int maxPerAddress, Func<int> derive)
    {
        if (max == 0) max = derive();
        return new(max, maxPerAddress != 0 ? maxPerAddress : max < 0 ? -1 : Math.Max(1, max / 2));
    }

    public int Max => max;

    public int MaxPerAddress => maxPerAddress;

    /// <summary>What was reached.</summary>
    /// <param name="setting">The name of the one for all; that for one address is called so too, with <c>PerAddress</c> at its end.</param>
    public (bool IsOfAddress, int Max, string Setting) Describe(LimitReached reached, string setting) =>
        reached == LimitReached.OfAddress ? (true, maxPerAddress, setting + "PerAddress") : (false, max, setting);

    /// <summary>What is open now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="address">Null: counts in all alone.</param>
    /// <param name="amount">How much to count: one connection, or a number of bytes.</param>
    /// <returns>Null: it is in, and <see cref="Leave"/> must follow.</returns>
    public LimitReached? Enter(IPAddress? address, int amount = 1)
    {
        if (Interlocked.Add(ref _count, amount) > max && max >= 0)
        {
            Interlocked.Add(ref _count, -amount);
            return LimitReached.InAll;
        }
        if (address is null || maxPerAddress < 0 || _byAddress.AddOrUpdate(AddressKey.Of(address), static (_, added) => added, static (_, count, added) => count + added, amount) <= maxPerAddress) return null;
        Leave(address, amount);
        return LimitReached.OfAddress;
    }

    /// <param name="address">As it came in.</param>
    /// <param name="amount">As it came in.</param>
    public void Leave(IPAddress? address, int amount = 1)
    {
        Interlocked.Add(ref _count, -amount);
        if (address is null || maxPerAddress < 0) return;
        var key = AddressKey.Of(address);
        if (_byAddress.AddOrUpdate(key, static (_, _) => 0, static (_, count, left) => count - left, amount) == 0) _byAddress.TryRemove(new KeyValuePair<string, int>(key, 0));
    }
}
