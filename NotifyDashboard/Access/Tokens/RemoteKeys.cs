using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace NotifyDashboard.Access.Tokens;

/// <summary>
/// The keys that the issuer publishes at <see cref="TokenOptions.JwksUrl"/>. Fetched when first needed, after <see cref="Trust"/>, and for an unknown
/// <c>kid</c>, but at most once per <see cref="Pause"/>. While the URL cannot be read, the last keys stay valid.
/// </summary>
internal sealed class RemoteKeys : IDisposable
{
    public static readonly TimeSpan Trust = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const int MaxBytes = 64 * 1024;

    private readonly string? _url;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _reading = new(1);
    // A redirect would bypass the check of the URL (https only).
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = Trust })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxBytes,
    };

    private volatile IReadOnlyList<TokenKey> _keys = [];
    private long _readAt;
    private long _triedAt;

    public RemoteKeys(IOptions<AccessOptions> options, TimeProvider time, ILogger<RemoteKeys> log) => (_url, _time, _log) = (options.Value.Tokens.JwksUrl, time, log);

    public async ValueTask<IReadOnlyList<TokenKey>> FindAsync(string algorithm, string? id, CancellationToken cancellation)
    {
        if (_url is null) return [];
        var found = TokenKeys.Choose(_keys, algorithm, id);
        if (found.Count == 0)
        {
            await ReadAsync(cancellation);
            return TokenKeys.Choose(_keys, algorithm, id);
        }
        // In the background: the known keys stay valid, and no request waits for the new ones.
        if (_time.GetElapsedTime(Volatile.Read(ref _readAt)) >= Trust && IsTime()) _ = ReadAsync(CancellationToken.None);
        return found;
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        // A read that is under way may bring the missing key: it is waited for.
        if (!IsTime() && _reading.CurrentCount > 0) return;
        await _reading.WaitAsync(cancellation);
        try
        {
            // Another caller has fetched the keys while this one waited.
            if (!IsTime()) return;
            Volatile.Write(ref _triedAt, _time.GetTimestamp());
            using var answer = await _http.GetAsync(new Uri(_url!), CancellationToken.None);
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(CancellationToken.None);
            TokenKey[] keys = [.. new JsonWebKeySet(text).Keys.Select(TokenKey.Of).OfType<TokenKey>()];
            if (keys.Length == 0) throw new HttpRequestException("it has no key for RS256 or ES256.");
            _keys = keys;
            Volatile.Write(ref _readAt, _time.GetTimestamp());
        }
        catch (Exception exception)
        {
            // Catches everything: the last keys stay valid, and no request fails because of another host's response.
            AccessLog.JwksNotRead(_log, _url!, exception.Message);
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsTime() => Volatile.Read(ref _triedAt) is var tried && (tried == 0 || _time.GetElapsedTime(tried) >= Pause);
}
