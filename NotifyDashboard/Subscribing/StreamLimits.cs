using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Subscribing;

/// <summary>Counts open streams against <see cref="StreamOptions.MaxStreams"/> and <see cref="StreamOptions.MaxStreamsPerAddress"/>.</summary>
internal sealed class StreamLimits(IOptions<StreamOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _byAddress = new();
    private int _streams;

    /// <summary>The status that refuses the stream (503 or 429), or null: then <see cref="Leave"/> must follow.</summary>
    public int? Enter(IPAddress address)
    {
        if (Interlocked.Increment(ref _streams) > options.Value.MaxStreams && options.Value.MaxStreams > 0)
        {
            Interlocked.Decrement(ref _streams);
            return StatusCodes.Status503ServiceUnavailable;
        }
        if (options.Value.MaxStreamsPerAddress == 0) return null;
        if (_byAddress.AddOrUpdate(AddressKey.Of(address), 1, (_, count) => count + 1) <= options.Value.MaxStreamsPerAddress) return null;
        Leave(address);
        return StatusCodes.Status429TooManyRequests;
    }

    public void Leave(IPAddress address)
    {
        Interlocked.Decrement(ref _streams);
        if (options.Value.MaxStreamsPerAddress == 0) return;
        var key = AddressKey.Of(address);
        if (_byAddress.AddOrUpdate(key, 0, (_, count) => count - 1) == 0) _byAddress.TryRemove(new KeyValuePair<string, int>(key, 0));
    }
}
