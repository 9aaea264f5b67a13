using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public class ApiRefusalsTests
{
    [Theory]
    [InlineData("PUT", "/api/notifications", HttpStatusCode.MethodNotAllowed, "urn:notifydashboard:problem:invalid")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "urn:notifydashboard:problem:not-found")]
    public async Task An_empty_refusal_becomes_a_problem(string method, string path, HttpStatusCode status, string type)
    {
        await using var hub = HubServer.Start();
        using var request = new HttpRequestMessage(new(method), new Uri(hub.Address, path));
        using var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(type, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
