using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

[Collection(Sequential.Name)]
public sealed class ListenAddressesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["hub.sock"];

    [Theory]
    [InlineData("http://localhost:{0}", "127.0.0.1")]
    [InlineData("http://localhost:{0}", "::1")]
    [InlineData("http://127.0.0.1:{0}", "127.0.0.1")]
    [InlineData("http://*:{0}", "::")]
    [InlineData("http://127.0.0.1:0;http://[::1]:{0}", "::1")]
    public async Task A_start_on_a_port_in_use_fails_with_one_sentence_and_leaves_the_database_as_it_is(string urls, string listening)
    {
        // A database that a start would change: the key is not in it yet.
        await File.WriteAllBytesAsync(_folder["hub.db"], await NewDatabaseAsync(), TestContext.Current.CancellationToken);
        using var other = new TcpListener(IPAddress.Parse(listening), 0);
        if (listening == "::") other.Server.DualMode = true;
        other.Start();
        var before = await FilesAsync();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, errors) = await ProgramStart.FailAsync(_folder, ("Urls", string.Format(CultureInfo.InvariantCulture, urls, port)), ("Access:Bootstrap:ApiKey", Hubs.ApiKey));
        Assert.Equal(1, code);
        Assert.Contains($"{port}: address already in use. Stop the other program", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, await FilesAsync());
    }

    [Fact]
    public async Task A_start_on_a_port_in_use_makes_no_database()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await ProgramStart.FailAsync(_folder, ("Urls", $"http://{other.LocalEndpoint}"));
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public void A_socket_file_that_a_killed_process_left_is_removed()
    {
        LeaveSocketFile();
        Check();
        Assert.False(File.Exists(SocketPath));
        // Nor is its absence an error.
        Check();
    }

    [Fact]
    public void Socket_with_a_listening_process_is_kept_and_the_start_is_refused()
    {
        using var other = Bound(SocketPath);
        other.Listen();
        Assert.Contains($"{SocketPath}, which is in use", Assert.Throws<StartException>(Check).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task File_in_place_of_the_socket_is_kept_and_the_start_is_refused()
    {
        await File.WriteAllTextAsync(SocketPath, "kept", TestContext.Current.CancellationToken);
        Assert.Contains("no socket", Assert.Throws<StartException>(Check).Message, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(SocketPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_servers_own_endpoints_take_the_place_of_Urls()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Check(("Urls", $"http://{other.LocalEndpoint}"), ("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0"));
        Assert.Throws<StartException>(() => Check(("Urls", "http://127.0.0.1:0"), ("Kestrel:Endpoints:Http:Url", $"http://{other.LocalEndpoint}")));
    }

    private void Check() => Check(("Urls", $"http://unix:{SocketPath}"));

    private static void Check(params (string Key, string? Value)[] settings) =>
        ListenAddresses.Check(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build());

    private static Socket Bound(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    // The runtime deletes the file of a socket that it closes, but only where the socket was bound.
    private void LeaveSocketFile()
    {
        using var socket = Bound(_folder["bound.sock"]);
        socket.Listen();
        File.Move(_folder["bound.sock"], SocketPath);
    }

    private static async Task<byte[]> NewDatabaseAsync()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.PublishAsync("kept");
        return await File.ReadAllBytesAsync(hub.File, TestContext.Current.CancellationToken);
    }

    private async Task<Dictionary<string, string>> FilesAsync()
    {
        var files = new Dictionary<string, string>();
        foreach (var file in Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal))
            files[file] = Convert.ToHexString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        return files;
    }

    public void Dispose() => _folder.Dispose();
}
