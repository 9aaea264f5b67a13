using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NotifyDashboard;

/// <summary>
/// Checks before the store is opened that the server can listen on the configured addresses: a second process started on a port in use must not
/// change the database of the first. Kestrel itself binds last, after everything that a request needs has started.
/// </summary>
internal static class ListenAddresses
{
    /// <exception cref="StartException">An address is wrong or in use.</exception>
    public static void Check(IConfiguration configuration)
    {
        // Like Kestrel: endpoints in its own section replace Urls.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        if (endpoints.Count > 0)
        {
            foreach (var endpoint in endpoints) Check($"{endpoint.Path}:Url", endpoint["Url"] ?? "", () => endpoint.GetSection("Certificate").Exists() || endpoint.GetSection("Sni").Exists() || HasCertificate(configuration));
        }
        else
        {
            foreach (var url in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)) Check("Urls", url, () => HasCertificate(configuration));
        }
    }

    public static string InUse(string failure) => $"{failure.TrimEnd('.')}. Stop the other program, or give another address with --urls http://localhost:5081.";

    private static void Check(string key, string url, Func<bool> hasCertificate)
    {
        var address = Parse(key, url);
        if (address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase) && !hasCertificate())
            throw new StartException($"{key} is \"{url}\", but there is no certificate for it; set Kestrel:Certificates:Default:Path, or listen on http and let a proxy end TLS.");
        if (address.IsUnixPipe) CheckSocketFile(key, address.UnixPipePath);
        else if (address is { IsNamedPipe: false, Port: > 0 }) CheckPort(key, url, address);
    }

    // A certificate in Kestrel's configuration, or the one that "dotnet dev-certs https" creates, recognised by its extension.
    private static bool HasCertificate(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Certificates").Exists()) return true;
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates.Any(certificate => certificate.HasPrivateKey && certificate.Extensions.Any(extension => extension.Oid?.Value == "1.3.6.1.4.1.311.84.1.1"));
    }

    private static BindingAddress Parse(string key, string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            // Kestrel would treat a host that it cannot parse as any address, and a port that it cannot parse as part of the host.
            var isReadable = address.IsUnixPipe || address.IsNamedPipe || address.Host is "*" or "+" || Uri.CheckHostName(address.Host) != UriHostNameType.Unknown;
            if (address.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS" && address.PathBase.Length == 0 && address.Port is >= 0 and <= IPEndPoint.MaxPort && isReadable) return address;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // Reported below, with the name of the setting.
        }
        throw new StartException($"{key} is \"{url}\"; give an address such as \"http://localhost:5080\", without a path.");
    }

    private static void CheckPort(string key, string url, BindingAddress address)
    {
        var isLocalhost = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        foreach (var ip in isLocalhost ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : new[] { IPAddress.TryParse(address.Host, out var given) ? given : Any })
        {
            try
            {
                using var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(ip, address.Port));
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new StartException(InUse($"Failed to bind to address {url}: address already in use"), exception);
            }
            // A machine without IPv6 listens only on the IPv4 address of localhost.
            catch (SocketException) when (isLocalhost)
            {
            }
            catch (SocketException exception)
            {
                throw new StartException($"{key} is \"{url}\", where the server cannot listen: {exception.Message.TrimEnd('.')}. Give another address, such as \"http://localhost:5080\".", exception);
            }
        }
    }

    private static IPAddress Any => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>Deletes the socket file if no process listens on it: a killed process leaves the file behind, and it would make every later start fail.</summary>
    private static void CheckSocketFile(string key, string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new StartException($"{key} names the socket {path}, but its folder is missing; make the folder, or give another path.");
        if (!File.Exists(path)) return;
        if (!IsSocket(path)) throw new StartException($"{key} names {path}, which is a file and no socket; give another path.");
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new StartException($"{key} names the socket {path}, which cannot be used: {exception.Message.TrimEnd('.')}. Give another path.", exception);
        }
        throw new StartException($"{key} names the socket {path}, which is in use. Stop the other program, or give another path.");
    }

    // Connecting to a regular file is refused too, and a regular file must not be deleted. A socket cannot be opened as a file.
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
