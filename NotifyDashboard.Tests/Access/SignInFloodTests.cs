using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

[Collection(Sequential.Name)]
public sealed class SignInFloodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_in_flood_from_one_address_does_not_delay_sign_ins_from_another()
    {
        await using var hub = HubServer.Start(AccountPages.WithMara);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var refused = 0;
        var flood = Enumerable.Range(0, 34).Select(i => FloodAsync(i)).ToArray();
        await Eventually.TrueAsync(() => Volatile.Read(ref refused) > 0);

        using var elsewhere = Elsewhere.NewHttp("127.0.0.2");
        var started = TimeProvider.System.GetTimestamp();
        using var signedIn = await elsewhere.SignInAsync(hub);
        var took = TimeProvider.System.GetElapsedTime(started);
        await ends.CancelAsync();
        await Task.WhenAll(flood);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        async Task FloodAsync(int i)
        {
            using var http = Elsewhere.NewHttp("127.0.0.1");
            try
            {
                var page = new Uri(hub.Address, "/sign-in");
                var html = await http.GetStringAsync(page, ends.Token);
                for (var n = 0; !ends.IsCancellationRequested; n++)
                {
                    using var answer = await http.SendFormAsync(page, html, ("Input.Name", $"nobody {i} {n}"), ("Input.Password", "wrong"));
                    if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) Interlocked.Increment(ref refused);
                    // The attacker's own work is not the hub's.
                    await Task.Delay(100, ends.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The end of the flood.
            }
        }
    }
}
