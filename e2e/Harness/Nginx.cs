using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using NotifyDashboard.EndToEnd.Modules;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>A real nginx before the hub, with TLS and HTTP/2 and the location block of docs/operations.md. Its certificate is its own.</summary>
public sealed partial class Nginx : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nginx-");
    private readonly Process _process;

    /// <param name="program">The file of nginx.</param>
    /// <param name="hub">The hub's address, such as <c>http://localhost:5080</c>.</param>
    /// <param name="path">Where the hub is, such as <c>/notify/</c>.</param>
    /// <param name="change">Changes the location block.</param>
    private Nginx(string program, string hub, string path, Func<string, string> change)
    {
        var port = FreePort();
        Address = $"https://localhost:{port}";
        WriteCertificate();
        var guide = System.IO.File.ReadAllText(Path.Combine(FakeHub.Root(), "docs", "operations.md"));
        var location = change(Location().Match(guide).Groups[1].Value
            .Replace("location / {", $"location {path} {{", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080", $"http://127.0.0.1:{new Uri(hub).Port}", StringComparison.Ordinal));
        System.IO.File.WriteAllText(File("nginx.conf"), $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            daemon off;
            pid {{File("pid")}};
            error_log stderr error;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path {{File("body")}};
              proxy_temp_path {{File("proxy")}};
              fastcgi_temp_path {{File("fastcgi")}};
              uwsgi_temp_path {{File("uwsgi")}};
              scgi_temp_path {{File("scgi")}};
              map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
              server {
                listen 127.0.0.1:{{port}} ssl http2;
                listen [::1]:{{port}} ssl http2;
                ssl_certificate {{File("certificate.pem")}};
                ssl_certificate_key {{File("key.pem")}};
                {{location}}
              }
            }
            """);
        _process = Process.Start(program, ["-c", File("nginx.conf"), "-p", _folder.FullName]);
    }

    public string Address { get; }

    /// <summary>Skips the test where nginx is missing.</summary>
    public static async Task<Nginx> StartAsync(string hub, string path, CancellationToken cancellation, Func<string, string>? change = null)
    {
        var nginx = new Nginx(Programs.Need("nginx"), hub, path, change ?? (location => location));
        // It listens a moment after it was started.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        while (!await ListensAsync(new Uri(nginx.Address).Port, deadline.Token)) await Task.Delay(20, deadline.Token);
        return nginx;
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        System.IO.File.WriteAllText(File("certificate.pem"), certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(File("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        using (var quit = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await quit.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("```nginx\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Location();
}
