using System.Globalization;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NotifyDashboard.Subscribing;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>Whatever way a stream's bytes take, the same arrive.</summary>
public sealed class StreamOutputTests
{
    private const int Count = 300;

    // More in all than a socket's buffers hold.
    private static readonly string[] Texts = [.. Enumerable.Range(1, Count).Select(i => $"{i} {new string('x', i % 3 == 0 ? 60_000 : 20)}")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_HTTP_1_1_every_chunk_is_exact_and_the_last_one_ends_the_response()
    {
        await using var server = HubServer.Start(new() { ["Streams:RestartSpread"] = "00:00:00.1" });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        await tcp.GetStream().WriteAsync("GET /sse-stream?topic=t HTTP/1.1\r\nHost: hub\r\n\r\n"u8.ToArray(), Cancellation);
        using var wire = new StreamReader(tcp.GetStream(), Encoding.Latin1);
        string? head;
        do head = await wire.ReadLineAsync(Cancellation);
        while (head is { Length: > 0 });
        var body = new StringBuilder(await ChunkAsync(wire));
        await server.PublishAsync(Count, i => Drafts.Text(Texts[i - 1], "t"));
        var last = $"data: {Texts[^1]}\n\n";
        while (body.Length < last.Length || body.ToString(body.Length - last.Length, last.Length) != last) body.Append(await ChunkAsync(wire));
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var end = "";
        while (await ChunkAsync(wire) is { Length: > 0 } chunk) end += chunk;

        Assert.Contains("event: hub.bye", end, StringComparison.Ordinal);
        Assert.Equal(Texts, await DataAsync(new MemoryStream(Encoding.Latin1.GetBytes(body.ToString()))));
    }

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task Stream_output_is_identical_over_HTTP_HTTPS_and_HTTP_2(string scheme, string version)
    {
        using var certificate = Certificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls($"{scheme}://127.0.0.1:0").ConfigureKestrel(kestrel =>
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            StreamOutput.Configure(transport);
            // The harder case: the head is sent by another thread.
            transport.UnsafePreferInlineScheduling = false;
        });
        await using var app = builder.Build();
        app.MapGet("/", async context =>
        {
            var output = new StreamOutput(context, new ChunkBuffer());
            foreach (var text in Texts)
            {
                output.Write(Encoding.ASCII.GetBytes(text));
                Assert.True(await output.FlushAsync());
                output.SwitchToSocket();
            }
        });
        await app.StartAsync(Cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString() } })
        {
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal(string.Concat(Texts), await http.GetStringAsync(app.Urls.Single(), Cancellation));
        // The connection is as good as before for the next request.
        Assert.Equal(string.Concat(Texts), await http.GetStringAsync(app.Urls.Single(), Cancellation));
    }

    [Fact]
    public async Task A_peer_of_HTTP_1_0_gets_no_chunks()
    {
        await using var server = HubServer.Start();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        await tcp.GetStream().WriteAsync("GET /sse-stream?topic=t&last_event_id=earliest HTTP/1.0\r\nHost: hub\r\n\r\n"u8.ToArray(), Cancellation);
        await server.PublishAsync(Count, i => Drafts.Text(Texts[i - 1], "t"));
        // To the parser the head's lines are fields that it does not know; a chunk's length among the data would be too much.
        Assert.Equal(Texts, await DataAsync(tcp.GetStream()));
    }

    private static async Task<string> ChunkAsync(StreamReader wire)
    {
        var size = int.Parse((await wire.ReadLineAsync(Cancellation))!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var chunk = new char[size + 2];
        Assert.Equal(chunk.Length, await wire.ReadBlockAsync(chunk, Cancellation));
        Assert.Equal("\r\n", new string(chunk, size, 2));
        return new string(chunk, 0, size);
    }

    private static async Task<List<string>> DataAsync(Stream body)
    {
        var data = new List<string>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Cancellation))
        {
            if (item.EventType != "hub.hello") data.Add(item.Data);
            if (data.Count == Count) break;
        }
        return data;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
