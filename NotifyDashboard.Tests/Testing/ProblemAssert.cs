using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace NotifyDashboard.Tests.Testing;

internal static class ProblemAssert
{
    /// <summary>The answer is an RFC 9457 problem of this kind that says what to change; gives the rules it names.</summary>
    public static async Task<string[]> IsAsync(HttpResponseMessage response, HttpStatusCode status, string kind)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(((int)status, "urn:notifydashboard:problem:" + kind), (problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.EndsWith(".", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        if (!problem.TryGetProperty("errors", out var errors)) return [];
        Assert.All(errors.EnumerateArray(), e => Assert.False(string.IsNullOrEmpty(e.GetProperty("field").GetString()) || string.IsNullOrEmpty(e.GetProperty("detail").GetString())));
        return [.. errors.EnumerateArray().Select(e => e.GetProperty("rule").GetString()!)];
    }
}
