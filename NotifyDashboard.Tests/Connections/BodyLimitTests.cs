using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Connections;

public sealed class BodyLimitTests
{
    // Room for a megabyte, half of it for one address.
    private readonly BodyLimit _limit = new(
        context => context.Request.Body.CopyToAsync(Stream.Null), Options.Create(new ConnectionOptions { MaxBodyBytes = 1_000_000 }), TimeProvider.System, NullLogger<BodyLimit>.Instance);

    private readonly TaskCompletionSource _end = new();

    [Fact]
    public async Task Buffered_body_bytes_are_limited_in_total_and_per_address_until_requests_end()
    {
        var first = SendAsync("10.0.0.1", 300_000);
        Assert.True((await Assert.ThrowsAsync<TooManyBytesException>(() => SendAsync("10.0.0.1", 300_000))).IsOfAddress);
        var other = SendAsync("10.0.0.2", 450_000);
        Assert.False((await Assert.ThrowsAsync<TooManyBytesException>(() => SendAsync("10.0.0.3", 300_000))).IsOfAddress);
        Assert.False(first.IsCompleted || other.IsCompleted);
        _end.SetResult();
        await Task.WhenAll(first, other);
        await SendAsync("10.0.0.3", 300_000);
    }

    [Fact]
    public async Task Small_bodies_do_not_count_towards_the_body_limit()
    {
        var sending = Enumerable.Range(0, 100).Select(_ => SendAsync("10.0.0.1", 0)).ToArray();
        var large = SendAsync("10.0.0.1", 450_000);
        _end.SetResult();
        await Task.WhenAll([.. sending, large]);
    }

    [Theory]
    [InlineData("0", HttpStatusCode.TooManyRequests, "too-many")]
    [InlineData("-1", HttpStatusCode.ServiceUnavailable, "unavailable")]
    public async Task Publish_over_the_body_limit_returns_429_or_503_with_Retry_After(string perAddress, HttpStatusCode status, string kind)
    {
        await using var hub = Hubs.Start(("Connections:MaxBodyBytes", "100000"), ("Connections:MaxBodyBytesPerAddress", perAddress));
        using var refused = await hub.PostAsync($"[{{\"title\":\"Large\"}}{new string(' ', 300_000)}]");
        await ProblemAssert.IsAsync(refused, status, kind);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        using var small = await hub.PostAsync("""{"title":"Small"}""");
        Assert.Equal(HttpStatusCode.Created, small.StatusCode);
    }

    /// <summary>Sends so many bytes beyond those that are free, and holds the request open then.</summary>
    private Task SendAsync(string address, int bytes)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        context.Request.Body = new UnendedBody(BodyLimit.Small + bytes, _end.Task);
        return _limit.InvokeAsync(context);
    }

    private sealed class UnendedBody(int bytes, Task end) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length) await end;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
