using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

/// <summary>
/// Kestrel's socket transport with a connection limit: a connection beyond the limit is closed before the next one is accepted. Kestrel's own limit
/// closes connections later, on the thread pool; until then each holds a file descriptor, so that a flood exhausts them. It does not count WebSockets either.
/// </summary>
internal sealed class LimitedListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory log, IServiceProvider services) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, log);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    // The limit is resolved here, not in the constructor, because Kestrel is created before the settings are validated.
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await _sockets.BindAsync(endpoint, cancellationToken), services.GetRequiredService<ConnectionLimit>());

    private sealed class Listener(IConnectionListener sockets, ConnectionLimit limit) : IConnectionListener
    {
        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await sockets.AcceptAsync(cancellationToken) is { } connection)
            {
                var address = limit.Counted(connection.RemoteEndPoint);
                if (limit.TryEnter(address))
                {
                    connection.ConnectionClosed.UnsafeRegister(_ => limit.Release(address), null);
                    return connection;
                }
                connection.Abort();
                await connection.DisposeAsync();
            }
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => sockets.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }
}
