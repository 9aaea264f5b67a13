using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>A real nginx before a hub. Where it is not installed the test is skipped.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private NginxProxy(string address, string folder, Process process) => (Address, _folder, _process) = (address, folder, process);

    public string Address { get; }

    /// <param name="settings">Directives of its one location, besides <c>proxy_pass</c>.</param>
    public static async Task<NginxProxy> StartAsync(string hub, string settings)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var folder = Directory.CreateTempSubdirectory("notifydashboard-nginx-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass {{hub.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}}; proxy_http_version 1.1; {{settings}} }
              }
            }
            """);
        var process = Start(folder);
        var proxy = new NginxProxy($"http://127.0.0.1:{port}", folder, process);
        using var http = new HttpClient();
        for (; ; )
        {
            Assert.False(process.HasExited, "nginx did not start.");
            try
            {
                (await http.GetAsync(new Uri(proxy.Address + "/healthz/live"), TestContext.Current.CancellationToken)).Dispose();
                return proxy;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
                await Task.Yield();
            }
        }
    }

    private static Process Start(string folder)
    {
        // Debian keeps it where only root's PATH leads.
        foreach (var program in new[] { "nginx", "/usr/sbin/nginx" })
        {
            try
            {
                return Process.Start(program, ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", "stderr"]);
            }
            catch (Win32Exception)
            {
                // Not there.
            }
        }
        Directory.Delete(folder, recursive: true);
        Assert.Skip("nginx is not installed (package nginx-light).");
        return null!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
