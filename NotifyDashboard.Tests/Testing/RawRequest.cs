using System.Net.Sockets;
using System.Text;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Requests that no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <param name="request">With "Connection: close", so that the answer has an end.</param>
    /// <returns>The whole answer as it came.</returns>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
